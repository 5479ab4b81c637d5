"""Texts with {{hidden}} parts: where the parts begin and end, also beside the braces of formulas.

A run of three braces holds one that belongs to the text: `x_{{{i}}}` hides the i of a group, `{{\\frac{a}{b}}}` the
whole fraction. Which of them it is follows from the braces between: those of the hidden part must pair up.
"""

from typing import NamedTuple

OPEN, CLOSE = "{{", "}}"


class ClozePart(NamedTuple):
    """A piece of a text, and whether it is hidden."""

    text: str
    hidden: bool


def parts_of(text: str) -> list[ClozePart]:
    """Return the pieces of a text in their order. Double braces without their partner are text."""
    parts: list[ClozePart] = []
    done = position = 0
    while (begin := text.find(OPEN, position)) >= 0:
        end = text.find(CLOSE, begin + len(OPEN))
        if end < 0:
            break
        inside = text[begin + len(OPEN) : end]
        missing = unclosed(inside)
        leading = len(inside) - len(inside.lstrip("{"))
        if missing > 0:
            before = min(missing, leading)
            behind = text[end + len(CLOSE) : end + len(CLOSE) + missing - before]
            begin += before
            end += len(behind) - len(behind.lstrip("}"))
        if begin > done:
            parts.append(ClozePart(text[done:begin], False))
        parts.append(ClozePart(text[begin + len(OPEN) : end], True))
        done = position = end + len(CLOSE)
    if done < len(text):
        parts.append(ClozePart(text[done:], False))
    return parts


def unclosed(text: str) -> int:
    """Return how many braces are opened in a text and not closed there; TeX's \\{ and \\} are none."""
    return text.count("{") - text.count("}") - text.count("\\{") + text.count("\\}")


def filled_in(text: str, begin: str = "", end: str = "") -> str:
    """Return a text with its hidden parts shown, between these marks."""
    return "".join(f"{begin}{part}{end}" if hidden else part for part, hidden in parts_of(text))


def with_blanks(text: str, blank: str = "[…]") -> str:
    """Return a text with a blank for each hidden part."""
    return "".join(blank if hidden else part for part, hidden in parts_of(text))
