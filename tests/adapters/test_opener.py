"""The system's viewer gets pages and files, and nothing else."""

import sys
import time
from pathlib import Path

import pytest

from mlcoach.adapters.opener import open_in_viewer
from mlcoach.errors import MissingExtraError, UsageError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux finds its viewer on the path")


def viewer(folder: Path, name: str = "xdg-open") -> Path:
    """Put a viewer into a folder that writes down what it was given; return where."""
    seen = folder / "seen"
    script = folder / name
    script.write_text(
        f'#!/bin/sh\nprintf "%s\\n" "$@" > {seen}.partial\n/bin/mv {seen}.partial {seen}\n', encoding="utf-8"
    )
    script.chmod(0o755)
    return seen


def waited(path: Path) -> str:
    for _ in range(500):
        if path.exists():
            return path.read_text(encoding="utf-8")
        time.sleep(0.01)
    raise AssertionError("nothing was opened")


def test_a_page_and_a_file_are_opened(tmp_path: Path) -> None:
    seen = viewer(tmp_path)
    open_in_viewer("https://arxiv.org/abs/1706.03762", {"PATH": str(tmp_path)})
    assert waited(seen) == "https://arxiv.org/abs/1706.03762\n"
    seen.unlink()
    open_in_viewer(f"{tmp_path}/a file.pdf", {"PATH": str(tmp_path)})
    assert waited(seen) == f"{tmp_path}/a file.pdf\n"


def test_another_viewer_will_do(tmp_path: Path) -> None:
    seen = viewer(tmp_path, "gio")
    open_in_viewer("https://arxiv.org/", {"PATH": str(tmp_path)})
    assert waited(seen) == "open\nhttps://arxiv.org/\n"


@pytest.mark.parametrize("target", ["file:///etc/passwd", "javascript:alert(1)", "--help", "relative.pdf", ""])
def test_nothing_else_is(tmp_path: Path, target: str) -> None:
    seen = viewer(tmp_path)
    with pytest.raises(UsageError, match="is neither a page nor a file"):
        open_in_viewer(target, {"PATH": str(tmp_path)})
    assert not seen.exists()


def test_without_a_viewer_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingExtraError, match="this system names no viewer"):
        open_in_viewer("https://arxiv.org/", {"PATH": str(tmp_path)})


def test_nothing_counts_as_opened_where_no_program_is_found(tmp_path: Path) -> None:
    script = tmp_path / "xdg-open"
    script.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    script.chmod(0o755)
    with pytest.raises(MissingExtraError, match="found no program") as raised:
        open_in_viewer("https://arxiv.org/abs/1706.03762", {"PATH": str(tmp_path)})
    assert raised.value.hint == "open https://arxiv.org/abs/1706.03762"
