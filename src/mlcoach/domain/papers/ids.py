"""Ids, addresses and titles of papers: arXiv, DOI, slug."""

from mlcoach.domain.text import first_hostile

_ARXIV = (
    r"(?:(?:https?://)?(?:[a-z0-9-]+\.)*(?:arxiv\.org|ar5iv\.org|alphaxiv\.org|huggingface\.co)"
    r"/(?:abs|pdf|html|ps|format|e-print|src|papers)/"
    # arXiv's own DOIs name the same papers.
    r"|(?:https?://(?:dx\.)?doi\.org/|doi:)?10\.48550/arxiv\."
    r"|arxiv[:.\s]\s*)?"
    # Since April 2007 year, month, number: four digits, from 2015 on five.
    r"(?:(?P<new>(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})"
    # Before that an archive (its class is not a part of the id), number.
    r"|(?P<archive>[a-z-]+)(?:\.[a-z]{2})?(?P<old>/\d{7}))"
    r"(?:v\d+)?(?:\.pdf)?/?(?:[?#]\S*|\s*\[[a-z. -]+\])?"
)
_DOI = (
    # A library's proxy puts its own name behind the address.
    r"(?:doi:\s*|https?://(?:dx[.-])?doi[.-]org(?:\.[^/\s]+)?/|https?://[^/\s]+/doi/(?:(?:abs|full|pdf|epdf)/)?)?"
    # One copied from a sentence brings its full stop along.
    r"(10\.\d{4,9}/[^\s\x00-\x1f?#]{0,199}[^\s\x00-\x1f?#.,;])[.,;]*(?:[?#]\S*)?"
)


def arxiv_id(text: str) -> str | None:
    """Return the bare arXiv id in `text` (new or old style, version dropped), or None.

    Understands `1706.03762v5`, `arXiv:1706.03762 [cs.CL]`, `hep-th/9901001`, arXiv's DOIs, and addresses of
    arxiv.org and of the sites that mirror it by its ids.
    """
    import re

    match = re.fullmatch(_ARXIV, text.strip(), re.IGNORECASE | re.ASCII)
    if match is None:
        return None
    return (match["new"] or match["archive"] + match["old"]).lower()


def paper_id(text: str) -> str | None:
    """Return the full id for an arXiv id or address (`arxiv:…`) or a DOI (`doi:…`), else None."""
    import re

    if bare := arxiv_id(text):
        return f"arxiv:{bare}"
    doi = re.fullmatch(_DOI, text.strip(), re.IGNORECASE)
    # What steers a terminal stands in no id, though a damaged PDF may say so.
    return f"doi:{doi[1].lower()}" if doi and not first_hostile(doi[1]) else None


def short_id(paper: str) -> str:
    """Return the shortest text that still names the paper: the bare arXiv id or DOI, else the slug."""
    return paper.partition(":")[2] or paper


def address(paper: str) -> str:
    """Return where the paper is found on the web, or "" for a slug."""
    kind, _, bare = paper.partition(":")
    return {"arxiv": f"https://arxiv.org/abs/{bare}", "doi": f"https://doi.org/{bare}"}.get(kind, "")


def slug(title: str) -> str:
    """Return a short id made of a title's first words: `Deep Residual Learning` -> `deep-residual-learning`.

    Accents are dropped, letters of any script stay. "" when the title has neither letters nor digits.
    """
    return "-".join(_words(title)[:6])[:60].strip("-")


def normal_title(title: str) -> str:
    """Return what two spellings of one title share: its words, without case, accents and punctuation."""
    return " ".join(_words(title))


def _words(text: str) -> list[str]:
    import re
    import unicodedata

    apart = unicodedata.normalize("NFKD", text)
    bare = "".join(character for character in apart if not unicodedata.combining(character))
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", bare).casefold())
