"""The numbers on the screen: at every width, without colour, without Unicode."""

import contextlib
import io
import json
import re
import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from inline_snapshot import snapshot

from mlcoach.domain.events import DayOpened, ItemGraded, TimeLogged
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.store.append import NewEvent, append
from mlcoach.store.device import device_of
from mlcoach.store.open_database import connect_to_write
from tests.conftest import MONDAY, Program


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fourteen months: most days studied, with a holiday, a bad week and a card that comes back. Made once."""
    file = tmp_path_factory.mktemp("journal") / "mlcoach.db"
    connection = connect_to_write(file, MONDAY)
    now = datetime.fromisoformat(MONDAY)
    device, seq, last = device_of(connection), 0, ""
    new = []
    for number in range(420, 0, -1):
        day = now.date() - timedelta(days=number)
        minutes = 0 if 200 < number < 206 or number % 11 == 0 else 130 if number % 3 else 40
        unit = ("math.la.vectors", "prog.py.core", "ml.found.framing")[number // 60 % 3]
        bodies = [DayOpened(120, 20), *([TimeLogged(minutes * 60, unit)] if minutes else [])]
        bodies.append(
            ItemGraded("math.la.vectors/dot-product-sign", 1 if number % 7 == 0 else 3, 20, "2026-12-01", last)
        )
        new += [NewEvent(body, day, True) for body in bodies]
        seq += len(bodies)
        last = f"{device}-{seq}"
    written = append(connection, new, LocalInstant(int(now.timestamp()) * 1_000_000, 60), "test", "test")
    assert written[-1].id == last
    connection.close()
    return file


@pytest.fixture
def busy(mlcoach: Program, journal: Path) -> Program:
    (mlcoach.home / "data").mkdir()
    shutil.copy(journal, mlcoach.home / "data" / "mlcoach.db")
    mlcoach("rest 2026-11-23")
    mlcoach("paper add 1412.6980 1706.03762")
    return mlcoach


def test_a_year_at_eighty_columns(busy: Program) -> None:
    screen = busy("stats", tty=80).out
    assert max(map(len, screen.splitlines())) <= 80
    assert screen == snapshot("""\
You have studied on 420 days, short ones too, about 10h44m a week lately. You
remember less of what comes back than you asked for; `mlcoach cards leeches`
shows what slips.

Studied   630h10m on 420 days, 1h30m on average
Streak    10, best 170, habit score 93 of 100
Weeks     █▇█▇▆██▆█▇▇█▇█▇██▇▇██▇█▇█· most in a week 12h12m
Answers   420 in all, 29 in the last 30 days
Learned   1 card and exercise met
Recalled  86% of what came back on a later day; you asked for 90%
          █▆▆▆▆▆▆▆▆▆▆▆▆▆▆ by month, Sep 2025 to Nov 2026
Path      about 125h left, counted 1.15 times the authors' hours; at 10h42m of
          units a week it ends around Feb 2027, between Jan 2027 and Mar 2027
Papers    2 queued

The last year
      Dec  Jan Feb Mar  Apr May Jun  Jul Aug  Sep Oct Nov
Mon  █▄██▄██▄❄█▄██▄██▄██❄██▄·█▄██▄█❄▄██▄██▄██▄❄█▄██▄██▄██r
Tue  ❄██▄██▄██▄█❄▄██▄██▄██▄❄·▄██▄██▄██❄██▄██▄██▄█❄▄██▄██▄
Wed  ██▄❄█▄██▄██▄██❄██▄██▄██·█❄▄██▄██▄██▄❄█▄██▄██▄██❄██▄█
Thu  █▄██▄█❄▄██▄██▄██▄❄█▄██▄██▄██❄██▄██▄██▄█❄▄██▄██▄██▄·█
Fri  ▄██▄██▄██❄██▄██▄██▄█❄▄██▄██▄██▄❄█▄██▄██▄██❄██▄██▄██▄
Sat  █❄▄██▄██▄██▄❄█▄██▄██▄█··██▄██▄██▄█❄▄██▄██▄██▄❄█▄██▄█
Sun  █▄██❄██▄██▄██▄█❄▄██▄██·██▄❄█▄██▄██▄██❄██▄██▄██▄█❄▄██
█ goal  ▄ kept  · missed  r rest  ❄ frozen

Time by track, and its last weeks
math                       ················▄▇▇▇█▇▇▇█·  264h20m
papers, reviews and other  █▇█▇▆██▆█▇▇█▇█▇█▄▁▁▁▁▁▁▁▁·  365h50m

