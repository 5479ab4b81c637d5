"""The pager gets the text, and `less` as it usually is says which keys turn the page and leave."""

from pathlib import Path

import pytest

from mlcoach.adapters.pager import USUAL, show_in_pager


@pytest.mark.parametrize(
    ("chosen", "environment", "arguments"),
    [
        (USUAL, {}, "-FRX -Psspace turns the page, q leaves"),
        (USUAL, {"PAGER": "less"}, "-FRX -Psspace turns the page, q leaves"),
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
