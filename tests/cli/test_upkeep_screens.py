"""Whole screens of undo, config, init, doctor, backup and restore, at the widths people have."""

import os
from collections.abc import Callable

import pytest
from inline_snapshot import snapshot

from mlcoach.services.upkeep import environment_checks
from tests.conftest import Program


@pytest.fixture(autouse=True)
def same_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out of the screens what differs between machines."""
    monkeypatch.setattr(environment_checks, "versions", lambda: environment_checks.good("versions", "as installed"))
    monkeypatch.setattr(
        environment_checks, "curriculum", lambda _: environment_checks.good("curriculum", "26 files, 90 units")
    )
    monkeypatch.setattr(environment_checks, "practice", lambda _: environment_checks.good("practice", "Python 3"))
    monkeypatch.setattr(environment_checks, "editor", lambda _: environment_checks.good("editor", "vi"))


@pytest.fixture
def screen(mlcoach: Program) -> Callable[..., str]:
    """Run a command and return its screen, with the home called HOME."""

    def shown(line: str, width: int = 80, **how: object) -> str:
        return mlcoach(line, tty=width, **how).screen.replace(str(mlcoach.home), "HOME")  # type: ignore[arg-type]

    return shown


def test_undo(mlcoach: Program, screen: Callable[..., str]) -> None:
    mlcoach("log 45m eigen --date fri")
    mlcoach.later(minutes=3)
    mlcoach("grade math.la.eigen/eig-def good")
    mlcoach("config set goal 90")
    assert screen("undo --list") == snapshot("""\
exit 0
----- stdout -----
1  today 20:03  config set goal 90                config.toml written
2  today 20:03  grade math.la.eigen/eig-def good  good on math.la.eigen/eig-def,
                                                  Mon 23 Nov
3  today 20:00  log 45m eigen --date fri          45m on Eigenvalues, SVD, PCA,
                                                  Fri 20 Nov
Take one back: mlcoach undo N
----- stderr -----
""")
    assert screen("undo --list", 40) == snapshot("""\
exit 0
----- stdout -----
1  today 20:03  config set goal 90
  config.toml written
2  today 20:03  grade
                math.la.eigen/eig-def
                good  good on
                math.la.eigen/eig-def,
                Mon 23 Nov
3  today 20:00  log 45m eigen --date fri
                45m on Eigenvalues, SVD,
                PCA, Fri 20 Nov
Take one back: mlcoach undo N
----- stderr -----
""")
    assert screen("undo 3") == snapshot("""\
exit 0
----- stdout -----
Took back: log 45m eigen --date fri (45m on Eigenvalues, SVD, PCA, Fri 20 Nov)
Redo: mlcoach redo
----- stderr -----
""")
    assert screen("undo 3", expect=3) == snapshot("""\
exit 3
----- stdout -----
----- stderr -----
error: there is no entry 3 to take back
hint: `mlcoach undo --list` shows what there is
""")
    assert screen("redo", 40) == snapshot("""\
exit 0
----- stdout -----
Brought back: log 45m eigen --date fri
(45m on Eigenvalues, SVD, PCA, Fri 20
Nov)
Undo: mlcoach undo
----- stderr -----
""")
    assert screen("redo") == snapshot("""\
exit 0
----- stdout -----
Nothing to bring back: redo follows an undo, as long as nothing else is
recorded.
----- stderr -----
""")


def test_undo_of_nothing(screen: Callable[..., str]) -> None:
    assert screen("undo") == snapshot("""\
exit 0
----- stdout -----
Nothing to take back: nothing was recorded on this machine since the beginning,
or since the last restore, or all of it is undone. What came by sync is taken
back on the machine that recorded it.
----- stderr -----
""")
    assert screen("redo") == snapshot("""\
exit 0
----- stdout -----
Nothing to bring back: redo follows an undo, as long as nothing else is
recorded.
----- stderr -----
""")


def test_config(mlcoach: Program, screen: Callable[..., str]) -> None:
    assert screen("config") == snapshot("""\
