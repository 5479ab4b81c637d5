"""The screens of `import` and `export`, as a learner meets them."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from tests import anki_packages as make
from tests.anki_packages import PackedCard, PackedNote, PackedReview, milliseconds
from tests.conftest import Program

HEADER = "card_id,review_time,review_rating,review_state,review_duration\n"
EIG = "math.la.eigen/eig-def"


def packed(path: Path) -> Path:
    notes = [PackedNote(1, ("What is a rank?", "A dimension<img src='rank.png'>")), PackedNote(2, ("q", ""))]
    cards = [
        PackedCard(1, 1, 7, type=2, due=330, ivl=4, reps=2),
        PackedCard(2, 2, 8),
        PackedCard(3, 1, 8, reps=3, type=2, due=400),
    ]
    log = [
        PackedReview(milliseconds(1), 1),
        PackedReview(milliseconds(5), 1),
        PackedReview(milliseconds(6), 1, 0, type=4),
    ]
    return make.package(path, notes, cards, log, decks={7: "Maths", 8: "Maths::Linear algebra"})  # fmt: skip


def test_importing_from_anki(mlcoach: Program, tmp_path: Path) -> None:
    file = packed(tmp_path / "all.apkg")
    assert mlcoach(f"import anki {file}", tty=80, expect=7).out == snapshot("""\
Read 3 cards: 2 new, 1 left out
Read 3 entries of their history: 2 new, 1 set by hand (not an answer)
1 card without all of the history: due as in Anki
2 cards name 1 picture or sound, which stay in Anki

anki.maths.linear-algebra  1  Linear algebra
anki.maths.maths           1  Maths

left out 1 × a card without an answer (card 2)
Take it back: mlcoach undo
""")
    assert mlcoach(f"import anki {file}", tty=80, expect=7).out == snapshot("""\
Nothing imported.
Read 3 cards: 2 here already, 1 left out
Read 3 entries of their history: 2 here already, 1 set by hand (not an answer)
2 cards name 1 picture or sound, which stay in Anki
left out 1 × a card without an answer (card 2)
""")


def test_importing_answers(mlcoach: Program) -> None:
    rows = f"{EIG},{milliseconds(1)},3,,\n99,{milliseconds(2)},4,,\n" + f"{EIG},{milliseconds(3)},9,,\n" * 5 + "x\n"
    file = mlcoach.write("log.csv", HEADER + rows)
    assert mlcoach(f"import reviews {file}", tty=80, expect=7).out == snapshot("""\
1 answer to 1 card imported
1 answer to cards that are not here, kept for measuring
left out 5 × a rating that is not 1 to 4 (line 4, line 5, line 6, …)
left out 1 × a row with too few columns (line 9)
Take it back: mlcoach undo
""")
    assert mlcoach(f"import reviews {file}", tty=80, expect=7).out == snapshot("""\
Nothing imported. 2 answers were here already.
left out 5 × a rating that is not 1 to 4 (line 4, line 5, line 6, …)
left out 1 × a row with too few columns (line 9)
""")


def test_joining_journals(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("log 45m eigen")
    file = tmp_path / "other.jsonl"
    text = mlcoach("export journal").out
    device = json.loads(text.split("\n")[0])["device"]
    file.write_text(text.replace(device, "cafe") + "{}\n")
    assert mlcoach(f"import journal {file}", tty=80, expect=7).out == snapshot("""\
3 entries joined to your journal
left out 1 × a line that is not an entry of a journal (line 4)
Settings, subjects of your own and notes are files, which a journal does not
hold: `mlcoach config path` on both machines says which folders to copy.
Take it back: mlcoach undo
The store as it was before: mlcoach restore mlcoach-20261123T190000Z
""")
    assert mlcoach(f"import journal {file}", tty=80, expect=7).out == snapshot("""\
Nothing joined: 1 line of 4 cannot be joined.
3 entries were here already
left out 1 × a line that is not an entry of a journal (line 4)
""")
    assert json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"] == 90
    # One step takes back what came, here; the backup of before is another way.
    assert json.loads(mlcoach("undo --json").out)["data"]["summary"] == "3 entries of another journal joined"
    assert json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"] == 45
    mlcoach("redo")
    assert json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"] == 90
    mlcoach("undo")
    mlcoach.later(minutes=1)
    said = json.loads(mlcoach(f"import journal {file} --json", expect=7).out)["data"]
    assert (said["added"], said["known"]) == (3, 0)
    assert json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"] == 90
    mlcoach(f"restore {said['backup']} --yes")
    assert json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"] == 45


def test_a_journal_that_brings_nothing_makes_no_backup(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("log 45m eigen")
    mlcoach(f"export journal -o {tmp_path}/own.jsonl")
    before = mlcoach.later(hours=2).files()
    said = json.loads(mlcoach(f"import journal {tmp_path}/own.jsonl --json").out)["data"]
    assert (said["added"], said["known"], said["backup"], said["can_undo"]) == (0, 3, None, False)
    assert mlcoach.files() == before


def test_entries_of_days_to_come_are_refused_by_place_and_reason(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach("log 45m eigen")
    first = json.loads(mlcoach("export journal").out.splitlines()[-1])
    first |= {"device": "cafe", "seq": 1, "id": "cafe-1", "study_day": "2999-12-31"}
    file = tmp_path / "other.jsonl"
    file.write_text(json.dumps(first) + "\n")
    said = mlcoach(f"import journal {file}", expect=7)
    assert said.out == snapshot("""\
