"""Some months at the program in which every command is called with --json, so that all its documents are seen.

The data are few, but no list is left empty where it can be filled: the keys of its elements would not be seen.
"""

import json
import os
import random
import re
import shutil
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import typer

from tests import anki_packages as make
from tests.adapters.habit.test_git import Repository
from tests.adapters.papers.test_arxiv import FEED
from tests.adapters.server import Reply, serving
from tests.anki_packages import PackedCard, PackedNote, PackedReview, milliseconds
from tests.cli.json_shapes import Shape, merged, shape_of
from tests.conftest import Program

HOME = Path(__file__).parent / "json_home"
CRONTAB = """#!/bin/sh
case "$1" in -l) /bin/cat "$0.txt" ;; -r) /bin/rm "$0.txt" ;; -) /bin/cat > "$0.txt" ;; esac
"""
RATINGS = {"clay": (1, 2, 3, 3, 3), "sand": (1, 3, 3, 3, 4), "depth": (1, 1, 3), "rows": (3, 4)}  # depth is a leech
CARDS = tuple(RATINGS)
# No link that is asked: this address is one of the machine's own.
INSIDE = """schema = 1
id = "inside"
title = "Inside"
track = "rl"
resources.here = { title = "Here", url = "http://127.0.0.1/" }
"""
WORK = """schema = 1

[[role]]
id = "gardener"
title = "Gardener"
tasks = ["Dig"]
tools = ["soil", "rakes", "bees"]

  [[role.tool]]
  id = "soil"
  name = "Soil"
  units = ["garden.soil", "garden.harvest"]

  [[role.tool]]
  id = "rakes"
  name = "Rakes"
  units = ["garden.tools"]

  [[role.tool]]
  id = "bees"
  name = "Bees"

[[checklist]]
id = "informational-interview"
title = "A talk"

  [[checklist.item]]
  id = "why"
  text = "Say why"

[[checklist]]
id = "interview-preparation"
title = "Before an interview"

  [[checklist.item]]
  id = "why"
  text = "Say why"
"""
HEADER = "card_id,review_time,review_rating,review_state,review_duration\n"


def commands_with_json() -> list[str]:
    """Return the names of all commands that take --json, as they are typed; of groups those that do something alone."""
    from mlcoach.cli.main import group

    def walk(command: Any, name: str) -> list[str]:
        alone = getattr(command, "invoke_without_command", True)
        takes = [name] if alone and any("--json" in parameter.opts for parameter in command.params) else []
        inner = command.list_commands(None) if hasattr(command, "list_commands") else []
        return takes + [found for one in inner for found in walk(command.get_command(None, one), f"{name} {one}")]

    return [name.removeprefix("mlcoach ") for name in walk(typer.main.get_command(group), "mlcoach")]


class Life:
    """Calls the program with --json and remembers the shape of each document, by its command and kind."""

    def __init__(self, program: Program, folder: Path) -> None:
        self.program, self.folder = program, folder
        self.names = sorted(commands_with_json(), key=len, reverse=True)
        self.seen: dict[str, list[Shape]] = {}
        self.codes: dict[str, int] = {}

    def __call__(self, *lines: str, **more: Any) -> dict[str, Any]:
        """Run command lines; returns the data of the last."""
        for line in lines:
            document = json.loads(self.program(f"{line} --json", **more).out)
            assert document.keys() == {"schema", "kind", "data"}
            assert document["schema"] == 1
            name = next(name for name in self.names if f"{line} ".startswith(f"{name} "))
            kind = document["kind"]
            heading = name if kind == name.replace(" ", "_") else f"{name} -> {kind}"
            self.seen.setdefault(heading, []).append(shape_of(document["data"]))
        return dict(document["data"])

    def refused(self, line: str, code: int, stdin: str | None = None) -> None:
        """Run a command line that ends with an error."""
        document = json.loads(self.program(f"{line} --json", expect=code, stdin=stdin).out)
        assert document["kind"] == "error"
        self.codes[document["data"]["code"]] = code
        self.seen.setdefault("error", []).append(shape_of(document["data"]))

    def edited(self, line: str, added: str, answer: str = "") -> None:
        """Run a command whose editor adds a text to the end."""
        script = self.folder / "editor.py"
        script.write_text(f"import sys\nopen(sys.argv[-1], 'a').write({added!r})\n", encoding="utf-8")
        self.program.environment |= {"EDITOR": f"{sys.executable} {script}", "VISUAL": ""}
        self(line, tty=80, stdin=answer)

    def shapes(self) -> dict[str, Shape]:
        """Return what was seen of each document."""
        return {heading: merged(shapes) for heading, shapes in self.seen.items()}


