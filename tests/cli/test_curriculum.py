"""`mlcoach curriculum` as a learner types it: whole screens, the JSON scripts rely on, and every way it can refuse.

The screens are of a small subject of the learner's own, so that better bundled content changes no snapshot.
"""

import json
import re
import stat
import sys
from pathlib import Path
from typing import Any

import pytest
from inline_snapshot import snapshot

from mlcoach.services.context import Context
from tests.conftest import Program

GARDEN = r"""
schema  = 1
id      = "garden"
title   = "A garden"
track   = "rl"
summary = "How to grow things, [bold]step by step[/bold]."
assumes = ["a spade"]
survey  = ["almanac"]

[resources.almanac]
title = "The Almanac"
by    = "A. Gardener"
kind  = "book"
cost  = "free"
url   = "https://example.org/almanac"

[resources.old]
title        = "The Old Course"
kind         = "course"
status       = "closed"
alternatives = ["almanac"]

[[unit]]
id         = "soil"
title      = "Soil and water"
hours      = 4
lane       = "build"
why        = "Everything stands on it: $\\alpha$ first."
objectives = ["tell clay from sand"]
recall     = "From memory: what does sand lack?"
read       = [
  { in = "almanac", at = "ch. 1", core = true },
  { in = "old", at = "week 2" },
]

  [[unit.pretest]]
  id    = "before"
  cloze = "Sand lets {{water}} through."

  [[unit.card]]
  id = "clay"
  q  = "What holds water?"
  a  = "the secret answer"

  [[unit.exercise]]
  id      = "jar"
  title   = "The jar test"
  minutes = 90
  kind    = "problem"
  prompt  = "Shake it."

  [[unit.paper]]
  arxiv = "1412.6980"
  title = "On soil"
  why   = "It began here."

[[unit]]
id       = "seeds"
title    = "Seeds"
requires = [{ unit = "soil", why = "a seed needs a bed" }]
hours    = 2.5
recall   = "Name three."

[[unit]]
id       = "tools"
title    = "Tools"
requires = [{ unit = "prog.tools.shell", why = "the hose is a pipe" }]
hours    = 2
recall   = "Name four."

[[unit]]
id       = "harvest"
title    = "Harvest"
requires = [
  { unit = "seeds", why = "what is not sown is not reaped" },
  { unit = "soil", why = "roots are dug out of it" },
  "tools",
]
hours    = 6
recall   = "When?"

[[path]]
id    = "green"
title = "A green year"
goal  = "From bare soil to a harvest."
for   = "People with a balcony."
units = ["garden.soil", "garden.seeds", "garden.tools", "garden.harvest"]

[[checklist]]
id    = "spring"
title = "Every spring"
item  = [
  { id = "dig", text = "Dig", group = "Early" },
  { id = "sow", text = "Sow", group = "Late" },
]
"""
BROKEN = 'schema = 1\nid = "weeds"\ntitel = "Weeds"\ntrack = "rl"\n'


def data(program: Program, line: str) -> Any:
    """Run a command with --json and return its data."""
    document = json.loads(program(f"{line} --json").out)
    assert document["schema"] == 1
    return document["data"]


@pytest.fixture(scope="module")
def garden(tmp_path_factory: pytest.TempPathFactory) -> Program:
    """A home with a subject of the learner's own, for tests that change nothing: compiled once."""
    program = Program(tmp_path_factory.mktemp("garden"))
    program.write("config/curriculum/garden.toml", GARDEN)
    program("curriculum list")
    program("log 20m garden.seeds")
    return program


