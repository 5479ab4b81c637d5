"""The files that hold what the journal never does: names of people and of employers, and what was said.

`people.toml` and `jobs.toml` have a table for each id. A person may edit them; what is not as expected names the place.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mlcoach.errors import InvalidFileError

HEAD = "# Kept by mlcoach for you alone. Names and words of others are here and never in the journal.\n\n"


class PersonLine(NamedTuple):
    """Something said or done on an ISO day, in the learner's words; `advice` is the id of advice, "" elsewhere."""

    day: str
    touch: str
    text: str = ""
    advice: str = ""


class PersonEntry(NamedTuple):
    """What is known of a person. `weeks` are those between two touches, 0 for what is usual."""

    name: str
    tag: str = ""
    weeks: int = 0
    lines: tuple[PersonLine, ...] = ()


class JobEntry(NamedTuple):
    """What is known of a job. `practice` is a place wanted less, `via` who led to it."""

    employer: str
    role: str = ""
    via: str = ""
    size: str = ""
    practice: bool = False


def read_people(text: str | None, path: Path) -> dict[str, PersonEntry]:
    """Return the people in a file, by id; none without one. Raises InvalidFileError."""
    people = {}
    for id, table in _tables(text, path).items():
        lines = table.pop("line", [])
        if not isinstance(lines, list):
            raise _wrong(path, id)
        entries = tuple(_made(PersonLine, dict(line) if isinstance(line, dict) else {}, path, id) for line in lines)
        people[id] = _made(PersonEntry, {**table, "lines": entries}, path, id)
    return people


def read_jobs(text: str | None, path: Path) -> dict[str, JobEntry]:
    """Return the jobs in a file, by id; none without one. Raises InvalidFileError."""
    return {id: _made(JobEntry, table, path, id) for id, table in _tables(text, path).items()}


def people_text(people: Mapping[str, PersonEntry]) -> str:
    """Return the file that holds these people."""
    tables = {}
    for id, person in people.items():
        table = _set(person._replace(lines=()))
        table["line"] = [_set(line) for line in person.lines]
        tables[id] = table
    return _written(tables)


def jobs_text(jobs: Mapping[str, JobEntry]) -> str:
    """Return the file that holds these jobs."""
    return _written({id: _set(job) for id, job in jobs.items()})


def _set(entry: Any) -> dict[str, Any]:
    return {name: value for name, value in entry._asdict().items() if value not in ("", 0, False, ())}


def _written(tables: Mapping[str, Any]) -> str:
    import tomli_w

    return HEAD + tomli_w.dumps(tables)


def _tables(text: str | None, path: Path) -> dict[str, dict[str, Any]]:
    if text is None:
        return {}
    import tomllib

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidFileError(f"`{path}` is not TOML: {error}", "correct it in your editor") from error
    for id, table in data.items():
        if not isinstance(table, dict):
            raise _wrong(path, id)
    return {id: dict(table) for id, table in data.items()}


def _made(kind: Any, fields: Mapping[str, Any], path: Path, id: str) -> Any:
    expected = {"weeks": int, "practice": bool, "lines": tuple}
    for name, value in fields.items():
        if name not in kind._fields or not isinstance(value, expected.get(name, str)):
            raise _wrong(path, id)
    try:
        return kind(**fields)
    except TypeError:
        raise _wrong(path, id) from None


def _wrong(path: Path, id: str) -> InvalidFileError:
    return InvalidFileError(
        f"`{path}`: the entry `{id:.40}` is not as mlcoach writes it", "correct it in your editor, or delete the entry"
    )
