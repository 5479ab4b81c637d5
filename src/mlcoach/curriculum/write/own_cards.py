"""The learner's own subject of cards from papers: what its file starts from, and a card put in its place there."""

from collections.abc import Mapping
from typing import Any

from mlcoach.curriculum.read.locate import Locator
from mlcoach.curriculum.write.overlay import toml_value
from mlcoach.domain.curriculum import FROM_PAPERS
from mlcoach.domain.text import one_line
from mlcoach.errors import InvalidFileError

SUBJECT = FROM_PAPERS
FILE_NAME = "papers-own.toml"
TERMS, IDEAS = "terms", "ideas"
START = """\
# Cards from the papers you read, written by `mlcoach paper term` and `mlcoach paper card`. Change what you like:
# `mlcoach curriculum check` looks it over. Progress is kept by id, so leave the ids as they are.
schema  = 1
id      = "papers.own"
title   = "From the papers I read"
track   = "papers"
summary = "Terms and ideas from papers, as cards of your own."
"""
# They count as passed from their first card on: they are there for recall, and are nothing to plan hours for.
UNITS = {
    TERMS: """\
[[unit]]
id         = "terms"
title      = "Terms from papers"
hours      = 2
lane       = "concept"
why        = "A term that had to be looked up once need not be looked up again."
objectives = ["say in your own words what each term means"]
recall     = "From memory: which terms did the last paper bring, and what do they mean?"
""",
    IDEAS: """\
[[unit]]
id         = "ideas"
title      = "Ideas from papers"
hours      = 2
lane       = "concept"
why        = "What a paper says is yours when you can say it without the paper."
objectives = ["say what each paper found, and how"]
recall     = "From memory: what was the idea of the last paper?"
""",
}


def cards_of(text: str, unit: str) -> list[Mapping[str, Any]]:
    """Return the cards of a unit as the file has them. Raises InvalidFileError when it is not TOML."""
    found = _unit(text, unit)
    return [card for card in found[1].get("card", []) if isinstance(card, dict)] if found else []


def with_card(text: str, unit: str, keys: Mapping[str, Any], source: str) -> str:
    """Return the text of the file with a card as the last of its unit, `source` as a comment above it.

    A unit that is not there is begun, and all else stays as it is. Raises InvalidFileError when the text is not TOML.
    """
    found = _unit(text, unit)
    if found is None:
        text = f"{text.rstrip()}\n\n{UNITS[unit]}"
    lines = [f"  # {one_line(source)}", "  [[unit.card]]", *(f"  {key} = {toml_value(keys[key])}" for key in keys)]
    card = "\n".join(lines) + "\n"
    starts = _tables_behind(text, found[0]) if found else []
    if not starts:
        return f"{text.rstrip()}\n\n{card}"
    # The comments right above the next table belong to it.
    before, after = text[: min(starts)], text[min(starts) :]
    kept = before.rstrip()
    while kept and kept.rpartition("\n")[2].lstrip().startswith("#"):
        kept = kept.rpartition("\n")[0].rstrip()
    between = before[len(kept) :].lstrip("\n")
    return f"{kept}\n\n{card}\n{between}{after}"


def _unit(text: str, unit: str) -> tuple[int, Mapping[str, Any]] | None:
    """Return the place and the keys of a unit, or None for one that is not there."""
    import tomli

    try:
        units = tomli.loads(text.removeprefix("\ufeff")).get("unit", [])
    except tomli.TOMLDecodeError as error:
        raise InvalidFileError(
            f"your file of cards from papers has an error: {one_line(str(error))[:200]}",
            "`mlcoach curriculum edit papers.own` opens it",
        ) from error
    for index, table in enumerate(units if isinstance(units, list) else []):
        if isinstance(table, dict) and table.get("id") == unit:
            return index, table
    return None


def _tables_behind(text: str, index: int) -> list[int]:
    """Return where the tables begin that are behind a unit and are not part of it."""
    values = Locator(text).values
    start = values["unit", index].start
    return [
        span.start
        for path, span in values.items()
        if span.start > start
        and path[:2] != ("unit", index)
        and text.startswith("[", span.start)
        and text[: span.start].rpartition("\n")[2].strip() == ""
    ]
