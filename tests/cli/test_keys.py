"""Single keys from a terminal, and the signals that end the wait for one."""

import io
import os
import pty
import signal
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from mlcoach.cli.keys import Keys, unseen
from mlcoach.domain.keys import typed_letter


@pytest.fixture
def terminal() -> Iterator[TextIO]:
    far, near = pty.openpty()
    with os.fdopen(near, "r") as stream:
        yield stream
    os.close(far)


def seen_by_another(number: signal.Signals) -> threading.Thread:
    """Send a signal that interrupts no wait of the main thread, as one does that comes just before it waits."""

    def send() -> None:
        time.sleep(0.1)
        signal.pthread_kill(threading.get_ident(), number)

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def test_a_signal_just_before_the_wait_ends_it(terminal: TextIO) -> None:
    with Keys(terminal, patience=5) as keys:
        resized = seen_by_another(signal.SIGWINCH)
        assert keys.read() == "resize"
        resized.join()
        ended = seen_by_another(signal.SIGTERM)
        with pytest.raises(SystemExit) as end:
            keys.read()
        ended.join()
    assert end.value.code == 128 + signal.SIGTERM


def test_signals_mean_afterwards_what_they_meant_before(terminal: TextIO) -> None:
    numbers = (signal.SIGWINCH, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    with Keys(terminal) as keys, keys.paused():
        assert [signal.getsignal(number) for number in numbers] == before
    assert [signal.getsignal(number) for number in numbers] == before
    assert signal.set_wakeup_fd(-1) == -1


def test_a_secret_is_not_shown_while_it_is_typed(terminal: TextIO) -> None:
    def echoes() -> bool:
        return bool(termios.tcgetattr(terminal.fileno())[3] & termios.ECHO)

    assert echoes()
    with pytest.raises(KeyboardInterrupt), unseen(terminal):
        assert not echoes()
        raise KeyboardInterrupt
    assert echoes()


def test_what_is_no_terminal_is_read_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text("AGE-1\n", encoding="utf-8")
    with file.open(encoding="utf-8") as stream, unseen(stream):
        assert stream.readline() == "AGE-1\n"


def test_a_capital_is_the_same_key_and_stays_a_capital_in_an_answer() -> None:
    with Keys(io.StringIO("Sha ")) as keys:
        pressed = [keys.read() for _ in range(4)]
    assert pressed == ["s", "h", "a", "space"]
    assert "".join(typed_letter(key) for key in pressed) == "Sha "
