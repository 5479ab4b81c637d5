"""TeX in names and titles -> text: accents and braces are resolved, formulas stay as they are."""

import re
from functools import lru_cache

LONGEST = 20_000  # characters that are looked at
_BRACES = re.compile(r"(?<!\\)[{}]")


def plain_text(tex: str) -> str:
    r"""Return what TeX would print: `M{\"u}ller` -> `Müller`, `{BERT}` -> `BERT`; `$\ell_1$` stays a formula.

    An unknown macro leaves its argument behind; what cannot be read at all stays as it is.
    """
    text = tex[:LONGEST]
    if "\\" not in text and "$" not in text:
        # Most titles and names need no more, which spares a library its start.
        text = text.replace("~", " ").replace("---", "—").replace("--", "–")
        return " ".join(_BRACES.sub("", text).split())
    return _decoded(text)


@lru_cache(maxsize=4096)  # the same names come again and again in one library
def _decoded(text: str) -> str:
    import logging

    from pylatexenc.latex2text import LatexNodes2Text

    logging.getLogger("pylatexenc").setLevel(logging.CRITICAL)
    try:
        decoded = LatexNodes2Text(math_mode="verbatim", strict_latex_spaces=False).latex_to_text(text)
    except Exception:  # a text that breaks the reader is shown as it was written
        decoded = text
    return " ".join(decoded.split())
