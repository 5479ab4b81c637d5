"""Notes as files: opened, found again, shared, and whatever else may lie in their folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from mlcoach.domain.words import asked_words, holds, words_of
from mlcoach.services.context import Context
from mlcoach.services.work.notes.written import search_written
from tests.conftest import Program

FOLDER = "data/notes"


def editor(mlcoach: Program, script: str) -> None:
    """Let the learner's editor be a script of the shell that gets the file as $1."""
    path = mlcoach.write("editor.sh", f"#!/bin/sh\n{script}\n")
    path.chmod(0o700)
    mlcoach.environment["EDITOR"] = str(path)


OWN = """
schema = 1
id = "own"
title = "Own"
track = "prog"

[[unit]]
id = "train"
title = "Deep nets"
hours = 2
recall = "What?"
"""


def found(mlcoach: Program, words: str) -> list[dict[str, str]]:
    hits: list[dict[str, str]] = json.loads(mlcoach(f"note search {words} --json").out)["data"]["hits"]
    return hits


def only_note(mlcoach: Program) -> Path:
    (path,) = (mlcoach.home / FOLDER).rglob("*.md")
    return path


def test_a_note_on_a_unit_starts_from_what_explaining_takes(mlcoach: Program) -> None:
    editor(mlcoach, "sed -i 's/^## Claim/&\\n\\nLength and direction are all there is./' \"$1\"")
    said = mlcoach("note open vectors", tty=80).out.replace(str(mlcoach.home), "HOME")
    assert said == snapshot("""\
A new note, Vectors, matrices, linear maps:
  HOME/data/notes/math.la.vectors--vectors-matrices-linear-maps.md
Undo: mlcoach undo
""")
    text = only_note(mlcoach).read_text()
    assert text.startswith(
        "# Vectors, matrices, linear maps\n\nUnit: math.la.vectors\n\n## Claim\n\nLength and direction"
    )
    assert [line for line in text.split("\n") if line.startswith("## ")] == [
        "## Claim", "## Example", "## Limit", "## Where I am unsure", "## Corrected",
    ]  # fmt: skip
    mlcoach("undo")
    assert not list((mlcoach.home / FOLDER).rglob("*.md"))


def test_the_last_part_of_a_unit_that_is_not_theirs_is_the_name_of_a_note(mlcoach: Program) -> None:
    mlcoach.write("config/curriculum/own.toml", OWN)
    said = mlcoach("note open train -m 'Leaves at 8.'")
    assert only_note(mlcoach).name == "train.md"
    assert "for a note on Deep nets: `mlcoach note open own.train`" in said.err
    mlcoach("note open own.train -m 'Look at the loss.'")
    mlcoach("undo")
    mlcoach("undo")
    mlcoach("log 10m own.train")
    mlcoach("note open train -m 'Look at the loss.'")
    assert only_note(mlcoach).name.startswith("own.train--")


def test_a_template_that_nobody_filled_in_is_not_kept(mlcoach: Program) -> None:
    editor(mlcoach, "exit 0")
    assert "Nothing was changed" in mlcoach("note open vectors", tty=80).out
    assert not (mlcoach.home / FOLDER).exists()


def test_a_note_is_found_by_unit_title_and_words_of_it(mlcoach: Program) -> None:
    mlcoach("note open 'Why softmax saturates' -m 'The gradient is p (1 - p).'")
    mlcoach("note open softmax -m 'Twice the logits, half the doubt.'")
    assert only_note(mlcoach).name == "why-softmax-saturates.md"
    second = (mlcoach.home / FOLDER / "why-softmax-saturates.md").read_text()
    assert second.index("half the doubt") < second.index("## Example")  # at the end it would be a correction
    assert "no project `my-cli`" in mlcoach("note open project:my-cli -m x", expect=3).err
    id = json.loads(mlcoach("project new 'My CLI' --json").out)["data"]["project"]["id"]
    mlcoach("note open project:cli -m 'It parses words only.'")
    assert [(hit["id"], hit["title"]) for hit in found(mlcoach, "parses")] == [(f"projects/{id}", "My CLI")]
    assert found(mlcoach, "unsure") == []  # a heading that every note begins with
    mlcoach("note open project:../x -m no", expect=3)