def live(life: Life) -> None:
    """Call every command, most of them where there is something to show and where there is not."""
    at_first(life)
    study(life)
    practice(life)
    in_and_out(life)
    with_papers(life)
    files_of_the_curriculum(life)
    with_cards(life)
    with_projects(life)
    habits(life)
    work(life)
    memory(life)
    own_work(life)
    upkeep(life)
    several_machines(life)
    errors(life)


def own_work(life: Life) -> None:
    """Notes, time that is not study, habits, the looks back on longer times, the machine, and erasure."""
    program = life.program
    life("note", "note list", "note search nothing-like-it")
    life("note open tools -m 'A spade is a lever.'", "note open 'A title' -m words", "note list", "note")
    life("note search spade", "note share tools", f"note share tools -o {life.folder / 'tools.md'}")
    text = "# Corrected\n\nwords\n\n## Corrected\n\n- a spade is two\n"
    program.write("data/notes/corrected.md", text)
    life("note open corrected -m '- and three'")
    life("start tools --focus 50/10", "status")
    program.later(minutes=55)
    life("status", "stop --interrupted '2 phone'")
    life("log 1h30m --other feeds -n late", "config set habits 'walk, read'", "week --week this --habits '5 -'")
    life("week --week this", "week --audit --week this", "week --audit --changed nothing --less feeds --week this")
    life("week --quarter", "week --year", "doctor --machine", "config set news 'sun 20m'")
    life("cards new tools --problem 'Two Sum' --url https://example.org/two", "review --only problems --clock 35m")
    life("log 5m -n private", "undo --erase --yes")


def at_first(life: Life) -> None:
    """An empty home, then settings and files of the learner's own."""
    program = life.program.at("2026-07-01T20:00:00+02:00")
    for file in sorted(HOME.glob("*.toml")):
        program.write(f"config/curriculum/{file.name}", file.read_text(encoding="utf-8"))
    life("today", "status", "log", "streak", "stats", "undo", "redo", "restore", "memory", "forecast")
    life("init --yes --minutes '60 sat=3h' --slot 'after dinner, at 20:30' --known 'garden.tools'")
    placed(life)
    life("config path", "config", "config show --all", "config get goal", "config set goal 90", "config unset goal")
    life("config set paper_days mon wed", "config get paper_days", "config set zone Europe/Berlin")
    life.edited("config edit", "sun = 0\n")


def placed(life: Life) -> None:
    """Placement in a subject of its own: some known, some said to be known, and answers that disagree."""
    life("init --yes --known wood.moss")
    now = life("place wood")
    while now["question"]:
        right = now["question"]["unit"] in ("wood.tree", "wood.fern")
        now = life(f"place wood --answer {1 if right else 'wrong'}")
    life("place wood", "place wood --stop", "place --show")
    life("undo", "undo --list")


def study(life: Life) -> None:
    """Units begun, timed, passed, skipped and reopened, and the answers of some weeks."""
    program, chance = life.program, random.Random(1)
    life("start garden.soil", "status", "today", "paper", "paper read", "paper list", "paper suggest")
    life("curriculum show garden.harvest")
    program.later(minutes=50)
    life("stop -n 'sand lacks water'", "start", "cancel", "log 25m vectors -n 'arrows #share'", "log", "log 10m")
    life("start soil")
    program.later(minutes=30)
    life("stop", "start garden.harvest")
    program.later(days=1)
    life("status", "today --why", "cancel", "reopen garden.tools")
    for day in range(8):
        for card in CARDS if day % 4 == 0 else CARDS[:1]:
            life(f"grade garden.soil/{card} {chance.choice(('again', 'hard', 'good', 'easy'))} --seconds 12")
        life("log 40m soil")
        program.later(days=1)
    life("grade jar hard --seconds 1800", "grade eig-def good", "grade eig-def again", "review")
    life("done soil -n 'tired'", "reopen soil", "done soil", "skip math.la.vectors", "log 15m eigen")
    life("log 4h seeds", "done garden.tools")
    life("today", "today --more", "today --minutes 40 --replan", "review --limit 2", "plan --days 9", "forecast")
    life("goal", "goal --by 2026-08-20", "goal --keep eigen", "goal --all", "today", "goal --drop", "today --mobile")
    life("plan --units", "plan --long", "plan --survey")


