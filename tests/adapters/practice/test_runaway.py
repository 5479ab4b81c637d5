"""Programs that run away: none harms the machine, files or the screen, and all end within their limit and half a second.

Each is tested for what this system guards; where it has no Landlock or no namespaces, those tests are skipped and say so.
"""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mlcoach.adapters.practice import fences, supervisor
from mlcoach.domain.practice.code import RunResult
from tests.adapters.practice.programs import ran

LIMIT = 1.0
GRACE = 0.5
pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what is guarded elsewhere is less"),
    pytest.mark.slow,
]
fenced = pytest.mark.skipif(not fences.guards().files, reason="this kernel has no Landlock")


def timed(source: str, *bodies: str, **more: object) -> tuple[RunResult, float]:
    began = time.monotonic()
    result = ran(source, *(bodies or ("assert True",)), seconds=LIMIT, **more)
    return result, time.monotonic() - began


def is_running(mark: str) -> bool:
    """Whether any process of the machine has these words in its command."""
    for process in supervisor.parents():
        try:
            if mark.encode() in Path(f"/proc/{process}/cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False


def test_an_endless_loop_ends_and_names_the_test_it_was_in() -> None:
    result, took = timed("def f():\n    while True:\n        pass\n", "assert True", "f()", "assert True")
    assert result.verdict == "timeout"
    assert [(test.ok, test.ran) for test in result.tests] == [(True, True), (False, True), (False, False)]
    assert result.tests[1].failure is not None
    assert result.tests[1].failure.message == "no result within 1 s"
    assert result.tests[1].failure.line in (2, 3)
    assert took < LIMIT + GRACE


def test_a_loop_that_takes_every_signal_and_error_ends() -> None:
    source = (
        "import signal\nfor n in (signal.SIGTERM, signal.SIGINT, signal.SIGXCPU, signal.SIGALRM):\n"
        "    signal.signal(n, signal.SIG_IGN)\nwhile True:\n    try:\n        while True: pass\n    except BaseException: pass\n"
    )
    result, took = timed(source)
    assert result.verdict == "timeout"
    assert took < LIMIT + GRACE


def test_endless_output_ends_and_is_cut() -> None:
    result, took = timed("def f():\n    while True:\n        print('x' * 100_000)\n", "f()")
    assert result.verdict in ("error", "timeout", "wrong")
    assert len(result.printed) == 20_000
    assert result.cut
    assert took < LIMIT + GRACE


def test_a_hundred_megabytes_of_output_are_refused_not_kept() -> None:
    result, took = timed("import sys\nfor _ in range(100):\n    sys.stdout.write('y' * 1_000_000)\n")
    assert result.verdict == "error"
    assert len(result.printed) == 20_000
    assert took < LIMIT + GRACE


@pytest.mark.parametrize("how", ["os.setsid()", "os.setsid()\n    if os.fork(): os._exit(0)"])
def test_children_that_leave_their_group_end_too(how: str) -> None:
    mark = f"left_behind_{os.getpid()}_{len(how)}"
    source = (
        f"import os, sys, time\nif os.fork() == 0:\n    {how}\n"
        f"    os.execv(sys.executable, [sys.executable, '-S', '-c', 'import time; time.sleep(60)  # {mark}'])\n"
        "time.sleep(0.3)\n"
    )
    result, took = timed(source)
    assert result.verdict == "right"  # the program itself is fine
    assert not is_running(mark)
    assert took < LIMIT + GRACE


def test_children_end_by_the_supervisor_where_there_are_no_namespaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "enter_namespace", lambda _: False)
    for number, ends in enumerate(("time.sleep(0.3)", "while True: pass")):
        mark = f"orphan_{os.getpid()}_{number}"
        source = (
            "import os, sys, time\nif os.fork() == 0:\n    os.setsid()\n    if os.fork(): os._exit(0)\n"
            f"    os.execv(sys.executable, [sys.executable, '-S', '-c', 'import time; time.sleep(60)  # {mark}'])\n{ends}\n"
        )
        result, took = timed(source)
        assert result.verdict == ("timeout" if number else "right")
        assert not is_running(mark)
        assert took < LIMIT + GRACE


def test_a_fork_bomb_ends() -> None:
    result, took = timed("import os\nwhile True:\n    os.fork()\n")
    assert result.verdict in ("error", "timeout")
    assert took < LIMIT + GRACE
    time.sleep(0.05)
    assert len(supervisor.children(os.getpid())) <= len(_own_helpers())


def _own_helpers() -> list[int]:
    """Processes of the tests themselves, such as workers; none of them is a run's."""
    return [p for p in supervisor.children(os.getpid()) if b"harness.py" not in Path(f"/proc/{p}/cmdline").read_bytes()]


