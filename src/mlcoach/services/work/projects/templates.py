"""The files that a project begins with: a small package with a command, tests, CI, README and a look at the data.

They go into a new or empty folder, all or none of them, and nothing is ever written over.
"""

import json
import os
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.domain.papers.ids import slug
from mlcoach.domain.text import one_line
from mlcoach.domain.work.templates import TEMPLATES, package_name
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.files import OwnFiles, change

if TYPE_CHECKING:
    from mlcoach.domain.work_events import ProjectBegun
    from mlcoach.services.context import Context

# Where each file goes, and the text that it is made of.
FILES = {
    "README.md": "README.md.txt",
    "LICENSE": "LICENSE.txt",
    "pyproject.toml": "pyproject.toml.txt",
    ".gitignore": "gitignore.txt",
    ".github/workflows/tests.yml": "workflow.yml.txt",
    "eda.py": "eda.py.txt",
    "src/{{package}}/__init__.py": "package.py.txt",
    "src/{{package}}/__main__.py": "main.py.txt",
    "tests/test_{{package}}.py": "test_package.py.txt",
    "data/sample.csv": "sample.csv.txt",
    "docs/scores.svg": "scores.svg.txt",
}
MAY_BE_THERE = frozenset({".git"})  # a folder in which only a repository was begun is empty
LONGEST_FOLDER = 60
NAMED = 4  # files, of what is in the way


def write_template(
    context: "Context", template: str, title: str, at: str, begun: "ProjectBegun"
) -> tuple[Path, tuple[str, ...]]:
    """Write the files of a template together with the event that begins the project, as one step of undo.

    Returns the folder and the names of the files. Raises NotFoundError for an unknown template, UsageError for a folder
    that is not empty or cannot be one.
    """
    if template not in TEMPLATES:
        from mlcoach.domain.text import nearest

        known = ", ".join(TEMPLATES)
        raise NotFoundError(
            f"no template `{one_line(template)[:40]}`", nearest(template, TEMPLATES) or f"the templates are {known}"
        )
    default = slug(title)[:LONGEST_FOLDER].strip("-") or package_name(title)
    folder = (Path(at).expanduser() if at else Path(default)).absolute()
    _refuse_if_taken(folder)
    texts = template_texts(template, title, context.today.year)

    def write(own: OwnFiles) -> None:
        _refuse_if_taken(folder)
        own.write({folder / name: text for name, text in texts.items()}, (begun,), private=False)

    change(context, write)
    return folder, tuple(texts)


def template_texts(template: str, title: str, year: int) -> dict[str, str]:
    """Return the files of a template by their names within the folder."""
    package = package_name(title)
    shown = one_line(title)
    values = {
        "title": shown,
        "quoted": json.dumps(shown, ensure_ascii=False),
        "package": package,
        "name": package.replace("_", "-"),
        "year": str(year),
        "way": _text(f"way-{template}.md.txt"),
    }
    # In a docstring a title ends nothing and escapes nothing.
    in_code = values | {"title": shown.replace("\\", "/").replace('"', "'")}
    return {
        _filled(name, values): _filled(_text(source), in_code if name.endswith(".py") else values)
        for name, source in FILES.items()
    }


def _filled(text: str, values: dict[str, str]) -> str:
    """Return a text with its names in double braces replaced, each once: what comes in is not looked at again."""
    parts = text.split("{{")
    filled = [parts[0]]
    for part in parts[1:]:
        name, closed, rest = part.partition("}}")
        filled.append(values[name] + rest if closed and name in values else "{{" + part)
    return "".join(filled)


def _text(name: str) -> str:
    return (files("mlcoach") / "services" / "work" / "projects" / "project_files" / name).read_text(encoding="utf-8")


def _refuse_if_taken(folder: Path) -> None:
    try:
        if folder.is_symlink() and not folder.exists():
            raise UsageError(f"`{folder}` is a link that leads nowhere", "name another folder")
        if folder.exists() and not folder.is_dir():
            raise UsageError(f"`{folder}` is a file", "name a new or empty folder: --at FOLDER")
        taken = _files_in(folder) if folder.is_dir() else []
    except OSError as error:
        raise UsageError(f"cannot look into `{folder}`: {error.strerror}", "name another folder") from error
    if taken:
        named = ", ".join(one_line(name)[:40] for name in taken[:NAMED])
        raise UsageError(
            f"`{folder}` is not empty: {named}{' and more' if len(taken) > NAMED else ''}",
            "a template needs a new or empty folder: --at FOLDER; without --template your own files stay as they are",
        )


def _files_in(folder: Path) -> list[str]:
    """Return what makes a folder not empty: anything but folders without files, and a repository that was begun."""
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        folders[:] = [name for name in folders if name not in MAY_BE_THERE and name not in links]
        found += (str((Path(place) / name).relative_to(folder)) for name in sorted([*names, *links]))
        if len(found) > NAMED:
            break
    return found