Progress
Linear algebra  0 of 4 units  264h20m  0% covered  0% retained
""")


@pytest.mark.parametrize("width", [30, 40, 60, 120])
def test_it_fits_every_width(busy: Program, width: int) -> None:
    screen = busy("stats", tty=width).out
    too_long = [line for line in screen.splitlines() if len(line) > width]
    assert too_long == []
    # The newest week is never what is left out.
    assert len(next(line for line in screen.splitlines() if line.startswith("Sun")).rstrip()) <= width


def test_piped_it_is_not_cut(busy: Program) -> None:
    assert "…" not in busy("stats").out


class AsciiTerminal(io.TextIOWrapper):
    """A terminal that knows ASCII only, as with LANG=C."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="ascii", errors="strict")

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "command",
    [
        "stats", "streak", "today", "remind status", "calendar slots none.ics", "plan", "curriculum map",
        "curriculum map eigen", "curriculum show --known",
    ],
)  # fmt: skip
def test_ascii_is_enough(busy: Program, command: str) -> None:
    from mlcoach.cli.main import run_with

    out, err = AsciiTerminal(), io.StringIO()
    environment = {
        "MLCOACH_HOME": str(busy.home), "MLCOACH_NOW": busy.now.isoformat(), "NO_COLOR": "1", "COLUMNS": "80", "TZ": "UTC",
    }  # fmt: skip
    busy.write("none.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    words = command.replace("none.ics", str(busy.home / "none.ics")).split()
    with contextlib.redirect_stdout(out):
        assert run_with(words, environment, out, err) == 0, err.getvalue()
    out.flush()
    shown = out.buffer.getvalue().decode("ascii")
    whole = busy(" ".join(words), tty=80).out
    assert len(shown.splitlines()) == len(whole.splitlines())
    assert shown.count("?") == whole.count("?")  # none that stands for a letter that could not be shown


def test_colour_says_nothing_that_the_marks_do_not(busy: Program) -> None:
    plain = busy("stats", tty=80).out
    busy.environment = {"NO_COLOR": "", "FORCE_COLOR": "1"}
    coloured = busy("stats", tty=80).out
    assert "\x1b[" in coloured
    assert [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines()] == plain.splitlines()


def test_recall_of_long_ago_is_not_praised_today(mlcoach: Program) -> None:
    mlcoach("log 30m math.la.vectors")
    mlcoach("grade columns-are-images good")
    mlcoach.later(days=5)("grade columns-are-images good")
    assert "go on like this" in mlcoach("stats").out
    mlcoach.later(days=300)
    assert "Nothing came back in the last 30 days" in " ".join(mlcoach("stats").out.split())


DRAWN = re.compile("[█▓░▁▂▃▄▅▆▇✓▸●❄]")


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("today", "0:00 of 2:00"),
        ("stats", "Nov 2026: "),
        ("streak", "Mon 23 Nov: rest"),
        ("week --week last", "goal"),
        ("curriculum map", "ready"),
        ("paper stats", "No pass has ended yet."),
        ("cards show math.la.vectors/dot-product-sign", "likely to be recalled"),
        ("status", "0:00 of 2:00"),
    ],
)
@pytest.mark.slow
def test_plain_says_in_words_what_is_drawn(busy: Program, command: str, said: str) -> None:
    tty = 0 if command.startswith("week") else 80  # on a terminal it asks
    for line in (f"--plain {command}", f"{command} --plain"):
        shown = busy(line, tty=tty).out
        assert said in shown
        assert not DRAWN.search(shown)
    busy("config set plain true")
    assert busy(command, tty=tty).out == shown


def test_plain_tells_every_day_of_the_weeks_that_are_drawn(busy: Program) -> None:
    days = re.findall("^... [0-9]+ ...: ", busy("streak --plain").out, re.M)
    assert len(days) == len(set(days)) > 20


def test_a_few_answers_are_not_judged(mlcoach: Program) -> None:
    cards = [item["item"] for item in json.loads(mlcoach("cards search '' --json").out)["data"]["cards"]][:4]
    for card in cards:
        mlcoach(f"grade {card} good")
    mlcoach.later(days=3)
    for card, rating in zip(cards, ("good", "again", "good", "again"), strict=True):
        mlcoach(f"grade {card} {rating}")
    mlcoach("log 30m")
    shown = " ".join(mlcoach("stats").out.split())
    assert "2 of 4 answers on a later day; too few answers to judge" in shown
    assert "You remember less" not in shown and "cannot be told from so few" in shown
    assert "You recalled 2 of 4 on a later day: too few answers to judge." in mlcoach("memory status").out
