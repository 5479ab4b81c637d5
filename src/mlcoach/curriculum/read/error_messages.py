"""What pydantic refuses, said for people: the key, what it must be, what is there, and the remedy."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from mlcoach.curriculum.read.locate import KeyPath
from mlcoach.curriculum.read.model import LONGEST_UNIT, SHORTEST_UNIT
from mlcoach.curriculum.read.problems import did_you_mean, shown
from mlcoach.curriculum.read.source import MOST_PROBLEMS, Source
from mlcoach.curriculum.read.varied import VARIABLE_RULE
from mlcoach.domain.papers.ids import arxiv_id

# Tables that people know by a name, and what they call them.
TABLES: Mapping[str, str] = {
    "unit": "unit",
    "card": "card",
    "exercise": "exercise",
    "pretest": "pretest question",
    "paper": "paper",
    "path": "path",
    "checklist": "checklist",
    "item": "checklist item",
    "role": "role",
    "tool": "skill",
    "read": "reading",
    "requires": "prerequisite",
    "resources": "resource",
    "change": "unit",
    "misconception": "misconception",
}
TYPES: Mapping[str, str] = {
    "string_type": "text in quotes",
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "list_type": "a list in [ ]",
    "dict_type": "a table",
    "model_type": "a table",
    "date_type": "a date such as 2026-08-01",
    "date_from_datetime_inexact": "a date such as 2026-08-01",
    "finite_number": "a finite number",
    "int_from_float": "a whole number",
}
NAME_RULE = "lower-case words joined by hyphens"
RULES: Mapping[str, str] = {
    "id": NAME_RULE,
    "over": "the id of a subject, such as `math.la`",
    "url": "a link that starts with https://",
    "arxiv": "an arXiv id without version, such as 1706.03762",
    "doi": "a DOI such as 10.1038/nature14539",
    "language": "one word, such as python",
    "base": "the mark that mlcoach writes, `sha256:…`",
}


def explain(source: Source, kind: type[BaseModel], errors: Sequence[Any]) -> None:
    """Note one problem in the source for each error pydantic found in its data."""
    source.unsaid += len(errors[MOST_PROBLEMS:])
    for error in errors[:MOST_PROBLEMS]:
        in_key = error["loc"][-1] == "[key]"
        path: KeyPath = error["loc"][:-1] if in_key else error["loc"]
        if error["type"] == "missing":
            _note_missing(source, path)
        elif error["type"] == "extra_forbidden":
            _note_unknown(source, kind, path)
        elif in_key:
            of_numbers = path[-2] in ("vars", "derive", "free")
            source.note(
                "bad-value",
                source.locator.key(path),
                f"the key `{shown(path[-1])}` must be {VARIABLE_RULE if of_numbers else NAME_RULE}",
                "" if of_numbers else _name_hint(str(path[-1])),
            )
        else:
            _note_value(source, path, error)


def _note_missing(source: Source, path: KeyPath) -> None:
    key = str(path[-1])
    hint = {
        "hours": f"write `hours = 8`: hours of study, {SHORTEST_UNIT} to {LONGEST_UNIT}",
        "title": 'write `title = "…"`',
        "id": 'write `id = "…"`: ' + NAME_RULE,
    }.get(key, "")
    source.note(
        "missing-key",
        source.locator.value(path[:-1]),
        f"{describe(source.data, path[:-1]) or 'this file'} has no `{key}`",
        hint,
    )


def _note_unknown(source: Source, kind: type[BaseModel], path: KeyPath) -> None:
    owner = describe(source.data, path[:-1])
    table = _table_at(kind, path[:-1])
    keys = [field.alias or name for name, field in table.model_fields.items()] if table else []
    source.note(
        "unknown-key",
        source.locator.key(path),
        f"unknown key `{shown(path[-1])}`" + (f" in {owner}" if owner else ""),
        did_you_mean(str(path[-1]), keys, "`mlcoach curriculum schema` describes every key"),
    )


def _note_value(source: Source, path: KeyPath, error: Mapping[str, Any]) -> None:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    owner = describe(source.data, path[:-1])
    name = _key_name(path)
    subject = f"`{name}`" + (f" of {owner}" if owner else "")
    code, hint = "bad-value", ""
    if kind in TYPES:
        code = "wrong-type"
        rule = TYPES[kind] if "requires" not in path else "the id of a unit in quotes"
        if kind == "string_type" and isinstance(value, int | float) and not isinstance(value, bool):
            hint = f'write `"{shown(value)}"`'
        elif kind == "bool_type":
            hint = f"write `{name} = true` or `{name} = false`"
        elif kind in ("float_type", "int_type") and isinstance(value, str) and value.strip(" .-").isdecimal():
            hint = f"write `{shown(value.strip(), 20)}` without quotes"
        elif kind == "model_type" and len(path) == 2 and isinstance(path[1], str):
            hint = f"write `[{path[0]}.{shown(path[1])}]` and its keys below"
        elif kind == "list_type":
            hint = f"write `{name} = [ … ]`"
    elif kind == "literal_error":
        choices = [part.strip("'") for part in str(context["expected"]).replace(" or ", ", ").split(", ")]
        rule = "one of " + ", ".join(choices)
        hint = did_you_mean(str(value), choices) if isinstance(value, str) else ""
    elif kind == "too_long":
        code, rule = "out-of-range", f"at most {context['max_length']} entries long"
    elif kind == "string_too_long":
        code, rule = "text-too-long", f"at most {context['max_length']:,} characters long".replace(",", " ")
        source.note(
            code,
            source.locator.value(path),
            f"{subject} has {len(value):,} characters, and must be {rule}".replace(",", " ", 1),
            "split it, or put the long part in a file of its own",
        )
        return
    elif kind == "string_pattern_mismatch":
        rule, hint = _pattern_rule(path, value)
    else:
        code, rule, hint = _range_rule(str(path[-1]), kind, context)
    source.note(code, source.locator.value(path), f"{subject} must be {rule}, got {as_written(value)}", hint)


def _pattern_rule(path: KeyPath, value: str) -> tuple[str, str]:
    if not value.strip():
        return "more than blanks", "remove the key if there is nothing to say"
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if key in RULES:
        hint = _name_hint(value) if key == "id" else ""
        if key == "arxiv" and (found := arxiv_id(value)) not in (None, value):
            hint = f"write `{found}`"
        return RULES[key], hint
    if "\n" in value:
        return "one line", "in double quotes `\\n` is a line break; single quotes keep backslashes"
    return NAME_RULE, _name_hint(value)


def _range_rule(key: str, kind: str, context: Mapping[str, Any]) -> tuple[str, str, str]:
    if key == "hours" and ("ge" in context or "le" in context):
        hint = "split a long unit in two; join a short one to its neighbour"
        return "out-of-range", f"{SHORTEST_UNIT} to {LONGEST_UNIT}", hint
    bounds = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    words = [f"{word} {context[bound]:g}" for bound, word in bounds.items() if bound in context]
    return "out-of-range", " and ".join(words) or kind.replace("_", " "), ""


def _name_hint(value: str) -> str:
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in value).split()
    name = "-".join(words).lower()
    return f"write `{shown(name)}`" if name and name != value else ""


def _key_name(path: KeyPath) -> str:
    if isinstance(path[-1], int):
        return f"{_key_name(path[:-1])}[{path[-1]}]" if len(path) > 1 else str(path[-1])
    return shown(path[-1])


def as_written(value: object) -> str:
    """Return a value as TOML would show it, shortened, in backticks."""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, str):
        return f'`"{shown(value, 40)}"`'
    if isinstance(value, int | float | date | time):
        return f"`{shown(value, 40)}`"
    return "a list" if isinstance(value, list) else "a table"


def describe(data: Any, path: KeyPath) -> str:
    """Return what people call the innermost named table on a path: "card `eig-def`", or "" for the file."""
    description, previous = "", ""
    for part in path:
        data = _inside(data, part)
        known = TABLES.get(previous)
        named = isinstance(part, int) or previous in ("resources", "change", "card", "exercise", "pretest")
        if known and named:
            label = part
            if isinstance(part, int):
                table = data if isinstance(data, dict) else {}
                names = (table.get(key) for key in ("id", "in", "unit", "title", "arxiv"))
                label = next((name for name in names if isinstance(name, str)), part + 1)
            description = f"{known} `{shown(label)}`" if isinstance(label, str) else f"{known} {label}"
        previous = part if isinstance(part, str) else ""
    return description


def _inside(data: Any, part: str | int) -> Any:
    try:
        return data[part]
    except (KeyError, IndexError, TypeError):
        return None


def _table_at(kind: type[BaseModel], path: KeyPath) -> type[BaseModel] | None:
    """Return the model that describes the table at a path."""
    current: Any = kind
    for part in path:
        if isinstance(current, type) and issubclass(current, BaseModel):
            fields = {field.alias or name: field for name, field in current.model_fields.items()}
            current = _bare(fields[str(part)].annotation) if part in fields else None
        elif get_origin(current) in (list, dict):
            current = _bare(get_args(current)[-1])
    return current if isinstance(current, type) and issubclass(current, BaseModel) else None


def _bare(annotation: Any) -> Any:
    """Strip `Annotated` and `| None` from an annotation."""
    while get_origin(annotation) in (Annotated, Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    return annotation
