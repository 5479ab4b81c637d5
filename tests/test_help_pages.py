"""The pages of the help: what they name exists, what they show runs, and they explain the words of the screens."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer

from mlcoach.adapters.help_pages import FOLDER, TOPICS, read_pages
from mlcoach.adapters.memory.optimizer import NEEDED
from mlcoach.adapters.settings import SETTINGS
from mlcoach.cli.main import SECTIONS, group
from mlcoach.domain.day.comeback import BREAK, RAMP
from mlcoach.domain.day.forecast import FIRST_FACTOR, LEAST_STUDIED
from mlcoach.domain.day.plan import BACKLOG_SHARE, LONGEST_PRACTICE, REVIEW_SHARES
from mlcoach.domain.day.units import MOST_OPEN
from mlcoach.domain.help.page import page_for, parsed, shown_pages
from mlcoach.domain.memory.intervals import fuzz_bounds
from mlcoach.domain.memory.ladder import DRILL_RETENTION, RETENTION
from mlcoach.domain.placement.answers import FRESH
from mlcoach.domain.placement.votes import KNOWN, MOST_STEPS
from mlcoach.domain.words import words_of
from mlcoach.errors import ExitCode
from mlcoach.services import help as service
from mlcoach.services.day.plan import LONG_CAP
from mlcoach.services.day.practice import REMAINDER_DAYS
from mlcoach.services.day.preparation import FADED, LONGEST_LEFT_OVER
from mlcoach.services.placement.reopen import FAILURES
from mlcoach.services.review.new_cards import FED
from tests.conftest import Program

ROOT = Path(__file__).parent.parent
COMMANDS = {name for section in SECTIONS.values() for name in section}
PAGES = {page.name: page for page in shown_pages(read_pages(), COMMANDS)}
SOURCES = {name: (FOLDER / f"{name}.md").read_text(encoding="utf-8") for name in PAGES}
WHOLE: Any = typer.main.get_command(group)
# These ask the web, change the system, open an editor, run much code or serve: they are read, but not run.
NOT_RUN = (
    "--install-completion", "curriculum check --links", "curriculum check --run", "curriculum edit", "config edit",
    "remind ", "paper open", "assistant",
)  # fmt: skip


def fenced(source: str) -> list[str]:
    """Return the lines of the blocks of commands."""
    return [line for block in re.findall(r"```sh\n(.*?)```", source, re.DOTALL) for line in block.splitlines()]


def spans(source: str) -> list[str]:
    """Return what stands between backticks, outside of blocks."""
    return [
        " ".join(one.split()) for one in re.findall(r"`([^`]+)`", re.sub(r"```.*?```", "", source, flags=re.DOTALL))
    ]


def commands_in(source: str) -> list[str]:
    """Return all calls of the program, without its name."""
    found = [*fenced(source), *(one for one in spans(source) if one.startswith("mlcoach "))]
    return [line.removeprefix("mlcoach ") for line in found]


def walk(command: Any = WHOLE, name: str = "") -> dict[str, Any]:
    """Return every command by how it is called."""
    inner = command.list_commands(None) if hasattr(command, "list_commands") else []
    return {name: command} | {
        key: value
        for one in inner
        for key, value in walk(command.get_command(None, one), f"{name} {one}".strip()).items()
    }


EVERY = walk()


def test_every_file_is_a_topic_in_its_place() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(TOPICS)
    assert len(set(TOPICS)) == len(TOPICS)


def test_a_page_is_a_screen_or_two(mlcoach: Program) -> None:
    for name in PAGES:
        # The page of the settings has a line for each of them.
        for width, most in ((80, 60), (40, 140)) if name != "settings" else ((80, 100), (40, 200)):
            shown = mlcoach(f"help {name}", tty=width).out
            assert 20 <= shown.count("\n") <= most, name
            # An address is longer than some lines and stays whole.
            assert max(len(line) for line in shown.splitlines() if "://" not in line) <= width, name
            assert "**" not in shown, name


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_nothing_that_does_not_exist(name: str) -> None:
    source = SOURCES[name]
    options = {option for command in EVERY.values() for parameter in command.params for option in parameter.opts}
    for line in commands_in(source):
        words = re.findall(r'"[^"]*"|\S+', line)
        found, context = WHOLE, typer.Context(WHOLE, info_name="mlcoach")
        while words and hasattr(found, "get_command") and not words[0].startswith("-"):
            inner = found.get_command(context, words[0])
            assert inner is not None, line
            found, context = inner, typer.Context(inner, info_name=words.pop(0), parent=context)
        if found is WHOLE:
            assert set(words) <= options | {"--version"}, line
        elif hasattr(found, "get_command"):
            assert {word for word in words if word.startswith("--")} <= options, line
        elif any(not parameter.required or words for parameter in found.params):
            missing = [parameter for parameter in found.params if parameter.required and not words]
            # A parsed line is a right one; `mlcoach paper term` alone only names the command.
            assert missing or found.make_context(
                found.name, [word.strip('"') for word in words], resilient_parsing=False
            )
    assert {word for one in spans(source) for word in one.split() if re.fullmatch(r"--[a-z-]+", word)} <= options
    named = re.findall(r"[Ss]ettings? `([a-z_.]+)`", " ".join(source.split()))
    assert set(named) <= {setting.name for setting in SETTINGS}


def test_names_of_the_environment_are_those_of_the_program() -> None:
    named = {word for source in SOURCES.values() for word in re.findall(r"MLCOACH_[A-Z]+", source)}
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/mlcoach/adapters").rglob("*.py"))
    assert len(named) == 5
    assert {word for word in named if f'"{word}"' not in code} == set()


@pytest.mark.parametrize("name", [name for name in PAGES if fenced(SOURCES[name])])
def test_what_a_page_shows_runs(mlcoach: Program, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))  # nothing of this machine is touched
    mlcoach("log 1h vectors --date yesterday")
    mlcoach("export journal -o my.jsonl")
    for line in fenced(SOURCES[name]):
        assert line.startswith("mlcoach "), line
        result = mlcoach(line.removeprefix("mlcoach "), expect=None)
        # What asks on a screen says so where there is none.
        assert result.code == 0 or "this is not a terminal" in result.err, result.screen


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_names_runs(mlcoach: Program, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))  # nothing of this machine is touched
    mlcoach("log 1h vectors --date yesterday")
    for line in commands_in(SOURCES[name]):
        if not re.search(r"[A-Z]{2}|…", line) and not line.startswith(NOT_RUN):
            result = mlcoach(line, expect=None)
            # Right, or in want of a name or of something to do; never unknown.
            assert result.code in (0, 2, 3, 7), result.screen
            assert "no command" not in result.err
            assert "no such option" not in result.err


def test_every_command_is_explained_in_a_page() -> None:
    explained = {name for page in read_pages() for name in page.commands}
    assert COMMANDS - explained == set()
    for name, command in EVERY.items():
        if hasattr(command, "list_commands") and name:
            text = "\n".join(SOURCES[page.name] for page in PAGES.values() if name in page.commands)
            told = {word for one in spans(text) for word in one.split()} | {
                word for line in fenced(text) for word in line.split()
            }
            assert set(command.list_commands(None)) - told == set(), name


def test_the_page_of_settings_has_each_of_them(mlcoach: Program) -> None:
    shown = mlcoach("help settings").out
    for setting in SETTINGS:
        assert f"`{setting.name}`" in shown
    text = " ".join(shown.split())
    for setting in SETTINGS:
        if not setting.name.startswith("weekday."):
            assert f"`{setting.name}` ({setting.unit}; " in text
            assert setting.meaning in text


def test_the_page_of_exit_codes_has_each_of_them() -> None:
    listed = {int(number) for number in re.findall(r"^- (\d+): ", SOURCES["scripts"], re.MULTILINE)}
    assert listed == {0, *map(int, ExitCode)}


def test_paths_of_the_code_are_there() -> None:
    text = SOURCES["source"] + SOURCES["contributing"] + SOURCES["writing"]
    paths = {
        one for one in spans(text) if re.fullmatch(r"[\w./]+", one) and ("/" in one or one.endswith((".md", ".toml")))
    }
    assert len(paths) > 30
    assert {path for path in paths if not (ROOT / path).exists()} == set()
    for name, path in (
        ("class TimeLogged", "domain/events.py"), ("def record", "services/record.py"),
        ("record(", "services/day/log.py"), ("class LoggedView", "views/day.py"), ("LoggedView", "render/day/log.py"),
        ("refold", "store/append.py"),
    ):  # fmt: skip
        assert name in (ROOT / "src/mlcoach" / path).read_text(encoding="utf-8")


def test_a_word_finds_one_page() -> None:
    found: dict[frozenset[str], str] = {}
    for page in read_pages():
        for word in {page.name, *page.words}:
            assert found.setdefault(words_of(word), page.name) == page.name, word
        # Whoever asks for a command by such a word is told how it is called.
        assert {word for word in (page.name, *page.words) if word in COMMANDS} <= set(page.commands)


def test_a_page_on_commands_to_come_is_not_shown() -> None:
    pages = read_pages()
    assert {page.name for page in shown_pages(pages, COMMANDS - {"paper"})} == set(PAGES) - {"papers"}
    assert "days" in {page.name for page in shown_pages(pages, {"streak"})}


# The words of the house, and the parts of a day, that a beginner has to be told.
NOUNS = (
    "curriculum", "subject", "unit", "card", "exercise", "item", "path", "track", "step", "lane", "concept", "build",
    "attempt", "variant", "covered", "retained", "study day", "goal", "floor", "event", "journal", "fold", "plan", "block",
    "review", "practice", "paper", "close", "streak", "freeze", "rest", "due", "pass", "checklist", "verdict", "remainder",
    "mastered", "rusty", "locked", "learning", "passed", "recall", "retention", "stability", "interval", "score", "drill",
    # What these screens say beside the words of the house.
    "timer", "reading", "closing question", "queued", "slot", "kept", "frozen", "missed", "forecast", "pace", "hint",
    "fenced", "solid", "buried", "suspended", "placement", "skipped", "known", "lapse", "leech", "correction", "best",
    "counts", "recorded", "most likely", "earliest", "latest", "planned", "as planned", "expects", "fits",
    "hours", "times", "role", "scored", "questions", "answer", "pass", "comeback", "backlog", "ready",
)  # fmt: skip
FIRST_WEEK = (
    "init --yes", "today --why", "start start.why", "status", "review", "stop -n x", "done", "practice --list",
    "log 45m vectors --date yesterday", "paper suggest", "paper add 1412.6980 --why x", "paper", "paper list",
    "paper term 1412.6980 momentum 'a running mean'", "done start.why --no-questions", "rest 2026-11-28..2026-11-29",
    "streak", "search eigenvalues", "undo --list", "stats", "plan", "forecast", "curriculum list", "curriculum map",
    "curriculum show vectors", "memory", "cards search vector", "grade one-norm-likes-sparse good", "week", "doctor",
    "cards show one-norm-likes-sparse", "config show --all", "today --json",
)  # fmt: skip


@pytest.mark.slow
def test_no_word_of_a_first_week_is_unexplained(mlcoach: Program) -> None:
    shown = ""
    for line in FIRST_WEEK:
        result = mlcoach(line, tty=80, stdin=" \n3\nq" + 9 * "\n", expect=None)
        assert result.code in (0, 3), result.screen
        shown += " ".join((result.out + result.err).lower().split()) + "\n"
    seen = {noun for noun in NOUNS if re.search(rf"\b{noun}(s|es)?\b", shown)}
    assert len(seen) > 30
    pages = tuple(PAGES.values())
    for noun in NOUNS:
        page = page_for(pages, noun)
        assert page is not None, noun
        assert words_of(noun) in {words_of(word) for word in page.defined}, f"{noun}: not said in {page.name}"
        answer = mlcoach(f"help {noun}").out
        if not answer.startswith(page.title):
            whole = "Explained in: mlcoach help " if answer.startswith("Usage: ") else f"mlcoach help {page.name}\n"
            assert whole in answer, noun
            assert noun in COMMANDS or words_of(noun) <= words_of(answer.partition("From the page “")[0]), noun


def test_a_word_that_no_page_explains_is_noticed() -> None:
    """What the test above looks for can be missing: without its page, or where the page only uses the word."""
    pages = tuple(PAGES.values())
    assert page_for(pages, "frobnication") is None
    only_used = parsed("days", SOURCES["days"].replace("**freeze**", "freeze"))
    changed = tuple(only_used if page.name == "days" else page for page in pages)
    found = page_for(changed, "freeze")
    assert found is not None and "freeze" not in found.defined


# What people say, and the pages that may answer it: most were written down before the words of the pages were chosen.
PHRASES = (
    ("choose what I study", "plan"), ("where are my data", "files"), ("keep my streak", "days"), ("miss a day", "days"),
    ("I broke something", "files"), ("restore a backup", "files"), ("two weeks", "breaks"), ("read a paper", "papers"),
    ("fail after placement", "place"), ("how does it know what I forgot", "memory"), ("go on holiday", "breaks"),
    ("change the daily goal", "days"), ("too many cards due", "memory"), ("move to a new computer", "machines"),
    ("skip what I already know", "place"), ("use it without internet", "network"), ("use it on my phone", "phone"),
    ("prepare for a job interview", "goal jobs"), ("write my own cards", "writing memory"), ("keep notes", "work"),
    ("study with a friend", "group"), ("when will I be finished", "forecast steps"), ("is my code safe", "practice"),
    ("remind me in the evening", "habit"), ("delete a note for ever", "files"), ("who sees my answers", "network group"),
    ("import my anki deck", "anki"), ("change the order of units", "plan curriculum"), ("stuck on a unit", "plan"),
    ("the same card again and again", "memory"), ("forgot to stop the timer", "days"), ("skip a unit", "place steps"),
    ("a unit takes too long", "plan"), ("lower the number of new cards", "memory"), ("I was ill for a week", "breaks"),
    ("I do not like the order", "plan"), ("why is this card due today", "memory"), ("turn off reminders", "habit"),
    ("stop asking this card", "memory"), ("solve exercises in my editor", "practice"), ("days off", "days"),
    ("too many units under way", "plan"), ("add my own subject", "writing"), ("what does rusty mean", "steps"),
    ("keep a unit in the goal", "goal"), ("sync with git", "machines"), ("apply for jobs", "jobs"),
)  # fmt: skip


@pytest.mark.parametrize(("phrase", "pages"), PHRASES)
def test_what_people_say_finds_a_page(phrase: str, pages: str) -> None:
    found = service.topic(phrase, COMMANDS) or service.phrase(phrase, COMMANDS)
    assert found is not None
    assert found.topic in pages.split(), found.topic


@pytest.mark.parametrize(
    ("word", "page", "also"),
    [
        ("counts", "days", ()), ("the first day counts", "days", ()), ("recorded", "days", ()), ("fits", "goal", ()),
        ("likely", "forecast", ()), ("most likely", "forecast", ()), ("earliest", "forecast", ()), ("1.15 times", "forecast", ()),
        ("planned", "forecast", ()), ("as planned", "forecast", ()), ("expects", "forecast", ()), ("hours", "forecast", ()),
        ("times", "forecast", ()), ("finish", "forecast", ()), ("ten days of study", "forecast", ()), ("reasons", "plan", ()),
        ("stuck", "plan", ()), ("role", "curriculum", ()), ("584", "curriculum", ()), ("scored", "work", ()),
        ("goal", "goal", ("days",)), ("pass", "steps", ("papers",)), ("questions", "steps", ()), ("know", "place", ()),
        ("answer", "memory", ()), ("accounts", "network", ()), ("machine", "machines", ()), ("friend", "group", ()),
        ("comeback", "breaks", ()), ("backlog", "breaks", ()),
    ],
)  # fmt: skip
def test_words_of_the_first_screens_are_explained(word: str, page: str, also: tuple[str, ...]) -> None:
    found = service.topic(word, COMMANDS) or service.phrase(word, COMMANDS)
    assert found is not None
    assert (found.topic, found.also) == (page, also)
    # The page says the word itself, not only a page that is found by it.
    assert words_of(word) <= words_of(" ".join(part.text for part in found.sections))


def test_a_word_is_answered_by_what_explains_it_and_where_the_whole_page_is(mlcoach: Program) -> None:
    shown = mlcoach("help freeze", tty=80).out
    assert shown.startswith("A freeze covers a missed day.")
    assert shown.endswith("\nFrom the page “Days and streaks”, “The streak”. All of it:\nmlcoach help days\n")
    assert shown.count("\n") < 10
    assert mlcoach("help days").out.startswith("Days and streaks\n"), "a page by its name is shown whole"
    assert mlcoach("help days and streaks").out == mlcoach("help days").out
    data = json.loads(mlcoach("help freeze --json").out)["data"]
    assert len(data["sections"]) > 3, "--json has the whole page"
    assert data["passages"][0]["title"] == "The streak"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("add a card", "mlcoach cards new UNIT"), ("make a card", "mlcoach cards new UNIT"),
        ("create a new card", "mlcoach cards new UNIT"), ("correct yesterday", "mlcoach undo ID"),
        ("correct an entry", "mlcoach log --ids"), ("time yesterday", "--date yesterday"),
        ("job interview", "job move acme interview --next"), ("weekday", "config set weekday.sat 240"),
        ("miss a day", "A freeze covers a missed day."), ("floor", "20 minutes by default"),
    ],
)  # fmt: skip
def test_what_people_want_to_do_is_answered_at_once(mlcoach: Program, words: str, said: str) -> None:
    answer = " ".join(mlcoach(f"help {words}").out.partition("From the page “")[0].split())
    assert said in answer


def test_each_setting_is_an_item_of_its_own(mlcoach: Program) -> None:
    lines = mlcoach("help settings", tty=80).out.splitlines()
    assert (
        sum(line.startswith("- `") for line in lines) == len([one for one in SETTINGS if one.default is not None]) + 1
    )
    assert not any(" - `" in line for line in lines)


def test_a_number_of_a_screen_is_not_study_time(mlcoach: Program) -> None:
    assert "584 hours" in mlcoach("help 584").out
    assert "mlcoach help forecast\n" in mlcoach("help 1.15 times").out
    assert "study time" not in mlcoach("help 4711", expect=3).err
    assert "mlcoach log 45m vectors" in mlcoach("help 45m vectors").out


def test_numbers_of_the_pages_are_those_of_the_program() -> None:
    text = {name: " ".join(page.text for page in page.sections).replace("**", "") for name, page in PAGES.items()}
    cap, new = (next(one.default for one in SETTINGS if one.name == name) for name in ("review_cap", "new_cards"))
    days = [round(round(cap * min(1.0, share)) * max(1.0, share)) for share in RAMP]
    for name, words in (
        (
            "breaks",
            f"at most {', '.join(map(str, days[:-1]))} and {days[-1]}. From the fifth day on up to {2 * cap} a day",
        ),
        ("memory", f"The cap is {cap} due cards for two hours (`review_cap`), up to {LONG_CAP * cap} for four."),
        ("memory", f"up to {cap + cap // 2}, a day asks for them too"),
        ("memory", f"while more than {cap} are due, and none while more than {2 * cap} are"),
        ("memory", f"From {NEEDED} answers"),
        ("memory", f"10 days to {fuzz_bounds(10)[0]} to {fuzz_bounds(10)[1]} at most"),
        ("memory", f"may fade to {RETENTION:.0%}, short drills to {DRILL_RETENTION:.0%}".replace("%", " %")),
        ("place", f"Above {100 * KNOWN:.0f} % a unit counts as known"),
        ("forecast", f"they count {FIRST_FACTOR} times, and 584 hours become {584 * FIRST_FACTOR:.0f}"),
        ("plan", f"recall is below {100 * FADED:.0f} %"),
    ):
        assert words in text[name], words
    assert (new, FED, LEAST_STUDIED, REMAINDER_DAYS, FAILURES, FRESH, MOST_STEPS) == (10, 3, 10, 30, 3, 60, 3)
    assert REVIEW_SHARES == ((30, 0.4), (90, 0.3), (1 << 30, 1 / 6))
    assert (BACKLOG_SHARE, LONGEST_PRACTICE, LONGEST_LEFT_OVER, MOST_OPEN, BREAK) == (1 / 3, 20, 50, 3, 3)


def test_a_phrase_shows_its_page_and_others_on_it(mlcoach: Program) -> None:
    assert "\nmlcoach help files\n" in mlcoach("help restore a backup").out
    assert mlcoach("help goal").out.rstrip().endswith("More on this: mlcoach help days")
    # A command is not taken for a phrase, and where one word means commands, a page that only says it is named too.
    assert mlcoach("help paper add").out.startswith("Usage: mlcoach paper add")
    assert "\nmlcoach help place\n" in mlcoach("help I know python already").out
    assert "`mlcoach help habit` may explain it" in mlcoach("help alarm").out


def test_search_finds_the_page_first(mlcoach: Program) -> None:
    for word, page in (("freeze", "days"), ("remainder", "steps"), ("leech", "memory"), ("laptop", "machines")):
        assert mlcoach(f"search {word} --json").out.count('"kind": "help"') >= 1
        first = mlcoach(f"search {word}").out.splitlines()
        assert first[0].startswith("help ")
        assert next(line for line in first if "mlcoach help" in line).split()[-1] == page


def test_help_writes_nothing(mlcoach: Program) -> None:
    for line in ("help", "help freeze", "help log", "help --man", "search freeze"):
        mlcoach(line)
    assert mlcoach.files() == set()


def test_help_alone_lists_commands_and_topics(mlcoach: Program) -> None:
    shown = mlcoach("help", tty=80).out
    assert [line for line in shown.splitlines() if line in (*SECTIONS, "Topics")] == [*SECTIONS, "Topics"]
    for name in (*COMMANDS, *PAGES):
        assert re.search(rf"^  {name} ", shown, re.MULTILINE), name
    assert max(map(len, mlcoach("help", tty=40).out.splitlines())) <= 40


def test_a_command_says_where_it_is_explained(mlcoach: Program) -> None:
    shown = mlcoach("help undo").out
    assert shown.startswith("Usage: mlcoach undo")
    assert shown.rstrip().endswith("Explained in: mlcoach help files")


def test_man_pages_hold_every_option(mlcoach: Program) -> None:
    page = mlcoach("help --man").out.replace("\\-", "-")
    for name, command in EVERY.items():
        if name:
            assert f".SS mlcoach {name} " in page or f".SS mlcoach {name}\n" in page, name
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help" and not getattr(parameter, "hidden", False):
                    assert option in page, (name, option)
    assert mlcoach("help --man freeze").out == mlcoach("help --man days").out
    assert "no topic" in mlcoach("help --man quux", expect=3).err


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_man_pages_are_right_roff(mlcoach: Program) -> None:
    texts = [mlcoach("help --man").out, *(mlcoach(f"help --man {name}").out for name in PAGES)]
    command = ["groff", "-man", "-Kutf8", "-Tutf8", "-ww", "-P-cbou"]
    done = subprocess.run(command, input="\n".join(texts), capture_output=True, text=True, timeout=60)
    assert done.stderr == ""
    for shown in (
        "A freeze covers a missed day",
        "--replan",
        '{"schema": 1, "kind": "today", "data": {…}}',
        "'$\\theta$'",
    ):
        assert shown in done.stdout
