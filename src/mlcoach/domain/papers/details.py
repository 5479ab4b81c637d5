"""What may be known of a paper besides title, authors and year: the names of the details and what each holds.

`abstract` `venue` `doi` `arxiv` `url` `comment` `pdf`   text; `arxiv` bare, `pdf` the path of a file
`version`                                                the number of arXiv's version, `published` its ISO day
`categories`                                             list of texts, the first is the main one
`withdrawn`                                              true where arXiv says so
`bibtex`                                                 {"type", "key", "fields": [[name, value as written], …]}
`csl`                                                    the item as a reference manager wrote it
`asked`                                                  ISO day on which the web was asked last
`told`                                                   the title as the web told it, to know it from the learner's own
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

# Characters kept of what a file or the web says of a paper.
LONGEST_TITLE, LONGEST_NAME, LONGEST_ABSTRACT, LONGEST_LINE = 500, 200, 20_000, 500


class KnownPaper(NamedTuple):
    """What some source knows of a paper."""

    title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    details: Mapping[str, Any] = {}


def text_of(details: Mapping[str, Any], name: str) -> str:
    """Return a detail that is a text, "" where it is not there."""
    found = details.get(name)
    return found if isinstance(found, str) else ""


def categories_of(details: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the arXiv categories of a paper, the main one first."""
    found = details.get("categories")
    return tuple(str(one) for one in found) if isinstance(found, list | tuple) else ()


def news(details: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `found` says that `details` does not hold in the same words."""
    return {name: value for name, value in found.items() if details.get(name) != value}