exit 0
----- stdout -----
Nothing is set; every default is in force.
All keys: mlcoach config show --all
Set one: mlcoach config set goal 90
----- stderr -----
""")
    assert screen("config set goal 90") == snapshot("""\
exit 0
----- stdout -----
goal is 90 now (was 120).
Undo: mlcoach undo
----- stderr -----
""")
    assert screen("config set cue after dinner") == snapshot("""\
exit 0
----- stdout -----
cue is after dinner now (was empty).
Undo: mlcoach undo
----- stderr -----
""")
    assert screen("config set goal 90") == snapshot("""\
exit 0
----- stdout -----
`goal` is 90 already; nothing was changed.
----- stderr -----
""")
    mlcoach("log 10m")
    assert screen("config set goal 1h", 60) == snapshot("""\
exit 0
----- stdout -----
goal is 60 now (was 90).
Today keeps its goal of 90 minutes; the new one holds from
tomorrow.
Undo: mlcoach undo
----- stderr -----
""")
    assert screen("config unset cue") == snapshot("""\
exit 0
----- stdout -----
cue is empty now (was after dinner).
Undo: mlcoach undo
----- stderr -----
""")
    assert screen("config show") == snapshot("""\
exit 0
----- stdout -----
goal  60  default 120
in HOME/config/config.toml
----- stderr -----
""")
    assert screen("config show --all") == snapshot("""\
exit 0
----- stdout -----
path             core          the path through the map;
                               `mlcoach curriculum list` shows them (path id)
goal             60            what you aim for (minutes a day; default 120)
weekday.mon      60            the goal on Mondays, where it differs from `goal`
                               (minutes)
weekday.tue      60            the goal on Tuesdays, where it differs from
                               `goal` (minutes)
weekday.wed      60            the goal on Wednesdays, where it differs from
                               `goal` (minutes)
weekday.thu      60            the goal on Thursdays, where it differs from
                               `goal` (minutes)
weekday.fri      60            the goal on Fridays, where it differs from `goal`
                               (minutes)
weekday.sat      60            the goal on Saturdays, where it differs from
                               `goal` (minutes)
weekday.sun      60            the goal on Sundays, where it differs from `goal`
                               (minutes)
floor            20            what keeps the streak on a bad day (minutes a
                               day)
slot             20:00         when your two hours begin (time of day)
cue                            what your hours follow: `after dinner` (words)
quiet            22:30..07:00  when no reminder comes and no slot is proposed
                               (times of day)
reminders        all           the reminders that come: all, or of slot, streak,
                               paper, week, timer (kinds)
remind_late      21:30         when a day short of its floor is worth a reminder
                               (time of day)
look_back        sun           the day of the weekly look back; empty means none
                               (weekday)
habits           none          what else you want to keep up, five at most;
                               `week` asks (own words)
news                           when you read news, and how long: `sun 20m`; in
                               `calendar export` (weekly slot)
club                           when you meet others: `thu 19:00 1h`; in
                               `calendar export` (weekly slot)
share            all           what a buddy sees: all, or of minutes, units,
                               reviews, papers, notes (marked `#share`),
                               commits, promises (parts)
repositories     none          git repositories whose commits a buddy sees
                               (folders)
rollover         4             the hour at which a new study day begins (hour)
zone                           your time zone; empty means the system's (zone
                               name)
retention        0.9           how likely you want to recall a card when it is
                               due (probability)
memory.adaptive  true          correct FSRS-6 by what your answers say of you
                               (true or false)
review_cap       25            the most due items a plan of two hours asks for;
                               twice as many at four (items a day)
new_cards        10            the most new items on a full day; fewer when time
                               is short (items a day)
confidence       false         ask how sure you are before each answer of a
                               review (true or false)
plain            false         words alone, nothing drawn or redrawn: for screen
                               readers (true or false)