class TestReading:
    def test_the_list_names_every_subject_and_marks_the_path(self, garden: Program) -> None:
        shown = garden("curriculum list", tty=80).out
        assert ["garden", "A", "garden", "4", "units", "14.5h", "rl"] in [line.split() for line in shown.splitlines()]
        assert re.search(r"^core +The core year", shown, re.MULTILINE)
        assert "Yours is core; another: mlcoach config set path " in shown
        assert garden("curriculum", tty=80).out == shown
        subjects = data(garden, "curriculum list")["subjects"]
        assert next(one for one in subjects if one["id"] == "garden") == {
            "id": "garden", "title": "A garden", "track": "rl", "units": 4, "hours": 14.5,
            "mastered": 0, "passed": 0, "skipped": 0,
        }  # fmt: skip

    def test_a_unit_is_shown_whole_but_for_answers(self, garden: Program) -> None:
        screen = garden("curriculum show soil", tty=80)
        assert screen.out == snapshot("""\
Soil and water                                                       garden.soil
○ ready to begin
build unit · about 4h · A garden (garden)

Everything stands on it: α first.

Afterwards you can
  - tell clay from sand

Try first; a wrong answer costs nothing
  1. Sand lets […] through.
  The answers: mlcoach curriculum show garden.soil --answers

Read
  - The Almanac, A. Gardener (book, free)
    ch. 1
    https://example.org/almanac

More, if you like
  - The Old Course (course) is closed; instead: The Almanac

To recall and redo
  - 1 question to try before you begin
  - 1 card
  - 1 exercise:
    1h30m  The jar test

Papers
  - On soil
    It began here.
    mlcoach paper add 1412.6980

At the end, with everything closed
  From memory: what does sand lack?

Opens
  ▸ garden.seeds    Seeds    2.5h  learning
  · garden.harvest  Harvest    6h  locked

Begin: mlcoach start garden.soil
""")
        assert "secret answer" not in screen.out + garden("curriculum show soil --json").out

    def test_a_locked_unit_says_why_and_the_way_around(self, garden: Program) -> None:
        assert garden("curriculum show harvest", tty=80).out == snapshot("""\
Harvest                                                           garden.harvest
· locked: waits for 3 units
concept unit · about 6h · A garden (garden)

Waits for
  ▸ garden.seeds  Seeds
    what is not sown is not reaped
  ○ garden.soil  Soil and water
    roots are dug out of it
  · garden.tools  Tools
The lock only advises: `mlcoach start garden.harvest` begins it all the same,
and `mlcoach skip garden.seeds` says that you know that one already.

At the end, with everything closed
  When?

The way there: mlcoach curriculum map garden.harvest
""")

    def test_a_narrow_terminal_cuts_nothing_that_is_typed(self, garden: Program) -> None:
        for line in ("show harvest", "show garden", "show green", "list", "map green", "map harvest", "show spring"):
            shown = garden(f"curriculum {line}", tty=40).out
            assert max(len(text) for text in shown.splitlines()) <= 40, line
        assert "garden.harvest" in garden("curriculum show garden", tty=40).out

    def test_a_subject_a_path_and_a_checklist(self, garden: Program) -> None:
        assert garden("curriculum show garden", tty=80).out == snapshot("""\
A garden                                                                  garden
track rl · 4 units · about 14.5h · 1 card · 1 exercise

How to grow things, [bold]step by step[/bold].

Takes for granted
  - a spade

To get a first idea
  - The Almanac

Units
  ○ garden.soil     Soil and water    4h  ready
  ▸ garden.seeds    Seeds           2.5h  learning
  · garden.tools    Tools             2h  locked
  · garden.harvest  Harvest           6h  locked

Drawn: mlcoach curriculum map garden
Change it: mlcoach curriculum edit garden
""")
        assert garden("curriculum show green", tty=80).out == snapshot("""\
A green year                                                               green
0 of 4 units done · 14.5h of 14.5h left

From bare soil to a harvest.
For whom: People with a balcony.

Units, in this order
  ○ garden.soil     Soil and water    4h  ready
  ▸ garden.seeds    Seeds           2.5h  learning
  · garden.tools    Tools             2h  locked
  · garden.harvest  Harvest           6h  locked

Drawn: mlcoach curriculum map green
Take it: mlcoach config set path green
""")
        assert garden("curriculum show spring", tty=80).out == snapshot("""\
Every spring                                                      spring  0 of 2

Early
· Dig (dig)

Late
· Sow (sow)

It ticks: mlcoach curriculum show spring --check dig
""")

    def test_a_paper_of_the_map_is_shown_as_paper_does(self, garden: Program) -> None:
        assert garden("curriculum show 1706.03762").out == garden("paper show 1706.03762").out

    def test_what_scripts_rely_on_of_a_unit(self, garden: Program) -> None:
        unit = data(garden, "curriculum show garden.soil")["unit"]
        promised = (
            "id",
            "title",
            "status",
            "hours",
            "lane",
            "requires",
            "unlocks",
            "objectives",
            "read",
            "items",
            "minutes",
        )
        assert {key: unit[key] for key in promised} == {
            "id": "garden.soil", "title": "Soil and water", "status": "ready", "hours": 4.0, "lane": "build",
            "requires": [], "unlocks": ["garden.seeds", "garden.harvest"], "objectives": ["tell clay from sand"],
            "read": unit["read"], "items": ["garden.soil/clay", "garden.soil/jar"], "minutes": 0,
        }  # fmt: skip
        assert [place["instead"] for place in unit["read"]] == ["", "The Almanac"]
        needs = data(garden, "curriculum show garden.seeds")["unit"]["requires"]
        assert [(need["unit"], need["why"]) for need in needs] == [("garden.soil", "a seed needs a bed")]
        assert unit["origin"] == {}

    def test_origin_names_the_file_of_every_value(self, garden: Program) -> None:
        file = str(garden.home / "config/curriculum/garden.toml")
        origin = data(garden, "curriculum show soil --origin")["unit"]["origin"]
        assert set(origin.values()) == {file}
        assert {"hours", "why", "objectives", "read"} <= origin.keys()
        assert f"Where it is written\n  {file}\n" in garden("curriculum show soil --origin").out
        refused = garden("curriculum show garden --origin", expect=2)
        assert "--origin tells of a unit, and `garden` is a subject" in refused.err

    def test_a_pipe_gets_plain_uncut_lines(self, garden: Program) -> None:
        shown = garden("curriculum map green --all").out
        assert "needs garden.seeds: what is not sown is not reaped\n" in shown
        assert "\x1b" not in shown

    def test_names_that_fit_nothing_or_several(self, garden: Program) -> None:
        assert "did you mean `math.la.eigen`?" in garden("curriculum show math.la.egien", expect=3).err
        ambiguous = garden("curriculum show basics", expect=2).err
        assert "math.prob.basics" in ambiguous
        assert "`arxiv:1412.6980`, Adam" in garden("curriculum show adam").err
        assert "curriculum show garden.soil" in garden("curriculum show garden.soil/clay", expect=3).err
        assert "1  math.calc" in garden("curriculum map math", expect=2).err
        assert "is a checklist, and the map shows units" in garden("curriculum map spring", expect=2).err
        hostile = garden("curriculum show '\x1b[31mx'", expect=3)
        assert "\x1b" not in hostile.err
        error = json.loads(garden("curriculum show nonsense --json", expect=3).out)
        assert error["kind"] == "error"
        assert error["data"]["code"] == "not_found"

    def test_a_name_can_say_that_it_is_a_path(self, garden: Program) -> None:
        assert garden("curriculum show path:green").out == garden("curriculum show green").out