Nothing joined: 1 line of 1 cannot be joined.
left out 1 × an entry for a day that was still to come when it was made (line 1)
""")
    assert json.loads(mlcoach("status --json").out)["data"]["minutes"]["done"] == 45


def test_what_cannot_be_read_says_so(mlcoach: Program, tmp_path: Path) -> None:
    newer = tmp_path / "new.apkg"
    with zipfile.ZipFile(newer, "w") as zip:
        # With a date of its own: a byte of the clock's may end the line that is read first.
        zip.writestr(zipfile.ZipInfo("collection.anki21b"), b"x")
    screens = [
        mlcoach(f"import anki {newer}", expect=4),
        mlcoach(f"import anki {tmp_path}/none.apkg", expect=3),
        mlcoach(f"import reviews {newer}", expect=4),
        mlcoach(f"import journal {newer}", expect=4),
    ]
    assert "".join(screen.err for screen in screens).replace(str(tmp_path), "") == snapshot("""\
error: `/new.apkg` is damaged, or no Anki package
hint: export it from Anki once more
error: no file `/none.apkg`
hint: name the .apkg or .colpkg file to import
error: `/new.apkg` is not UTF-8 text
hint: save it as UTF-8 with commas
error: `/new.apkg` is not a journal: line 1 is a line that is not UTF-8
hint: `mlcoach export journal` writes one
""")
    assert mlcoach.files() == set()


def test_exports_go_to_stdout_or_to_a_file(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach(f"grade {EIG} good --seconds 12")
    assert mlcoach("export reviews").out == HEADER + f"{EIG},{milliseconds(23, 19)},3,1,12000\n"
    said = mlcoach(f"export reviews -o {tmp_path}/log.csv")
    assert said.out == f"1 answer written to {tmp_path}/log.csv\n"
    assert (tmp_path / "log.csv").read_text() == mlcoach("export reviews").out
    document = json.loads(mlcoach(f"export journal -o {tmp_path}/j.jsonl --json").out)
    assert document["data"] == {"path": f"{tmp_path}/j.jsonl", "entries": 4, "what": "line", "lost": 0}
    lines = [json.loads(line) for line in (tmp_path / "j.jsonl").read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["day_opened", "day_planned", "item_graded", "file_written"]
    assert "add `-o FILE`" in mlcoach("export reviews --json", expect=2).err


def test_exporting_to_stdout_reads_only(mlcoach: Program) -> None:
    for what in ("reviews", "journal"):
        mlcoach(f"export {what}")
    assert mlcoach.files() == set()


def test_undo_brings_back_what_an_export_wrote_over(mlcoach: Program, tmp_path: Path) -> None:
    file = tmp_path / "log.csv"
    file.write_bytes(b"mine \xff")
    mlcoach(f"export reviews -o {file}")
    assert file.read_text() == HEADER
    mlcoach("undo")
    assert file.read_bytes() == b"mine \xff"
    package = tmp_path / "all.apkg"
    mlcoach(f"export anki --subject la -o {package}")
    assert zipfile.is_zipfile(package)
    mlcoach("undo")
    assert not package.exists()


def test_a_device_takes_what_it_gets(mlcoach: Program) -> None:
    mlcoach("export reviews -o /dev/null")
    assert mlcoach.files() == set()


def test_a_package_is_not_written_to_a_terminal(mlcoach: Program) -> None:
    refused = mlcoach("export anki", tty=80, expect=2)
    assert refused.out == ""
    assert "-o mlcoach.apkg" in refused.err


def test_a_package_goes_down_a_pipe_byte_for_byte(mlcoach: Program) -> None:
    from mlcoach.cli.main import run_with

    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="utf-8")
    environment = {"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}
    assert run_with(["export", "anki", "--subject", "la"], environment, out, io.StringIO()) == 0
    with zipfile.ZipFile(raw) as package:
        assert package.namelist() == ["collection.anki2", "media"]


def test_a_subject_alone_and_what_came_from_anki(mlcoach: Program, tmp_path: Path) -> None:
    mlcoach(f"import anki {packed(tmp_path / 'all.apkg')}", expect=7)

    def count(words: str) -> int:
        return int(json.loads(mlcoach(f"export anki {words} -o {tmp_path}/out.apkg --json").out)["data"]["entries"])

    everything = count("")
    assert 30 < count("--subject math.la") < everything
    assert count("--subject anki.maths") == 2
    assert count("--subject math.la --subject anki.maths") == count("--subject math.la") + 2
    assert "did you mean" in mlcoach("export anki --subject math.ls -o x", expect=3).err


@pytest.mark.parametrize("target", ["folder", "none/x.csv"])
def test_a_file_that_cannot_be_written_is_named(mlcoach: Program, tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    refused = mlcoach(f"export reviews -o {tmp_path}/{target}", expect=2)
    assert target in refused.err


def test_wide_and_piped_screens_say_the_same(mlcoach: Program, tmp_path: Path) -> None:
    file = packed(tmp_path / "all.apkg")
    piped = mlcoach(f"import anki {file}", expect=7).out
    mlcoach("undo")
    assert mlcoach(f"import anki {file}", tty=120, expect=7).out == piped
