"""What a PDF tells of the paper in it: its arXiv id or DOI, and the title in its properties."""

import re
from pathlib import Path
from typing import Any

from mlcoach.domain.papers.details import KnownPaper
from mlcoach.domain.papers.ids import arxiv_id, paper_id
from mlcoach.domain.text import folded_line
from mlcoach.errors import InvalidFileError, NotFoundError

MOST_BYTES = 200_000_000
HEAD = 1024  # bytes within which a PDF says that it is one
LONGEST_TEXT = 20_000  # characters of the first page
LONGEST_TITLE, LONGEST_NAME = 500, 200
# What programs write as a title when none was given.
NO_TITLE = re.compile(
    r"^(untitled\b.*|microsoft \w+\b.*|(?:powerpoint|word) - .*|paper|title|main|manuscript|template"
    r"|(?:layout|slide) \d+|.*\.(docx?|rtf|tex|dvi|pdf|ps|eps|indd|qxd|pptx?|odt)|document\d*"
    r"|(?:pii|doi):.*|10\.\d{4,9}/\S+|\W*)$",
    re.IGNORECASE,
)
# arXiv prints an id, a class and a day at the edge of the first page, and some programs take that for the title.
STAMP = re.compile(
    r"^(?:arxiv\s*:?\s*)?(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
    r"(?:\s*\[[A-Za-z.\s-]+\])?(?:\s+\d{1,2}\s+[A-Za-z]{3,9}\s+\d{4})?$",
    re.IGNORECASE,
)


def read_pdf(path: Path) -> tuple[str, KnownPaper]:
    """Return the id of the paper (`arxiv:…`, `doi:…` or "") and what the file says of it.

    Raises NotFoundError for no file, InvalidFileError for one that is not a PDF. A PDF that is damaged or locked tells
    what its name does.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(f"no file `{path}`", "check the file name") from error
    except OSError as error:
        raise InvalidFileError(f"cannot read `{path}`: {error.strerror}", "make it readable") from error
    if b"%PDF-" not in head:
        raise InvalidFileError(f"`{path}` is not a PDF", "give the PDF itself, or the id of the paper")
    id = _from_name(path)
    if size > MOST_BYTES:
        return id, KnownPaper()
    title, authors, text = _inside(path)
    if STAMP.match(title):
        id = id or _from_text(title if title.lower().startswith("arxiv") else f"arXiv:{title}")
        title = ""
    id = id or _from_text(text)
    return id, KnownPaper("" if NO_TITLE.match(title) else title, authors)


def _from_name(path: Path) -> str:
    """Return the arXiv id that arXiv itself gives as a file's name: `1706.03762v5.pdf`."""
    match = re.match(r"(?:arxiv[-_:. ])?(\d{4}\.\d{4,5})(?:v\d+)?(?!\d)", path.stem, re.IGNORECASE)
    bare = arxiv_id(match[1]) if match else None
    return f"arxiv:{bare}" if bare else ""


def _from_text(text: str) -> str:
    """Return the id printed on a first page: arXiv's stamp at its edge, else a DOI."""
    if match := re.search(r"arXiv\s*:\s*((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)", text):
        return paper_id(f"arxiv:{match[1]}") or ""
    match = re.search(r"(?:doi(?:\.org/|[:\s]\s*))(10\.\d{4,9}/[^\s\"<>]{1,200})", text, re.IGNORECASE)
    return paper_id(match[1]) or "" if match else ""


def _inside(path: Path) -> tuple[str, tuple[str, ...], str]:
    """Return title and authors of the properties, and the text of the first page; nothing of what cannot be read."""
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)
    title, text = "", ""
    authors: tuple[str, ...] = ()
    # A file from the web can break a reader in many ways; it is then a PDF of which nothing is known.
    try:
        with pypdf.PdfReader(path) as reader:
            properties: Any = reader.metadata or {}
            title = _property(properties, "/Title")
            found = re.split(r"\s*(?:;|,|\band\b)\s*", _property(properties, "/Author"))
            authors = tuple(folded_line(name, LONGEST_NAME) for name in found if name)[:200]
            text = reader.pages[0].extract_text()[:LONGEST_TEXT]
    except (Exception, RecursionError):
        pass
    return title, authors, text


def _property(properties: Any, name: str) -> str:
    try:
        return folded_line(str(properties.get(name) or ""), LONGEST_TITLE)
    except Exception:
        return ""