class TestMap:
    def test_a_subject_as_a_tree(self, garden: Program) -> None:
        assert garden("curriculum map garden", tty=80).out == snapshot("""\
A garden
subject garden · 4 units · 14.5h of 14.5h left · 0% covered, 0% retained

○ Soil and water  garden.soil       4h
└─ ▸ Seeds        garden.seeds    2.5h
   └─ · Harvest   garden.harvest    6h
        needs garden.seeds: what is not sown is not reaped
        needs garden.soil: roots are dug out of it
        needs garden.tools
· Tools           garden.tools      2h
│ needs prog.tools.shell: the hose is a pipe
└─ · garden.harvest, see above

✓ passed  ★ mastered  ~ rusty  ▸ learning  ○ ready  · locked  – skipped
""")

    def test_a_unit_with_what_it_needs_and_opens(self, garden: Program) -> None:
        assert garden("curriculum map harvest --all", tty=80).out == snapshot("""\
Harvest

It needs
· Harvest                                  garden.harvest      6h
├─ ▸ Seeds                                 garden.seeds      2.5h
│  │ what is not sown is not reaped
│  └─ ○ Soil and water                     garden.soil         4h
│       a seed needs a bed
├─ ○ garden.soil, see above
│    roots are dug out of it
└─ · Tools                                 garden.tools        2h
   └─ · Shell, git, editor, documentation  prog.tools.shell    8h
      │ the hose is a pipe
      └─ ○ Machine, OS, accounts           start.setup         6h
           you need a machine with a terminal, an editor and git installed
22.5h of 22.5h left before it

It opens
  nothing else: it is an end of the map

✓ passed  ★ mastered  ~ rusty  ▸ learning  ○ ready  · locked  – skipped
""")
        assert garden("curriculum map soil --all", tty=60).out == snapshot("""\
Soil and water

It needs
  It builds on nothing: you can begin here.

It opens
▸ Seeds     garden.seeds    2.5h
· Harvest   garden.harvest    6h
  needs garden.seeds: what is not sown is not reaped
  needs garden.tools

✓ passed  ★ mastered  ~ rusty  ▸ learning  ○ ready  · locked
– skipped
""")

    def test_the_map_alone_is_your_path_by_track(self, garden: Program) -> None:
        path = data(garden, "curriculum map")
        assert (path["kind"], path["id"]) == ("path", "core")
        whole = [row["id"] for group in path["groups"] for row in group["units"] if not row["repeated"]]
        assert len(whole) == len(set(whole)) == 14
        assert [group["name"] for group in path["groups"]][:3] == ["start", "math", "prog"]
        assert "start  3 units\n" in garden("curriculum map --all", tty=80).out
        assert [row["place"] for group in path["groups"] for row in group["units"] if row["id"] == "start.why"] == [1]
        assert (path["covered"], path["retained"]) == (0.0, 0.0)

    def test_a_path_that_is_none_is_the_configs_error(self, mlcoach: Program) -> None:
        mlcoach.write("config/config.toml", 'path = "cores"\n')
        assert "did you mean `core`?" in mlcoach("curriculum map", expect=4).err
        assert "yours" not in mlcoach("curriculum list").out