def test_the_unit_under_way_needs_no_name(mlcoach: Program) -> None:
    assert "which note?" in mlcoach("note open -m x", expect=2).err
    mlcoach("log 30m vectors")
    mlcoach("note open -m 'A vector has no place.'")
    assert only_note(mlcoach).name.startswith("math.la.vectors--")


def test_the_closing_line_of_an_evening_is_found_again(mlcoach: Program) -> None:
    mlcoach("log -n 'Tonight: Cauchy and Schwarz bound every projection'")
    mlcoach.later(days=40)
    mlcoach("note open vectors -m 'A projection loses length.'")
    assert mlcoach("note search projections").out == snapshot("""\
log     Mon 23 Nov 2026
        Tonight: Cauchy and Schwarz bound every projection
        mlcoach log --full
note    Vectors, matrices, linear maps
        A projection loses length.
        mlcoach note open math.la.vectors--vectors-matrices-linear-maps
2 hits
""")


def test_all_that_was_written_is_searched(mlcoach: Program) -> None:
    for line in (
        "log 20m vectors -n 'zebra in the log'",
        "done start.why -n 'zebra of a unit' --no-questions",
        "paper add --title 'Stripes' --why 'zebra as a reason'",
        "paper note stripes 'zebra on paper'",
        "week --well 'zebra of a week' --hurt 'no zebra' --promise 'a zebra a day' --week this",
        "note open 'A zebra' -m 'striped'",
    ):
        mlcoach(line)
    assert sorted(hit["kind"] for hit in found(mlcoach, "zebra")) == [
        "log", "note", "paper", "paper", "unit", "week", "week", "week",
    ]  # fmt: skip
    assert [hit["title"] for hit in found(mlcoach, "zebra striped")] == ["A zebra"]
    assert found(mlcoach, "zeppelin") == []
    assert "A zebra" in mlcoach("search zebra").out
    mlcoach("undo 2")
    assert len(found(mlcoach, "zebra")) == 5


def test_case_accents_plurals_and_beginnings_make_no_difference(mlcoach: Program) -> None:
    mlcoach("note open Poincaré -m 'Two CATS normalise a cut'")
    for words in ("poincare", "cat", "normalize", "normal", "cuts"):
        assert len(found(mlcoach, words)) == 1, words
    for words in ("nor", "cu", "ormalise"):
        assert found(mlcoach, words) == [], words


def test_the_index_follows_the_files(mlcoach: Program) -> None:
    mlcoach("note open One -m alpha")
    assert len(found(mlcoach, "alpha")) == 1
    path = only_note(mlcoach)
    path.write_text("# One\n\nbeta now\n", encoding="utf-8")
    path.with_name("two.md").write_text("# Two\n\nbeta too\n", encoding="utf-8")
    assert (found(mlcoach, "alpha"), len(found(mlcoach, "beta"))) == ([], 2)
    (mlcoach.home / "cache" / "notes.index").write_bytes(b"[1, 4, [[\n")
    path.unlink()
    assert [hit["title"] for hit in found(mlcoach, "beta")] == ["Two"]


def test_a_copy_for_others_has_what_was_written_and_asks_for_correction(mlcoach: Program) -> None:
    mlcoach("note open vectors -m 'A norm is a length.'")
    assert mlcoach("note share vectors").out == snapshot("""\
# Vectors, matrices, linear maps

## Claim

A norm is a length.

---

I write this to learn it: it is what I understand so far, not what I know. Where is it wrong, and what is missing?
""")
    target = mlcoach.home / "out.md"
    mlcoach(f"note share vectors -o {target}")
    assert target.read_text().startswith("# Vectors, matrices, linear maps\n\n## Claim")
    mlcoach("undo")
    assert not target.exists()