def test_ten_gigabytes_are_refused() -> None:
    result, took = timed("def f():\n    return bytearray(10**10)\n", "assert len(f()) == 10**10")
    assert result.tests[0].failure is not None
    assert "MemoryError" in result.tests[0].failure.message
    assert took < LIMIT + GRACE


def test_memory_shared_out_among_children_is_counted_together() -> None:
    source = (
        "import os, time\nfor _ in range(4):\n    if os.fork() == 0:\n        held = bytearray(60_000_000)\n"
        "        for place in range(0, len(held), 4096): held[place] = 1\n        time.sleep(30)\ntime.sleep(30)\n"
    )
    result, took = timed(source, memory_mb=128)
    assert result.failure is not None
    assert result.failure.message.startswith("it took more than 128 MB of memory")
    assert took < LIMIT + GRACE


def test_a_disk_is_not_filled() -> None:
    source = "n = 0\nwhile True:\n    n += 1\n    open(f'f{n}', 'wb').write(b'x' * 16_000_000)\n"
    result, took = timed(source)
    assert result.verdict in ("error", "timeout")
    assert took < LIMIT + GRACE


@fenced
def test_the_home_is_neither_read_nor_written_nor_deleted(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine")
    source = (
        "import os, pathlib, shutil\n"
        f"home = pathlib.Path({str(tmp_path)!r})\n"
        "def tries():\n    said = []\n"
        "    for what in (lambda: (home / 'kept.txt').read_text(), lambda: (home / 'new').write_text('x'),\n"
        "                 lambda: shutil.rmtree(home), lambda: os.listdir(home), lambda: os.truncate(home / 'kept.txt', 0),\n"
        "                 lambda: os.rename(home / 'kept.txt', 'here'), lambda: os.link(home / 'kept.txt', 'here'),\n"
        "                 lambda: pathlib.Path('/etc/passwd').read_text()):\n"
        "        try:\n            what()\n            said.append('done')\n"
        "        except OSError:\n            said.append('refused')\n    return said\n"
    )
    result, _ = timed(source, "assert tries() == ['refused'] * 8")
    assert result.verdict == "right"
    assert kept.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [kept]


@fenced
def test_another_process_is_neither_looked_into_nor_ended() -> None:
    sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
    source = (
        "import os, signal\ndef tries():\n    said = []\n"
        f"    for what in (lambda: os.kill({sleeper.pid}, 9), lambda: open('/proc/{sleeper.pid}/environ').read(),\n"
        f"                 lambda: open('/proc/{os.getpid()}/environ').read()):\n"
        "        try:\n            what()\n            said.append('done')\n"
        "        except OSError:\n            said.append('refused')\n    return said\n"
    )
    try:
        result, _ = timed(source, "assert tries() == ['refused'] * 3")
        assert result.verdict == "right"
        assert sleeper.poll() is None
        timed("import os, signal\nos.kill(-1, signal.SIGKILL)\n")
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


@pytest.mark.skipif(not fences.guards().sockets, reason="sockets are not refused on this processor")
def test_no_socket_is_opened_and_pairs_stay() -> None:
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    source = (
        "import socket\ndef tries():\n    said = []\n"
        f"    for what in (lambda: socket.create_connection(('127.0.0.1', {port}), 1),\n"
        "                 lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9)),\n"
        "                 lambda: socket.socket(socket.AF_UNIX), lambda: socket.create_server(('127.0.0.1', 0))):\n"
        "        try:\n            what()\n            said.append('done')\n"
        "        except OSError:\n            said.append('refused')\n"
        "    socket.socketpair()\n    return said\n"
    )
    try:
        assert timed(source, "assert tries() == ['refused'] * 4")[0].verdict == "right"
    finally:
        listening.close()


def test_a_program_ends_with_the_one_that_started_it() -> None:
    mark = f"survivor_{os.getpid()}"
    text = (
        "import sys; sys.path[:0] = ['.', 'src']\n"
        "from tests.adapters.practice.programs import ran\n"
        f"ran('while True: pass  # {mark}', 'assert True', seconds=30)\n"
    )
    started = subprocess.Popen([sys.executable, "-c", text], cwd=Path(__file__).parents[3])
    deadline = time.monotonic() + 15
    while (
        not (found := [p for p in supervisor.parents() if _is_run_of(p, started.pid)]) and time.monotonic() < deadline
    ):
        time.sleep(0.05)
    assert found
    started.kill()
    started.wait()
    deadline = time.monotonic() + 5
    while any(Path(f"/proc/{p}").exists() for p in found) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{p}").exists() for p in found)


def _is_run_of(process: int, started: int) -> bool:
    of = supervisor.parents()
    while process in of and process != started:
        process = of[process]
        if process == started:
            return True
    return False