paper_days       none          the days with a paper in the plan; until you set
                               them, about once a week (weekdays)
phase                          what the weeks are for: learn, build or hunt (for
                               a job); empty: the path (phase)
free_day                       the day with time for whatever you like; if unset
                               the week's last one, from the fifth week on
                               (weekday)
familiar         none          what you know something of, by your word:
                               placement finds these likelier (units)
also             none          what you learn beside your path, such as units
                               that it takes for granted (units)
streak           true          show the streak (true or false)
pager            less -FRX     shows long screens, after $PAGER; empty shows
                               them whole (command)
work                           where you write exercises; empty means
                               `~/mlcoach` (folder)
python                         the Python that runs your code; empty means the
                               first one that is there (command)
sync.auto        false         sync by itself after what you record, if you made
                               a place (true or false)
editor                         your editor; empty means $VISUAL, then $EDITOR
                               (command)

Those you set are in HOME/config/config.toml
----- stderr -----
""")
    assert "\n".join(screen("config show --all", 40).split("\n")[:9]) == snapshot("""\
exit 0
----- stdout -----
path             core
  the path through the map;
  `mlcoach curriculum list` shows them
  (path id)
goal             60
  what you aim for (minutes a day;
  default 120)\
""")
    assert screen("config get paper_days") == snapshot("""\
exit 0
----- stdout -----
none
----- stderr -----
""")
    assert screen("config path") == snapshot("""\
exit 0
----- stdout -----
config      HOME/config
data        HOME/data
cache       HOME/cache
state       HOME/state  (not there yet)
settings    HOME/config/config.toml
curriculum  HOME/config/curriculum  (not there yet)
database    HOME/data/mlcoach.db
backups     HOME/data/backups
log         HOME/state/mlcoach.log  (not there yet)
work        HOME/work  (not there yet)
----- stderr -----
""")
    assert screen("config set gaol 90", expect=2) == snapshot("""\
exit 2
----- stdout -----
----- stderr -----
error: no setting `gaol`
hint: did you mean `goal`?
""")


def test_init(screen: Callable[..., str]) -> None:
    line = "init --yes --minutes '60 sat=3h sun=0' --slot 'after dinner, at 20:30' --known 'start vectors'"
    assert screen(line) == snapshot("""\
exit 0
----- stdout -----
Path   The core year (core)
Week   1h a day, Sat 3h, Sun off; 20 minutes keep the streak on a bad day
When   after dinner, at 20:30
Known  4 units: Goal, role and reasons; Learning how to learn; Machine, OS,
       accounts; Vectors, matrices, linear maps
Ends   around Mar 2027: about 108h of units (94h by its authors, counted 1.15
       times until your pace is known); Feb 2027 to May 2027 is likely
Saved in HOME/config/config.toml
Undo: mlcoach undo
Next: mlcoach today
----- stderr -----
Not sure what you know? `mlcoach place` finds out in ten minutes.
""")
    assert screen("init --yes", 40) == snapshot("""\
exit 0
----- stdout -----
Path   The core year (core)
Week   1h a day, Sat 3h, Sun off; 20
       minutes keep the streak on a bad
       day
When   after dinner, at 20:30
Ends   around Mar 2027: about 108h of
       units (94h by its authors,
       counted 1.15 times until your
       pace is known); Feb 2027 to May
       2027 is likely
All of it was set up like this already;
nothing was changed.
----- stderr -----
Not sure what you know? `mlcoach place`
finds out in ten minutes.
""")
    assert screen("undo") == snapshot("""\
exit 0
----- stdout -----
Took back: init --yes --minutes '60 sat=3h sun=0' --slot 'after dinner, at
20:30' --known 'start vectors' (config.toml written; 4 units marked)
Redo: mlcoach redo
----- stderr -----
""")


def test_doctor(mlcoach: Program) -> None:
    assert mlcoach("doctor").screen.replace(str(mlcoach.home), "HOME") == snapshot("""\