class TestProgress:
    def test_marks_follow_the_learner(self, mlcoach: Program) -> None:
        mlcoach("skip start.setup")
        mlcoach("done start.why")
        mlcoach("log 45m prog.tools.shell")
        rows = {row["id"]: row for row in data(mlcoach, "curriculum map taste")["groups"][0]["units"]}
        assert {id: row["status"] for id, row in rows.items()} == {"start.why": "passed", "start.setup": "skipped"}
        shell = mlcoach("curriculum show prog.tools.shell", tty=80).out
        assert "▸ learning, begun on Mon 23 Nov, 45m so far\n" in shell
        assert "\nGo on: mlcoach start prog.tools.shell\n" in shell
        assert "✓ passed on Mon 23 Nov\n" in mlcoach("curriculum show start.why", tty=80).out
        assert "– skipped on Mon 23 Nov: known or not wanted\n" in mlcoach("curriculum show start.setup", tty=80).out
        subject = data(mlcoach, "curriculum list")["subjects"][0]
        assert (subject["passed"], subject["skipped"], subject["mastered"]) == (1, 1, 0)
        # What is done has nothing behind it any more.
        needs = data(mlcoach, "curriculum map ml.found")["groups"][0]["units"]
        assert [(row["id"], row["status"], row["depth"]) for row in needs] == [
            ("ml.found", "locked", 0),
            ("prog.py.basics", "ready", 1),
            ("start.setup", "skipped", 2),
        ]

    def test_mastered_then_rusty(self, mlcoach: Program) -> None:
        mlcoach("done start.learn")
        items = data(mlcoach, "curriculum show start.learn")["unit"]["items"]
        for days in (0, 8):
            mlcoach.later(days=days)
            for item in items:
                mlcoach(f"grade {item} good")
        shown = mlcoach("curriculum show start.learn", tty=80).out
        assert f"★ mastered, passed on Mon 23 Nov; {len(items)} of {len(items)} came back since\n" in shown
        assert data(mlcoach, "curriculum list")["subjects"][0]["mastered"] == 1
        assert "1 passed, 1 ★\n" in mlcoach("curriculum list", tty=80).out
        mlcoach.later(days=900)
        rusty = mlcoach("curriculum show start.learn", tty=80).out
        assert "~ passed on Mon 23 Nov" in rusty
        assert "Refresh it: mlcoach review --subject start\n" in rusty


