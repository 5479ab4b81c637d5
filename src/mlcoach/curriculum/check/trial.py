"""A copy of the learner's curriculum, in which a change is tried before it is written."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from mlcoach.curriculum.read.find import list_with_sources


@contextmanager
def copied(own: Path) -> Iterator[Path]:
    """Yield a temporary folder with all files of the learner's own one, for as long as the block lasts."""
    with TemporaryDirectory(prefix="mlcoach-") as folder:
        copy = Path(folder)
        for stamp in list_with_sources(own):
            (copy / stamp.name).parent.mkdir(parents=True, exist_ok=True)
            with suppress(OSError):  # what cannot be read is left out anyhow
                shutil.copyfile(own / stamp.name, copy / stamp.name)
        yield copy


def put(path: Path, text: str) -> None:
    """Write a file of the copy as it would be in the learner's folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
