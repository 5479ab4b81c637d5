"""Where people, jobs and adverts are kept."""

from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.errors import StoreError

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def people_path(context: "Context") -> Path:
    """Return the file with the people."""
    return context.places.data / "people.toml"


def jobs_path(context: "Context") -> Path:
    """Return the file with the jobs."""
    return context.places.data / "jobs.toml"


def advert_path(context: "Context", job: str) -> Path:
    """Return the file with the advert of a job; its name is the id of chance, which says nothing."""
    return context.places.notes / "jobs" / f"{job}-advert.md"


def look_back_path(context: "Context", job: str) -> Path:
    """Return the file with what the learner wrote of a job."""
    return context.places.notes / "jobs" / f"{job}.md"


def stories_path(context: "Context") -> Path:
    """Return the file with the stories for interviews."""
    return context.places.notes / "stories.md"


def text_of(path: Path) -> str | None:
    """Return what is in a file of ours, None for no file. Raises StoreError."""
    try:
        return path.read_bytes().decode("utf-8-sig", errors="replace").replace("\r\n", "\n")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StoreError(f"cannot read `{path}`: {error.strerror}", "make it readable") from error