def with_papers(life: Life) -> None:
    """The queue: added, read, noted, cited, finished, dropped, made into cards."""
    program = life.program
    with serving() as arxiv:
        arxiv.replies = [Reply(body=FEED)]
        program.environment |= {"MLCOACH_ARXIV": arxiv.base, "MLCOACH_CROSSREF": arxiv.base}
        life("paper add 2405.13786 --why 'ranking tests'", "paper add 1412.6980", "paper add 'arXiv:1412.6980v9'")
        life("paper add 2401.00917 --offline", "paper refresh", "paper")
    library = HOME / "library.bib"
    # An entry is broken and a line names no paper, which is exit 7.
    life(f"paper import {library}", f"paper add {library}", expect=7)
    life("today --mobile")
    life("paper list", "paper list --status all --limit 1", "paper export")
    life("paper add -", stdin="1512.03385\nnot a paper at all\n", expect=7)
    life("paper check 1412.6980 abstract --answer 'a mean of gradients'", "paper check 1412.6980 abstract")
    life("paper ask 1412.6980 'why correct the bias?'", "paper note 1412.6980 'two means #share'")
    life.edited("paper note 1412.6980", "\nMore of it.\n")
    life("paper cite 1412.6980 1512.03385 --read", "paper cite 1412.6980 1706.03762 --queue")
    life("paper term 1412.6980 'first moment' 'a mean that forgets'", "paper card 1412.6980 -q 'Bias?' -a 'Of zeros.'")
    life("paper term 1412.6980 Adam 'Adam'", "paper card 1412.6980 -q 'List all five.' -a '1. a, 2. b, 3. c, 4. d'")
    made = life("paper show 1412.6980")["paper"]["cards"][0]["item"]
    life(
        f"grade {made} good", "paper read 1412.6980", "paper read", "paper", "paper search mean", "paper show 1412.6980"
    )
    life("paper finish 1412.6980 --verdict go-on --minutes 12 -n 'clear #share' --changed 'I take Adam now'")
    life("paper show 1412.6980", "paper show 1512.03385", "paper show 2405.13786")
    life("paper", "paper read", "paper check 1412.6980 figures", "paper finish 1412.6980 --verdict stop")
    life("log 15m paper:1412.6980", "start paper:2405.13786", "status", "stop")
    life("paper drop 1512.03385 -n 'known'", "paper drop 1512.03385", "paper suggest", "paper stats")
    life("paper export", "paper export --format csl", "paper list --status all", "today", "stats")
    viewer = life.folder / "viewer" / "xdg-open"
    viewer.parent.mkdir()
    viewer.write_text("#!/bin/sh\n", encoding="utf-8")
    viewer.chmod(0o755)
    program.environment["PATH"] = f"{viewer.parent}:{os.environ['PATH']}"
    life("paper open 1412.6980", "paper open 1412.6980 --page")


def drafted(life: Life) -> None:
    """Cards that an assistant proposes, one of them with an answer that a card has already."""
    from mlcoach.curriculum.write.card_keys import CardOptions
    from mlcoach.services.cards.drafts import draft
    from mlcoach.services.context import Context

    program = life.program
    life("cards drafts")
    context = Context(
        {
            "MLCOACH_HOME": str(program.home),
            "MLCOACH_NOW": program.now.isoformat(),
            "MLCOACH_MACHINE": "the machine of the tests",
        }
    )
    draft(context, "eigen", CardOptions(question="Rank of BA?", answer="At most the smaller."))
    draft(context, "eigen", CardOptions(cloze="A {{rank}} counts pivots."))
    context.close()
    life("cards drafts", "cards accept 1", "cards reject 1")


