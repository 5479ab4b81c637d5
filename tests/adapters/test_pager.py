"""The pager gets the text, and `less` as it usually is says which keys turn the page and leave."""

import os
import shutil
import sys
from pathlib import Path

import pexpect
import pytest

from mlcoach.adapters.pager import PROMPT, USUAL, show_in_pager


@pytest.mark.parametrize(
    ("chosen", "environment", "arguments"),
    [
        (USUAL, {}, f"-FRX {' '.join(PROMPT)}"),
        (USUAL, {"PAGER": "less"}, f"-FRX {' '.join(PROMPT)}"),
        ("less -S", {}, "-S"),
    ],
)
def test_only_the_usual_pager_gets_our_prompt(
    tmp_path: Path, chosen: str, environment: dict[str, str], arguments: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "less"
    program.write_text('#!/bin/sh\nprintf "%s|" "$*"\nexec /bin/cat\n', encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with (tmp_path / "shown").open("w+", encoding="utf-8") as out:
        assert show_in_pager("a long screen\n", chosen, {"PATH": str(tmp_path), **environment}, out)
        out.seek(0)
        assert out.read() == f"{arguments}|a long screen\n"


@pytest.mark.skipif(shutil.which("less") is None, reason="needs less")
def test_at_the_end_space_leaves_and_the_last_line_says_so() -> None:
    script = (
        "import sys; from mlcoach.adapters.pager import USUAL, show_in_pager;"
        "show_in_pager(chr(10).join(map(str, range(15))) + chr(10), USUAL, dict(PATH=sys.argv[1]), sys.stdout)"
    )
    environment = {**os.environ, "TERM": "xterm", "LESS": ""}
    with pexpect.spawn(
        sys.executable, ["-c", script, os.environ["PATH"]], dimensions=(10, 40), env=environment, timeout=10
    ) as less:
        less.expect("space turns the page, q leaves")
        less.send(" ")
        less.expect("the end, space or q leaves")
        less.send(" ")
        less.expect(pexpect.EOF)