class TestCheck:
    def test_a_clean_curriculum(self, mlcoach: Program) -> None:
        screen = mlcoach("curriculum check", tty=80)
        assert screen.out.startswith("No problems in ")
        assert screen.err == ""
        assert mlcoach.files() == set()

    def test_a_broken_file_in_full(self, mlcoach: Program, tmp_path: Path) -> None:
        file = tmp_path / "weeds.toml"
        file.write_text(BROKEN, encoding="utf-8")
        screen = mlcoach(f"curriculum check {file}", tty=200, expect=4).screen
        assert screen.replace(str(file), "weeds.toml") == snapshot("""\
exit 4
----- stdout -----
weeds.toml
error[missing-key]: this file has no `title`
  --> weeds.toml:1:1
  |
1 | schema = 1
  | ^
hint: write `title = "…"`

error[unknown-key]: unknown key `titel`
  --> weeds.toml:3:1
  |
3 | titel = "Weeds"
  | ^^^^^
hint: did you mean `title`?

2 errors in 1 file (1 subject).
----- stderr -----
""")

    def test_a_caret_stays_below_its_word_on_a_narrow_terminal(self, mlcoach: Program, tmp_path: Path) -> None:
        file = tmp_path / "long.toml"
        file.write_text(BROKEN.replace("titel", "title") + f'summary = "{"x " * 60}"; flag = 1\n', encoding="utf-8")
        lines = mlcoach(f"curriculum check {file}", tty=40, expect=4).out.splitlines()
        caret = next(index for index, line in enumerate(lines) if line.strip(" |").startswith("^"))
        assert len(lines[caret - 1]) <= 40
        assert lines[caret - 1][lines[caret].index("^")] == ";"

    def test_the_report_is_printed_for_scripts_also_with_errors(self, mlcoach: Program, tmp_path: Path) -> None:
        file = tmp_path / "weeds.toml"
        file.write_text(BROKEN, encoding="utf-8")
        document = json.loads(mlcoach(f"curriculum check {file} --json", expect=4).out)
        assert document["kind"] == "curriculum_check"
        report = document["data"]
        assert [error["code"] for error in report["errors"]] == ["missing-key", "unknown-key"]
        place = {key: report["errors"][1][key] for key in ("file", "line", "column", "hint")}
        assert place == {"file": str(file), "line": 3, "column": 1, "hint": "did you mean `title`?"}
        assert report["counts"]["files"] == 1

    def test_warnings_alone_are_no_failure(self, mlcoach: Program, tmp_path: Path) -> None:
        file = tmp_path / "bare.toml"
        unit = '[[unit]]\nid = "one"\ntitle = "One"\nhours = 3\n'
        file.write_text(BROKEN.replace("titel", "title") + unit, encoding="utf-8")
        out = mlcoach(f"curriculum check {file}").out
        assert "warning[" in out
        assert out.endswith("2 warnings in 1 file (1 subject, 1 unit).\n")

    def test_a_file_that_is_not_there(self, mlcoach: Program) -> None:
        assert "no file `nope.toml`" in mlcoach("curriculum check nope.toml", expect=3).err

    def test_a_broken_file_of_yours_stops_nothing_else(self, mlcoach: Program) -> None:
        mlcoach.write("config/curriculum/weeds.toml", BROKEN)
        today = mlcoach("today")
        assert today.err == "note: left out weeds.toml: it has errors; see `mlcoach curriculum check`\n"
        assert "which has errors" in mlcoach("curriculum show weeds", expect=3).err
        assert mlcoach("curriculum path weeds").out == f"{mlcoach.home / 'config/curriculum/weeds.toml'}\n"


class TestNew:
    def test_a_new_subject_passes_check_and_can_be_taken_back(self, mlcoach: Program) -> None:
        screen = mlcoach('curriculum new my.tensors --title "Tensors for my job" --track math', tty=80).screen
        assert screen.replace(str(mlcoach.home), "HOME") == snapshot("""\
exit 0
----- stdout -----
Made the subject Tensors for my job (my.tensors, track math):
  HOME/config/curriculum/my-tensors.toml
Fill it: mlcoach curriculum edit my.tensors
Begin:   mlcoach start my.tensors.first
Undo: mlcoach undo
----- stderr -----
""")
        assert mlcoach("curriculum check").out.startswith("No problems in ")
        assert "my.tensors.first" in mlcoach("curriculum show my.tensors").out
        again = mlcoach("curriculum new my.tensors", expect=2).err
        assert "the subject `my.tensors` is there already" in again
        assert "`mlcoach curriculum edit my.tensors` changes it" in again
        mlcoach("undo")
        assert not any(name.startswith("config/") for name in mlcoach.files())

    def test_title_and_track_follow_from_the_id(self, mlcoach: Program) -> None:
        made = data(mlcoach, "curriculum new nlp.old-words")
        assert (made["title"], made["track"], made["first_unit"]) == ("Nlp old words", "nlp", "nlp.old-words.first")

    def test_an_overlay_of_another_name(self, mlcoach: Program) -> None:
        made = data(mlcoach, "curriculum new my-math --overlay-of la")
        assert made["over"] == "math.la"
        assert mlcoach("curriculum path math.la").out.splitlines()[1] == made["file"]
        assert "already" in mlcoach("curriculum new other --overlay-of math.la", expect=2).err

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ("'My Tensors'", "is not a valid id of a subject"),
            ("../x", "is not a valid id of a subject"),
            ("math.la", "is there already"),
            ("math.la.eigen", "is the id of a unit"),
            ("core", "is the id of a path"),
            ("mine --track maths", "no track `maths`"),
            ("mine --title 'a\x1b[31mb'", "a title is one line of text"),
            ("mine --overlay-of la --title x", "an overlay keeps title and track"),
        ],
    )
    def test_what_cannot_be_is_refused(self, mlcoach: Program, words: str, said: str) -> None:
        assert said in mlcoach(f"curriculum new {words}", expect=2).err
        assert mlcoach.files() == set()

    def test_an_overlay_of_nothing(self, mlcoach: Program) -> None:
        assert "no subject `nope`" in mlcoach("curriculum new mine --overlay-of nope", expect=3).err