def with_projects(life: Life) -> None:
    """Checklists that tick; a project from idea to its end, and its repository looked at."""
    program = life.program
    life("curriculum show moving --check boxes", "curriculum show moving --uncheck boxes", "curriculum list")
    life("curriculum show moving --check boxes", "curriculum show moving --check boxes", "project", "project list")
    life("project idea 'Birdsong of my street' --growth 2 --team 1 --by +7", "project list", "project")
    life("project drop birdsong -n 'no data'", "project list --all", "project show birdsong")
    folder = life.folder / "late"
    life(f"project new 'Late invoices' --template cli --at {folder}", "project", "project new 'Late trains'")
    id = life("project drop 'late trains'")["project"]["id"]
    Repository(folder).commit("began", program.now - timedelta(hours=1))
    life("project show late", "project check problem", "project check problem", "project check", "today")
    life("project measure --model recall --baseline 0.62 --target 0.7", "project measure --model recall --now 0.71")
    life("project note 'one customer'", "log 30m project:late", "start project:late", "status", "today")
    program.later(minutes=5)
    life("stop", "week --week this", f"project show {id}", "undo --list")
    life("project finish --verdict back -n 'wrong labels'", "project finish --verdict go-on -n 'a toy'", "project")
    (folder / "link").symlink_to(folder)
    (folder / "README.md").write_text("nothing yet", encoding="utf-8")
    life("project lint", "project lint --rules")
    life(f"project folder {folder}", "project finish --verdict stop -n 'no labels'", "project")


def with_cards(life: Life) -> None:
    """Items one by one."""
    life("week --week this", "cards", "cards search water", "cards search ''", "cards leeches")
    life(*(f"cards show {item}" for item in (*CARDS, "jar", "eig-def", "power-iteration")))
    life(
        "cards new eigen -q 'Rank of AB?' -a 'At most the smaller.' --reverse", "cards new eigen --numeric Three? -a 3"
    )
    life(
        "cards suspend clay sand",
        "cards suspend clay",
        "cards show clay",
        "cards resume clay sand",
        "cards resume clay",
    )
    drafted(life)
    life("cards new eigen -q 'List all five steps.' -a '1. a, 2. b, 3. c, 4. d, 5. e'")
    life(
        "cards forget depth",
        "cards forget depth",
        "cards show depth",
        "grade depth good",
        "memory explain clay",
        "memory explain trace-eig",
    )
    life("grade beds", "grade beds --answer 1", "grade beds --answer 2 --seconds 30", "cards show beds")
    life("review --ahead 30", "review --item clay", "review --subject math.la --only cards")


def habits(life: Life) -> None:
    """Streak, rest, week, buddy, reminders, calendar."""
    program = life.program

    def ahead(days: int) -> str:
        return (program.now + timedelta(days=days)).date().isoformat()

    life("streak", f"rest {ahead(0)}..{ahead(2)}", "rest", "streak")
    program.later(days=3)
    life(f"rest {ahead(3)}..{ahead(5)}", f"rest {ahead(4)} --clear", "plan --days 5")
    repository = Repository(life.folder / "project")
    repository.commit("A week of work", program.now)
    life(f"config set repositories {repository.folder}")
    program.environment["PATH"] = os.environ["PATH"]
    life("log 30m tools -n 'rakes #share'", "paper add 1706.03762 --why 'all of it'")
    life("paper finish 1706.03762 --verdict stop --minutes 20", "buddy promise 'ten hours'")
    life(
        "week", "week --well 'the habit' --hurt 'the hour' --minutes '60 sat=120' --promise 'nine hours'", "week --list"
    )
    life("week --week this", "buddy", "buddy report --week this", f"buddy report --week this -o {life.folder}/week.txt")
    life("buddy promise 'eight hours'", "done seeds")
    busy = HOME / "busy.ics"
    broken = program.write("broken.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:soon\nEND:VEVENT\nEND:VCALENDAR\n")
    life("calendar export --weeks 1", f"calendar export --weeks 1 -o {life.folder}/study.ics")
    life(f"calendar slots {busy} {broken} --weeks 4")
    crontab = life.folder / "bin" / "crontab"
    crontab.parent.mkdir()
    crontab.write_text(CRONTAB, encoding="utf-8")
    crontab.chmod(0o755)
    program.environment |= {"PATH": str(crontab.parent), "HOME": str(life.folder), "USER": "learner"}
    life("remind", "remind test")
    life.refused("remind install --yes", 6)
    (crontab.parent / "crontab.txt").touch()
    life("remind install --yes", "remind status", "remind uninstall")
    life(f"report -o {life.folder}/page.html", "report --today", "stats", "forecast")