exit 0
----- stdout -----
✓ versions    as installed
✓ settings    none set, the defaults are in force
✓ places      HOME/data
              config HOME/config
              data HOME/data
              cache HOME/cache
              state HOME/state
✓ curriculum  26 files, 90 units
✓ database    none yet; the first entry makes HOME/data/mlcoach.db
✓ mode        nothing to look at
✓ backups     none yet; the first entry makes one
✓ clock       Mon 2026-11-23 20:00, study day 2026-11-23
✓ cloud       no sync program and no repository carries the data folder
✓ editor      vi
✓ practice    Python 3

All is well.
----- stderr -----
""")
    mlcoach("log 45m")
    database = mlcoach.home / "data" / "mlcoach.db"
    database.chmod(0o644)
    database.write_bytes(b"not a database " * 500)
    mlcoach.write("config/config.toml", "gaol = 90\n")
    assert mlcoach("doctor", expect=5).screen.replace(str(mlcoach.home), "HOME") == snapshot("""\
exit 5
----- stdout -----
✓ versions    as installed
✗ settings    unknown setting `gaol`
              HOME/config/config.toml:1:1
              did you mean `goal`?
              `mlcoach config edit` opens it
✓ places      HOME/data
              config HOME/config
              data HOME/data
              cache HOME/cache
              state HOME/state
✓ curriculum  26 files, 90 units
✗ database    `HOME/data/mlcoach.db` is damaged: file is not a database
              `mlcoach export journal -o FILE` saves what can be read, for
              `mlcoach import journal`
              `mlcoach restore` lists the backups and puts one back; it keeps
              this file
! mode        others can read mlcoach.db (0644)
              chmod 600 HOME/data/mlcoach.db
✓ backups     the last one is mlcoach-20261123T190000Z, of Mon 23 Nov 20:00; it
              holds 1 entry
✓ clock       Mon 2026-11-23 20:00, study day 2026-11-23
✓ cloud       no sync program and no repository carries the data folder
✓ editor      vi
✓ practice    Python 3

To repair: settings, database.
----- stderr -----
""")


def test_backup_and_restore(mlcoach: Program, screen: Callable[..., str]) -> None:
    assert screen("restore") == snapshot("""\
exit 0
----- stdout -----
No backups yet: one is made at most every half hour of use. Now: mlcoach backup
----- stderr -----
""")
    mlcoach("log 45m")
    mlcoach.later(days=1)
    mlcoach("log 1h30m")
    broken = mlcoach.write("data/backups/broken.db", "not a database")
    os.utime(broken, (0, 0))
    assert screen("restore") == snapshot("""\
exit 0
----- stdout -----
name                      entries   time  until
mlcoach-20261124T190000Z        2  2h15m  Tue 24 Nov
mlcoach-20261123T190000Z        1    45m  Mon 23 Nov
broken                          –      –  cannot be read
Put one back: mlcoach restore NAME
----- stderr -----
""")
    assert screen("restore", 40) == snapshot("""\
exit 0
----- stdout -----
mlcoach-20261124T190000Z
  2  2h15m  Tue 24 Nov
mlcoach-20261123T190000Z
  1  45m  Mon 23 Nov
broken
  –  –  cannot be read
Put one back: mlcoach restore NAME
----- stderr -----
""")
    assert screen("backup") == snapshot("""\
exit 0
----- stdout -----
HOME/data/backups/mlcoach-20261124T190000Z.db
----- stderr -----
""")
    assert screen("restore mlcoach-20261123T190000Z --yes") == snapshot("""\
exit 0
----- stdout -----
✓ Restored mlcoach-20261123T190000Z: 1 entry until Mon 23 Nov, 45m.
What it replaced is kept:
HOME/data/backups/replaced-20261124T190000Z.db
Back again: mlcoach restore replaced-20261124T190000Z
----- stderr -----
""")
