"""What a start costs and leaves behind, in real processes: imports are a budget, reading writes nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Compiled, Program
from tests.e2e.start_up import COMMANDS, COMPLETION, PROBE, environment, frozen_modules, modules, own_modules

# Each of these would cost more than all of our own code; none has a reason to be there.
FORBIDDEN = {
    "pydantic", "tomllib", "tomlkit", "apscheduler", "fsrs", "asyncio", "rich.console", "icalendar", "desktop_notifier",
    "tzlocal",
}  # fmt: skip
RICH = "rich.style"  # colours screens; an answer of a few lines does not wait for it


def run(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mlcoach", *words]
    return subprocess.run(command, env=environment(home, **more), capture_output=True, text=True, timeout=60)


@pytest.fixture
def home(tmp_path: Path, compiled_bundle: Compiled) -> Path:
    """An empty home for real processes: they find the bundled curriculum, compiled already."""
    compiled_bundle.copy_to(tmp_path / "home")
    return tmp_path / "home"


@pytest.mark.parametrize("words", [["today"], ["log", "45m", "vectors"], ["status"], ["today"]])
def test_the_start_up_path_imports_nothing_heavy(home: Path, words: list[str]) -> None:
    assert modules(home, *words) & FORBIDDEN == set()


@pytest.mark.parametrize("words", [["log", "45m", "vectors"], ["status"]])
def test_short_answers_do_not_wait_for_rich(home: Path, words: list[str]) -> None:
    assert RICH not in modules(home, *words)


@pytest.mark.parametrize("name", COMMANDS)
def test_the_start_up_path_is_as_short_as_it_was(home: Path, name: str) -> None:
    """Each module costs every call. A change that is meant: `python -m tests.e2e.start_up` writes the list again."""
    now, before = own_modules(home, name), frozen_modules()[name]
    more, fewer = sorted(set(now) - set(before)), sorted(set(before) - set(now))
    assert (more, fewer) == ([], []), "\n".join([name, *(f"+ {m}" for m in more), *(f"- {m}" for m in fewer)])


@pytest.mark.parametrize(
    "words", [["paper", "list"], ["paper"], ["paper", "check", "1412.6980", "title"]], ids=" ".join
)
def test_papers_import_no_more_than_the_day_does(home: Path, words: list[str]) -> None:
    run(home, "paper", "add", "1412.6980")
    web = {"httpx2", "defusedxml", "pylatexenc", "pypdf", "rich.progress"}
    assert modules(home, *words) & (FORBIDDEN | web) == set()


def test_the_page_of_report_imports_only_what_it_shows(home: Path) -> None:
    run(home, "log", "45m", "vectors")
    others = {
        "hashlib", "hmac", "html", "mlcoach.services.files", "mlcoach.services.group.weeks",
        "mlcoach.domain.group.promise", "mlcoach.views.practice", "mlcoach.views.work.project",
        "mlcoach.store.learner_model",
    }  # fmt: skip
    assert modules(home, "report") & (FORBIDDEN | others | {RICH}) == {"mlcoach.store.learner_model"}
    # What recall was predicted is kept, and many answers are not gone through.
    assert "mlcoach.store.refold" not in modules(home, "report")


def test_a_config_file_is_compiled_once(home: Path) -> None:
    config = home / "config" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text("goal = 60\n", encoding="utf-8")
    assert "tomllib" in modules(home, "today")
    assert modules(home, "today") & FORBIDDEN == set()


def test_completion_imports_nothing_heavy(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=environment(home, **COMPLETION),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "math.la.eigen" in done.stdout
    assert set(done.stderr.rpartition("modules:")[2].split()) & (FORBIDDEN | {RICH}) == set()


@pytest.mark.slow
@pytest.mark.parametrize("words", [["today"], ["doctor"], ["calendar", "export"]], ids=" ".join)
def test_reading_in_a_real_process_writes_nothing_outside_the_cache(home: Path, words: list[str]) -> None:
    done = run(home, *words)
    assert done.returncode == 0, done.stderr
    written = {path.relative_to(home) for path in home.rglob("*") if path.is_file()}
    assert {path.parts[0] for path in written} == {"cache"}


def test_nor_does_any_other_command_that_reads(mlcoach: Program) -> None:
    lines = """
        --version; today --json; status; streak; stats; log; review --json; paper; curriculum list; curriculum map; plan
        undo --list; paper list; paper read; paper suggest; paper stats; paper export; paper search x; config show
        restore; remind status; buddy; week; practice --list; goal; place --json; search rank; forecast
    """
    for line in filter(None, (part.strip() for part in lines.replace("\n", ";").split(";"))):
        mlcoach(line, expect=None)
        assert mlcoach.files() == set(), line


def test_completion_writes_nothing_outside_the_cache(tmp_path: Path) -> None:
    done = run(tmp_path, _MLCOACH_COMPLETE="complete_bash", COMP_WORDS="mlcoach to", COMP_CWORD="1")
    assert done.stdout.split() == ["today"]
    assert {path.parts for path in (p.relative_to(tmp_path) for p in tmp_path.rglob("*"))} <= {
        ("cache",), ("cache", "curriculum.sqlite3"),
    }  # fmt: skip


def test_a_first_day_in_real_processes(home: Path) -> None:
    assert "mlcoach start" in run(home, "today").stdout
    logged = run(home, "log", "45m", "vectors", "--note", "shapes")
    assert logged.returncode == 0, logged.stderr
    assert "0:45" in run(home, "status").stdout
    assert run(home, "undo").returncode == 0
    assert "0:00" in run(home, "status").stdout


@pytest.mark.slow
def test_without_home_variable_the_platform_decides(tmp_path: Path) -> None:
    places = {"XDG_DATA_HOME": "d", "XDG_CONFIG_HOME": "c", "XDG_CACHE_HOME": "x", "XDG_STATE_HOME": "s"}
    told = {name: str(tmp_path / folder) for name, folder in places.items()}
    env = {**environment(tmp_path, **told)}
    del env["MLCOACH_HOME"]
    done = subprocess.run(
        [sys.executable, "-m", "mlcoach", "log", "5m"], env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    if sys.platform == "linux":
        assert (tmp_path / "d" / "mlcoach" / "mlcoach.db").stat().st_mode & 0o777 == 0o600


def test_a_closed_pipe_is_no_failure(home: Path) -> None:
    line = f'"{sys.executable}" -m mlcoach today | head -n 1; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", line], env=environment(home), capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_unexpected_error_is_three_lines_and_a_log(home: Path) -> None:
    broken = "import mlcoach.services.day.today as service; service.today = lambda *words, **more: 1 / 0\n" + PROBE
    done = subprocess.run(
        [sys.executable, "-c", broken, "today"], env=environment(home), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "ZeroDivisionError" in (home / "state" / "mlcoach.log").read_text(encoding="utf-8")