def work(life: Life) -> None:
    """People asked, answering and dropped; a job from its advert to an offer, and a client who pays."""
    life.program.write("config/curriculum/work.toml", WORK)
    life("people", "people list", "job", "job list")
    life("people add 'Ada Lovelace' --tag mentor --date -9", "people add Emmy", "people log ada --advice 'plot it'")
    life("people log ada --did 'plotted'", "people log ada --asked why --tried dropout", "people", "people list")
    life("people show ada", "today", "people drop emmy", "job gap gardener")
    life("job add Acme Gardener --via Ada --size small --practice --advert -", stdin="You need Soil, Rakes and Zorb.")
    life(
        "job gap",
        "job gap --all",
        "job prep acme",
        "job move acme applied",
        "job move acme interview --next 2027-03-01",
    )
    life("job prep acme --check why", "job note acme 'one round' --gap 'What is Soil?'", "job show acme", "job")
    life("job move acme offer --team-met", "job add Larch --kind client", "job move larch agreed --hours 30")
    life("log 2h job:larch", "job", "job list", "week --week this", "job drop larch")
    life("job move acme closed --signed")


def files_of_the_curriculum(life: Life) -> None:
    """The map and the files it is made of."""
    program = life.program
    life("help", "help days", "help goal", "help log", "help eta")
    life(
        "search vectors",
        "curriculum",
        "curriculum list",
        "curriculum show eigen",
        "curriculum show garden.soil --answers --origin",
    )
    life("curriculum show garden.harvest", "curriculum show garden", "curriculum show math.la", "curriculum show green")
    life("curriculum show spring", "curriculum show core", "curriculum map", "curriculum map green")
    life("curriculum show --known", "curriculum show --known math.la", "curriculum map math.la.eigen")
    life("curriculum map garden", "curriculum map garden.harvest", "curriculum map vectors")
    life("curriculum diff", "curriculum fix", "curriculum diff")
    mine = program.home / "config/curriculum/mine.toml"
    mine.write_text(re.sub(r"[0-9a-f]{8}", "00000000", mine.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    life("curriculum diff math.la", "curriculum diff --seen")
    life("curriculum path", "curriculum path math.la", "curriculum schema", "curriculum new my.tensors --title Mine")
    life("curriculum new more --overlay-of ml")
    life.edited("curriculum edit ml", "[change.unsup]\nhours = 9\n")
    life.edited("curriculum edit ml", "[[change.unsup.add.card]]\nq = 'List all.'\na = '1. a, 2. b, 3. c, 4. d'\n")
    life.edited("curriculum edit ml", "[change.unsup]\n", answer="n\n")  # the table is there twice
    life("undo")
    inside = program.write("inside.toml", INSIDE)
    life(f"curriculum check {inside} --links", "curriculum check")
    wrong = program.write("weeds.toml", 'schema = 1\nid = "weeds"\ntitel = "Weeds"\ntrack = "rl"\n')
    life(f"curriculum check {wrong}", expect=4)
    left_out = wrong.rename(program.home / "config/curriculum/weeds.toml")
    life("curriculum fix", "curriculum diff")
    left_out.unlink()


def practice(life: Life) -> None:
    """An exercise of the learner's own file: agreed to, wrong, then right."""
    program = life.program
    program.environment["PATH"] = os.environ["PATH"]
    life("interview")  # before a file of its problems is there
    file = program.home / "work" / "plot.code" / "bed" / "bed.py"
    file.parent.mkdir(parents=True)
    file.write_text("def area(a, b):\n    print(a, b)\n    return a + b\n", encoding="utf-8")
    life("practice plot --list", "practice --list")
    life("practice bed --check", tty=80, stdin="y\n", expect=8)
    file.write_text("def area(a, b):\n    return a * b\n", encoding="utf-8")
    life("practice bed --check", "practice bed --check", "practice plot --list", "cards show bed")


def in_and_out(life: Life) -> None:
    """Anki packages, answers, journals."""
    program, folder = life.program, life.folder
    notes = [PackedNote(1, ("What is a rank?", "A dimension<img src='rank.png'>")), PackedNote(2, ("q", ""))]
    cards = [PackedCard(1, 1, 7, type=2, due=330, ivl=4, reps=2), PackedCard(3, 1, 7, reps=3, type=2, due=400)]
    answers = [PackedReview(milliseconds(1, month=5), 1), PackedReview(milliseconds(6, month=5), 1, 0, type=4)]
    package = make.package(folder / "all.apkg", notes, [*cards, PackedCard(2, 2, 7)], answers, decks={7: "Maths"})
    life(f"import anki {package}", f"import anki {package}", expect=7)  # its picture is left out
    chance = random.Random(2)
    rows = [
        f"garden.soil/{card},{milliseconds(day, month=month)},{chance.choice(RATINGS[card])},,5000\n"
        for card in CARDS for month in (2, 3, 4, 5) for day in range(1, 29)
    ]  # fmt: skip
    csv = program.write("log.csv", HEADER + "".join(rows) + f"99,{milliseconds(2, month=5)},4,,\nx\n")
    life(f"import reviews {csv}", expect=7)
    life(f"export anki --subject garden -o {folder}/garden.apkg", f"export reviews -o {folder}/reviews.csv")
    life(f"export journal -o {folder}/journal.jsonl")
    journal = (folder / "journal.jsonl").read_text(encoding="utf-8")
    device = json.loads(journal.split("\n")[0])["device"]
    other = program.write("other.jsonl", journal.split("\n")[0].replace(device, "cafe") + "\n{}\n")
    life(f"import journal {other}", f"import journal {other}", expect=7)


def memory(life: Life) -> None:
    """How well the memory model fits, with answers enough to fit it."""
    life.program("review --plain --confidence --item clay", tty=80, stdin=" 23q")
    life("stats", "memory", "memory status", "memory optimize", "memory simulate --days 30 --new 2 --retention 0.8")
    life("memory use default", "memory use default", "memory explain clay")


def several_machines(life: Life) -> None:
    """A place that two homes share, with a file that both changed."""
    program, place = life.program, life.folder / "place"
    (program.home / "data" / "backups" / "broken.db").unlink()  # `sync` says of it that it may hold erased words
    life("sync status", f"sync init {place}", "sync", "sync auto on", "sync auto off")
    key = (program.home / "data/sync/key.txt").read_text(encoding="utf-8")
    home = program.home
    program.home = home.with_name("another")
    life(f"sync join {place}", stdin=key)
    life("config set cue tea", "sync")
    program.home = home
    group(life)
    (place / "journal" / "torn").mkdir(parents=True)
    (place / "journal" / "torn" / f"1-2-{'0' * 32}.jsonl.z.age").write_bytes(b"torn")
    (place / "holiday.jpg").write_bytes(b"x")
    life("config set cue coffee")
    life("sync", expect=7)
    life("sync status")
    shutil.rmtree(place)
    life.refused("sync", 6)


def group(life: Life) -> None:
    """A group that meets in a folder, with one who is added, seen with nothing and with a week, and removed."""
    program, meeting = life.program, life.folder / "meeting"
    life(f"group start {meeting} --name ada")
    home = program.home
    program.home = home.with_name("another")
    life(f"group join {meeting} --name ben")
    key = (program.home / "data/group/key.txt").read_text(encoding="utf-8").splitlines()[-2].split()[-1]
    program.home = home
    life(f"group add ben {key}", "group")
    program.home = home.with_name("another")
    life("group")
    program.home = home
    life("group", "week")
    for path in meeting.glob("group/*/*-W*.age"):
        path.write_bytes(b"torn")
    life("group", expect=7)
    life("group remove ben", "group leave")


def upkeep(life: Life) -> None:
    """Undo, backups, the state of the store, and what is gone from the curriculum."""
    program = life.program
    life("undo --list", "undo", "redo", "undo --list 3", "undo 2", "redo")
    garden = program.home / "config/curriculum/garden.toml"
    garden.write_text(garden.read_text(encoding="utf-8").replace('"clay"', '"loam"'), encoding="utf-8")
    life("doctor", "cards adopt garden.soil/clay loam", "doctor --rebuild", "doctor --set-aside", "backup")
    program.write("data/backups/broken.db", "not a database")
    newest = next(one for one in life("restore")["backups"] if one["readable"])
    life(f"restore {newest['name']} --yes")


def errors(life: Life) -> None:
    """One of each code."""
    life.refused("log 25h", 2)
    life.refused("done math.la.egien", 3)
    life.refused(f"import journal {HOME}/library.bib", 4)
    life.program.write("data/mlcoach.db", "not a database " * 500)
    life.refused("log 10m", 5)
