"""What may be known of a paper besides title, authors and year: the names of the details and what each holds.

`abstract` `venue` `doi` `arxiv` `url` `comment` `pdf`   text; `arxiv` bare, `pdf` the path of a file
`version`                                                the number of arXiv's version, `published` its ISO day
`categories`                                             list of texts, the first is the main one
`withdrawn`                                              true where arXiv says so
`bibtex`                                                 {"type", "key", "fields": [[name, value as written], …]}
`csl`                                                    the item as a reference manager wrote it
`bibtex_also` `csl_also`                                 lists of such records: other entries that are this paper too
`library`                                                comments and preambles of a BibTeX file, as they were written
`others`                                                 true where the list of authors is cut short
`asked`                                                  ISO day on which the web was asked last
`told`                                                   the title as the web gave it, to know it from the learner's own
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


def is_others(name: str) -> bool:
    """Return whether a name in a list of authors stands for those who are not named: `others`, `et al.`"""
    return name.lower().replace(".", "") in ("others", "et al")


def citation_keys(details: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the citation keys that reference managers gave a paper, those of merged entries too."""
    keys = []
    for form, name in (("bibtex", "key"), ("csl", "id")):
        also = details.get(f"{form}_also")
        for record in (details.get(form), *(also if isinstance(also, list | tuple) else ())):
            key = record.get(name) if isinstance(record, Mapping) else None
            keys += [str(key)] if isinstance(key, str | int) and key != "" else []
    return tuple(dict.fromkeys(keys))


def news(details: Mapping[str, Any], found: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `found` says that `details` does not hold in the same words."""
    return {name: value for name, value in found.items() if details.get(name) != value}