def test_an_empty_note_and_notes_on_people_are_not_shared(mlcoach: Program) -> None:
    mlcoach.write(f"{FOLDER}/empty.md", "# Empty\n\n## Claim\n\n<!-- what? -->\n")
    mlcoach.write(f"{FOLDER}/jobs/acme.md", "# Acme\n\nthey asked about trees\n")
    assert "still empty" in mlcoach("note share empty", expect=2).err
    assert "about other people" in mlcoach("note share acme", expect=2).err
    mlcoach("note share nothing-like-it", expect=3)


def test_a_corrected_note_offers_a_card(mlcoach: Program) -> None:
    mlcoach("note open vectors -m 'Every matrix has an inverse.'")
    editor(mlcoach, "printf '%s\\n' '- only square ones of full rank have' >> \"$1\"")
    said = mlcoach("note open vectors", tty=80).out
    assert "1 correction since" in said
    assert "mlcoach cards new math.la.vectors" in said


def test_a_note_renamed_by_hand_is_still_the_units(mlcoach: Program) -> None:
    mlcoach("note open vectors -m one")
    path = only_note(mlcoach)
    path.rename(path.with_name("my own name.md"))
    mlcoach("note open vectors -m two")
    assert only_note(mlcoach).name == "my own name.md"
    assert "two" in only_note(mlcoach).read_text()


@pytest.mark.parametrize("deed", ["mv {} {}.old", "rm {}", "echo more >> {}"])
def test_a_note_that_changed_under_the_editor_keeps_both_texts(mlcoach: Program, deed: str) -> None:
    mlcoach("note open vectors -m one")
    path = only_note(mlcoach)
    editor(mlcoach, f'echo mine >> "$1"\n{deed.replace("{}", str(path))}')
    result = mlcoach("note open vectors", tty=80, expect=2)
    assert "while you edited it" in result.err
    assert "your text is kept in" in result.err
    kept = Path(result.err.split("your text is kept in ")[1].split()[0])
    assert "mine" in kept.read_text()
    kept.unlink()


def test_an_emptied_note_is_removed_and_comes_back(mlcoach: Program) -> None:
    mlcoach("note open vectors -m one")
    editor(mlcoach, ': > "$1"')
    assert "Removed the note" in mlcoach("note open vectors", tty=80).out
    mlcoach("undo")
    assert "one" in only_note(mlcoach).read_text()


def test_whatever_lies_in_the_folder_is_read_without_harm(mlcoach: Program) -> None:
    assert mlcoach("note").out.startswith("No notes yet.")
    assert mlcoach("note list").out.startswith("No notes yet")
    mlcoach.write(f"{FOLDER}/huge.md", "# Huge\n" + "word " * 300_000 + "beyond")
    mlcoach.write(f"{FOLDER}/[bold]\x1b[31mred\n.md", "no title, \x1b]0;evil\x07 [link=x]needle[/link]\n")
    root = mlcoach.home / FOLDER
    (root / "bytes.md").write_bytes(b"# Bytes\n\nneedle \xff\xfe\x00\n")
    os.mkfifo(root / "pipe.md")
    (root / "gone.md").symlink_to(root / "nowhere")
    (root / "round.md").symlink_to(root / "round.md")
    (root / "loop").symlink_to(root, target_is_directory=True)
    (root / os.fsdecode(b"\xffname.md")).write_text("needle in a name of bytes\n")
    (root / "folder.md").mkdir()
    assert len(found(mlcoach, "needle")) == 3
    for line in ("note list", "note search needle", "note search word", "search needle", "note list --json"):
        out = mlcoach(line).out
        assert "\x1b" not in out, line
    assert json.loads(mlcoach("note search beyond --json").out)["data"] == {
        "words": "beyond", "hits": [], "more": 0, "cut": ["huge"],
    }  # fmt: skip
    assert "[link=x]needle[/link]" in mlcoach("note search needle", tty=80).out
    mlcoach("note open bytes -m x", expect=4)


def test_a_file_in_the_place_of_the_folder_is_said(mlcoach: Program) -> None:
    mlcoach.write(FOLDER, "not a folder")
    assert "it is the folder of your notes" in mlcoach("note list", expect=5).err