class TestPathAndSchema:
    def test_the_folders_one_a_line(self, mlcoach: Program) -> None:
        screen = mlcoach("curriculum path")
        bundled, own = screen.out.splitlines()
        assert (Path(bundled) / "paths.toml").is_file()
        assert own == str(mlcoach.home / "config/curriculum")
        assert "made when you first write there" in screen.err
        assert mlcoach.files() == set()

    def test_the_files_of_a_subject(self, garden: Program) -> None:
        assert garden("curriculum path garden").out == f"{garden.home / 'config/curriculum/garden.toml'}\n"
        assert garden("curriculum path eigen", expect=3).out == ""
        assert garden("curriculum path math.la.eigen").out.endswith("la.toml\n")

    def test_the_schema_goes_into_a_pipe(self, mlcoach: Program) -> None:
        screen = mlcoach("curriculum schema")
        assert json.loads(screen.out)["title"] == "mlcoach curriculum file"
        assert "#:schema ./mlcoach.schema.json" in screen.err
        assert data(mlcoach, "curriculum schema") == json.loads(screen.out)


def replacing(old: str, new: str) -> str:
    """Return a script for the made up editor."""
    return f'sed s/{old}/{new}/ "$file" > changed && cat changed > "$file"'


@pytest.mark.skipif(sys.platform == "win32", reason="the editors here are shell scripts")
class TestEdit:
    @pytest.fixture
    def editing(self, mlcoach: Program, tmp_path: Path) -> "Editing":
        return Editing(mlcoach, tmp_path)

    def test_an_overlay_is_made_on_first_use_and_its_comments_stay(self, editing: "Editing") -> None:
        screen = editing("la", "printf '[change.eigen]\\nhours = 16 # slowly\\n' >> \"$file\"")
        assert screen.screen.replace(str(editing.own), "OWN") == snapshot("""\
exit 0
----- stdout -----
Saved your overlay of math.la:
  OWN/math-la.toml
Undo: mlcoach undo
----- stderr -----
vi: i begins to type; Esc, then `:wq` and enter keep it and leave, Esc and `:q!`
leave without
""")
        text = (editing.own / "math-la.toml").read_text(encoding="utf-8")
        assert text.startswith("# Your changes to math.la")
        assert re.search(r'\nhours = 16 # slowly\nbase = "sha256:[0-9a-f]{64}"\n$', text)
        program = editing.program
        assert data(program, "curriculum show eigen")["unit"]["hours"] == 16
        origin = data(program, "curriculum show eigen --origin")["unit"]["origin"]
        assert origin["hours"] == str(editing.own / "math-la.toml")
        program("undo")
        assert data(program, "curriculum show eigen")["unit"]["hours"] == 12

    def test_a_template_left_as_it_is_leaves_nothing_behind(self, editing: "Editing") -> None:
        assert editing("math.la", "true").out == "Nothing was changed.\n"
        assert editing("math.la", ': > "$file"').out == "Nothing was changed.\n"
        assert editing.program.files() == set()

    def test_the_editor_opens_again_at_the_error(self, editing: "Editing") -> None:
        wrong = "printf '[change.eigen]\\nhours = 66\\n' >> \"$file\""
        screen = editing("math.la", wrong, replacing("66", "6"), answer="y\n")
        assert "must be 2 to 25, got `66`" in screen.err
        assert "1 error. Go back to the editor?" in screen.err
        assert "left out" not in screen.out
        line = (editing.own / "math-la.toml").read_text(encoding="utf-8").splitlines().index("hours = 6") + 1
        assert editing.calls()[1].startswith(f"+{line} ")

    @pytest.mark.parametrize("answer", ["n\n", ""])
    def test_words_with_errors_are_kept_and_the_rest_is_used(self, editing: "Editing", answer: str) -> None:
        screen = editing("math.la", "printf '[change.eigen]\\nhurs = 6\\n' >> \"$file\"", answer=answer)
        assert "hurs = 6" in (editing.own / "math-la.toml").read_text(encoding="utf-8")
        assert "It has 1 error; until it is repaired, the file is left out and the rest is used." in screen.out
        assert screen.out.endswith("Repair it: mlcoach curriculum edit math.la\nUndo: mlcoach undo\n")
        assert data(editing.program, "curriculum show eigen")["unit"]["hours"] == 12

    def test_an_editor_that_fails_on_the_way_back_loses_nothing(self, editing: "Editing") -> None:
        wrong = "printf '[change.eigen]\\nhours = 66\\n' >> \"$file\""
        screen = editing("math.la", wrong, "exit 1", answer="y\n")
        assert "ended with exit code 1" in " ".join(screen.err.split())
        assert "hours = 66" in (editing.own / "math-la.toml").read_text(encoding="utf-8")

    def test_a_file_changed_meanwhile_is_not_overwritten(self, editing: "Editing") -> None:
        editing("math.la", "printf '[change.eigen]\\nhours = 6\\n' >> \"$file\"")
        path = editing.own / "math-la.toml"
        screen = editing("math.la", f'echo "# mine" >> "$file"; echo "# theirs" >> {path}', expect=2)
        assert "was changed by something else while you edited it" in screen.err
        assert path.read_text(encoding="utf-8").endswith("# theirs\n")
        kept = Path(screen.err.split("your text is kept in ")[1].split()[0])
        assert kept.read_text(encoding="utf-8").endswith("# mine\n")
        kept.unlink()

    def test_an_emptied_overlay_is_removed(self, editing: "Editing") -> None:
        editing("math.la", "printf '[change.eigen]\\nhours = 6\\n' >> \"$file\"")
        screen = editing("math.la", ': > "$file"')
        assert screen.out.startswith("Removed your overlay of math.la; the bundled file is used again.\n")
        assert not (editing.own / "math-la.toml").exists()
        editing.program("undo")
        assert (editing.own / "math-la.toml").exists()

    def test_files_of_your_own_are_edited_themselves(self, editing: "Editing") -> None:
        editing.program.write("config/curriculum/weeds.toml", BROKEN)
        screen = editing("weeds", replacing("titel", "title"))
        assert screen.out.startswith("Saved your subject weeds:\n")
        assert "Esc, then `:wq` and enter keep it" in " ".join(screen.err.split())
        assert editing("weeds.toml", "true").out == "Nothing was changed.\n"
        assert data(editing.program, "curriculum show weeds")["subject"]["title"] == "Weeds"

    def test_what_it_breaks_elsewhere_is_said(self, editing: "Editing") -> None:
        editing.program.write("config/curriculum/a.toml", GARDEN)
        more = (
            'schema = 1\nid = "pond"\ntitle = "Pond"\ntrack = "rl"\n[[unit]]\nid = "fish"\ntitle = "Fish"\nhours = 2\n'
        )
        editing.program.write("config/curriculum/b.toml", more + 'requires = ["garden.harvest"]\n')
        screen = editing("garden", replacing("harvest", "crop"), answer="n\n")
        assert "no unit `garden.harvest`" in screen.err
        assert screen.out.endswith(f"  {editing.own / 'b.toml'}\nSee: mlcoach curriculum check\nUndo: mlcoach undo\n")

    def test_no_terminal_no_editor_no_such_subject(self, editing: "Editing") -> None:
        program = editing.program
        assert "needs a terminal" in program("curriculum edit math.la", expect=2).err
        assert "did you mean `math.la`?" in program("curriculum edit math.lb", tty=80, expect=3).err
        program.environment |= {"EDITOR": "no-such-editor-here", "VISUAL": ""}
        assert "not installed" in program("curriculum edit math.la", tty=80, expect=2).err
        assert program.files() == set()

    def test_a_file_that_is_no_text(self, editing: "Editing") -> None:
        editing.own.mkdir(parents=True)
        (editing.own / "weeds.toml").write_bytes(b'schema = 1\nid = "weeds"\n# \xff\n')
        screen = editing("weeds", "true", expect=4)
        assert "is not UTF-8 text" in screen.err


