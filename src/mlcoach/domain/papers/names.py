"""Ids and titles as people mistype and vary them: the nearest id that can be, and when two titles are one paper's."""

from mlcoach.domain.papers.ids import normal_title, paper_id

LONGEST_SLIP = 200  # characters; longer than any slip
ARTICLES = ("the ", "a ", "an ")
LEAST_WORDS = 3  # of a title before its colon that says enough to be recognised without the rest
# Letters that stand for digits in what was read from a screen or a page.
LOOK_ALIKE = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "—": "-", "–": "-", "，": ".", ",": "."})


def nearest_id(text: str) -> str:
    """Return the id that a malformed one probably means (`1706.03762`, `hep-th/9901001`, a DOI), or ""."""
    import re

    word = text.strip()[:LONGEST_SLIP]
    bare = re.sub(r"^(https?://)?[^/]*arxiv\.org/(abs|pdf)/|^arxiv[:\s]*", "", word, flags=re.IGNORECASE)
    digits = bare.translate(LOOK_ALIKE)
    tries = []
    if match := re.search(r"(?<!\d)(\d{4})\s*[.\-_/ ]?\s*(\d{4,5})(?:\s*v+\s*\d*)?(?!\d)", digits):
        tries += [f"{match[1]}.{match[2]}", f"{match[1]}.{match[2].zfill(5)}"]
    elif match := re.search(r"(?<!\d)(\d{4})[.\-_/ ](\d{3})(?!\d)", digits):
        # A zero at the beginning of the number is what gets lost.
        tries += [f"{match[1]}.{match[2].zfill(5 if match[1] >= '1501' else 4)}"]
    if match := re.search(r"([a-z-]{2,})(?:\.[a-z]{2})?[\s./_:-]*(\d{7})(?!\d)", bare, re.IGNORECASE):
        tries.insert(0, f"{match[1].strip('-')}/{match[2]}")
    if match := re.search(r"10[.,]?(\d{4,9})\s*[/.|\\]\s*(\S+)", word):
        tries.append(f"10.{match[1]}/{match[2]}")
    return next((found.partition(":")[2] for one in tries if (found := paper_id(one))), "")


def title_key(title: str) -> str:
    """Return what two spellings of one title share: letters and digits, without an article, blanks and hyphens."""
    plain = normal_title(title.replace("&", " and "))
    for article in ARTICLES:
        plain = plain.removeprefix(article)
    return plain.replace(" ", "")


def short_title_key(title: str) -> str:
    """Return the key of a title before its first colon, or "" where that says too little."""
    main, colon, _ = title.partition(":")
    return title_key(main) if colon and len(normal_title(main).split()) >= LEAST_WORDS else ""


def surname(author: str) -> str:
    """Return the surname of `Knuth, Donald E.` and `Donald E. Knuth`, in the form for comparing."""
    last = author.partition(",")[0] if "," in author else author.split()[-1] if author.split() else ""
    return title_key(last)