def test_two_screens_at_forty_columns(mlcoach: Program) -> None:
    mlcoach("note open 'The softmax of a long row of numbers' -m 'saturates when one of them is far ahead of others'")
    for line in ("note", "note list", "note search saturates"):
        wide = [row for row in mlcoach(line, tty=40).out.split("\n") if len(row) > 40]
        assert all("/" in row or "mlcoach note open" in row for row in wide), wide


WORDS = st.sampled_from(["bias", "biased", "loss", "losses", "net", "network", "na\u00efve", "c++", "the"])


@given(
    files=st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=8),
    asked=st.lists(WORDS, min_size=1, max_size=2).map(" ".join),
)
def test_searching_all_at_once_finds_what_reading_each_would(files: list[str], asked: str) -> None:
    wanted = asked_words(asked)
    if not wanted[0]:
        return
    with TemporaryDirectory() as home:
        folder = Path(home, FOLDER)
        folder.mkdir(parents=True)
        for number, text in enumerate(files):
            (folder / f"n{number}.md").write_text(f"# {number}\n\n{text}\n")
        for _ in range(2):  # from the files, then from what was kept of them
            context = Context({"MLCOACH_HOME": home, "MLCOACH_NOW": "2026-11-23T19:00:00+01:00"})
            found = {hit.id for hit in search_written(context, asked).hits}
            context.close()
            assert found == {f"n{n}" for n, text in enumerate(files) if any(holds(words_of(text), w) for w in wanted)}


def test_looking_for_words_loads_neither_the_events_nor_the_curriculum(mlcoach: Program) -> None:
    mlcoach("note open 'A needle' -m found")
    code = "import sys; from mlcoach.cli.main import run; sys.argv = ['mlcoach', 'note', 'search', 'needle']; run()"
    ended = f"import atexit, sys; atexit.register(lambda: print(*sys.modules, file=sys.stderr)); {code}"
    environment = {**os.environ, **mlcoach.environment, "MLCOACH_HOME": str(mlcoach.home)}
    ran = subprocess.run([sys.executable, "-c", ended], env=environment, capture_output=True, text=True, check=False)
    assert "A needle" in ran.stdout
    heavy = {"mlcoach.domain.events", "mlcoach.store.store", "mlcoach.curriculum.cache.catalog", "tomllib", "pydantic"}
    assert heavy.isdisjoint(ran.stderr.split())


def test_what_is_typed_at_the_end_of_a_new_note_is_not_a_correction(mlcoach: Program) -> None:
    editor(mlcoach, "printf '%s\\n' 'a vector has a length' '- and a direction' >> \"$1\"")
    assert "correction" not in mlcoach("note open vectors", tty=80).out
    editor(mlcoach, "printf '%s\\n' 'typed at the end again' >> \"$1\"")
    assert "correction" not in mlcoach("note open vectors", tty=80).out


def test_the_way_out_of_the_editor_is_told_before_the_first_note(mlcoach: Program, tmp_path: Path) -> None:
    script = tmp_path / "vi"
    script.write_text('#!/bin/sh\necho words >> "$1"\n')
    script.chmod(0o755)
    mlcoach.environment |= {"EDITOR": str(script), "PATH": f"{tmp_path}:/usr/bin:/bin"}
    assert "`:wq` and enter keep it" in " ".join(mlcoach("note open vectors", tty=80, stdin="\n").err.split())
    assert "Enter opens it" not in mlcoach("note open eigen", tty=80).err
    mlcoach(f"config set editor {script}")
    assert ":wq" not in mlcoach("note open eigen", tty=80).err


def test_own_notes_with_the_very_word_come_first_and_show_it(mlcoach: Program) -> None:
    long = (
        "Much was said before it and nothing of it matters here, which is why this goes on and on for a while, until "
    )
    mlcoach(f"note open 'On bases' -m '{long}a vector turns up among other things'")
    mlcoach("note open 'Vectorised code' -m 'loops are slow'")
    hits = json.loads(mlcoach("search vector --json").out)["data"]["hits"]
    assert hits[0]["kind"] == "note" and hits[0]["title"] == "On bases" and "vector" in hits[0]["text"]
    assert len(hits[0]["text"]) <= 120
    assert [hit["title"] for hit in hits].index("Vectorised code") > 1, "another word that only begins so"