class Editing:
    """Runs `curriculum edit` with a made up vi that does as told, one script a call."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program = program
        self.folder = folder
        self.own = program.home / "config/curriculum"

    def __call__(self, subject: str, *scripts: str, answer: str = "", expect: int = 0) -> Any:
        for old in self.folder.glob("script-*"):
            old.unlink()
        (self.folder / "calls").write_text("", encoding="utf-8")
        for number, script in enumerate(scripts, start=1):
            (self.folder / f"script-{number}").write_text(f"{script}\n", encoding="utf-8")
        editor = self.folder / "vi"
        editor.write_text(
            f'#!/bin/sh\ncd {self.folder}\necho "$@" >> calls\nfor file; do :; done\n'
            "number=$(wc -l < calls | tr -d ' ')\n. ./script-$number\n",
            encoding="utf-8",
        )
        editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
        self.program.environment |= {"EDITOR": str(editor), "VISUAL": ""}
        return self.program(f"curriculum edit {subject}", stdin=answer, tty=80, expect=expect)

    def calls(self) -> list[str]:
        return (self.folder / "calls").read_text(encoding="utf-8").splitlines()


class TestCompletion:
    def test_units_subjects_and_paths(self, garden: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        from mlcoach.cli.params import complete_map, complete_subject, complete_unit

        monkeypatch.setenv("MLCOACH_HOME", str(garden.home))
        assert complete_map("gard")[0] == ("garden", "A garden")
        assert ("garden.soil", "Soil and water") in complete_map("gard")
        assert complete_map("gree") == [("green", "A green year")]
        # A shell drops what does not begin with what was typed, so a last part completes to itself.
        assert complete_map("harv") == complete_unit("harv") == [("harvest", "Harvest")]
        assert complete_map("basi") == []
        assert complete_subject("gard") == [("garden", "A garden")]
        assert complete_subject("math.l") == [("math.la", "Linear algebra")]

    def test_a_damaged_home_completes_to_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from mlcoach.services.curriculum import names

        context = Context({"MLCOACH_HOME": str(tmp_path)})
        monkeypatch.setattr("mlcoach.curriculum.read.find.bundled_folder", lambda: tmp_path / "nowhere")
        assert names.map_names(context, "m") == []


class TestPathsAndField:
    def test_a_path_with_the_name_of_a_subject_is_distinguished(self, mlcoach: Program) -> None:
        assert "mlcoach curriculum show path:ml" in mlcoach("curriculum show ml").out
        shown = mlcoach("curriculum show path:ml").out
        assert "Only machine learning" in shown
        assert "mlcoach curriculum map path:ml" in shown
        assert "Only machine learning" in mlcoach("curriculum map path:ml").out

    def test_what_a_path_takes_as_known_locks_nothing(self, mlcoach: Program) -> None:
        assert "locked" in mlcoach("curriculum show ml.found").out
        mlcoach("config set path engineer")
        shown = mlcoach("curriculum show ml.found").out
        assert "ready to begin" in shown
        assert "Takes as known" in mlcoach("curriculum show engineer").out
        assert "prog.py.basics" not in mlcoach("plan --days 5").out

    def test_the_field_is_browsed_kind_by_kind(self, mlcoach: Program) -> None:
        shown = mlcoach("curriculum show field").out
        places = [shown.index(f"\n{heading}\n") for heading in ("Groups", "People", "Venues", "News and discussion")]
        assert places == sorted(places)
        assert "Google Brain has ended; see Google DeepMind" in shown

    def test_checklists_are_listed_and_say_why(self, mlcoach: Program) -> None:
        assert "portfolio" in mlcoach("curriculum list").out.partition("Checklists")[2]
        shown = mlcoach("curriculum show portfolio").out
        assert "No survival on the Titanic" in shown
        assert "The data stand in the first chapter" in shown


class TestQuestionsBefore:
    def test_they_are_answered_on_request_also_when_the_unit_is_begun(self, garden: Program) -> None:
        assert "Sand lets […] through." in garden("curriculum show garden.soil").out
        assert "Sand lets water through." in garden("curriculum show garden.soil --answers").out
        asked = data(garden, "curriculum show garden.soil --answers")["unit"]["questions"]
        assert asked[0]["answer"] == "Sand lets water through."
        assert data(garden, "curriculum show garden.soil")["unit"]["questions"][0]["answer"] == ""
        assert "tells of a unit" in garden("curriculum show garden --answers", expect=2).err

    def test_starting_a_unit_for_the_first_time_names_them(self, mlcoach: Program) -> None:
        assert "3 questions before you read" in mlcoach("start math.la.vectors").out
        mlcoach("stop --done")
        assert "before you read" not in mlcoach("start math.la.vectors").out
