"""Text from people and files is data: what may not be in it, how to show it harmlessly, and which id it means."""

from collections.abc import Collection, Iterable

from mlcoach.errors import NotFoundError, UsageError

# Overrides and isolates reorder what a reader sees; a title could then pretend to be another one.
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LONGEST = 20_000


def is_hostile(character: str) -> bool:
    """Return whether a character could steer a terminal or reorder a line. Line feed and tab are harmless."""
    code = ord(character)
    return (
        (code < 0x20 and character not in "\n\t")
        or 0x7F <= code <= 0x9F
        or 0xD800 <= code <= 0xDFFF
        or character in BIDI_CONTROLS
        or character in "\u2028\u2029"
    )


def is_plain(text: str) -> bool:
    """Return whether nothing in a text can be hostile, in no time: everything hostile is unprintable."""
    return text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable()


def first_hostile(text: str) -> str:
    """Return the name of the first character that does not belong in a text, as `U+001B`, or ""."""
    if is_plain(text):
        return ""
    return next((f"U+{ord(character):04X}" for character in text if is_hostile(character)), "")


def visible(text: str) -> str:
    """Return the text with every hostile character replaced by `�`, for showing what was never checked."""
    if text.isascii() and text.isprintable():
        return text
    return "".join("\ufffd" if is_hostile(character) else character for character in text)


def one_line(text: str) -> str:
    """Return the text on one line, harmless, with runs of white space folded."""
    return " ".join(visible(text).split())


def without_controls(text: str) -> str:
    """Return a text from elsewhere without the characters that could steer a terminal, for keeping it."""
    if is_plain(text):
        return text
    return "".join(character for character in text.replace("\r\n", "\n") if not is_hostile(character))


def harmless(document: str) -> str:
    """Return a finished document without the characters that could steer a terminal; its line ends stay as they are."""
    if is_plain(document):
        return document
    lines = document.split("\r\n")
    return "\r\n".join("".join(character for character in line if not is_hostile(character)) for line in lines)


def escaped(document: str) -> str:
    """Return a JSON document with every character that could steer a terminal as JSON's four digits: it says the same.

    Below U+0020 JSON has escaped them already, and beyond U+FFFF none is hostile.
    """
    if is_plain(document):
        return document
    return "".join(f"\\u{ord(character):04x}" if is_hostile(character) else character for character in document)


def folded_line(text: str, longest: int) -> str:
    """Return a text from elsewhere as one harmless line of at most `longest` characters, for keeping it."""
    line = " ".join(without_controls(text[: longest * 50]).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


LONGEST_NOTE = 10_000


def checked(text: str, what: str, longest: int = LONGEST_NOTE) -> str:
    """Return the text without blanks at its ends.

    Raises UsageError for control characters, direction overrides or a text that is too long; `what` names it.
    """
    if hostile := first_hostile(text):
        raise UsageError(f"the {what} contains the control character {hostile}", "write it as plain text")
    if len(text) > longest:
        raise UsageError(f"the {what} has {len(text):,} characters; at most {longest:,} are kept", "shorten it")
    return text.strip()


def resolve(name: str, ids: Collection[str], kind: str) -> str:
    """Return the id that `name` means: the id itself, or one whose last parts it is.

    Raises UsageError when several fit and NotFoundError, with the nearest, when none does.
    """
    if name in ids:
        return name
    wanted = name.lower()
    fitting = [id for id in ids if id == wanted or id.endswith(f".{wanted}") or id.endswith(f"/{wanted}")]
    if len(fitting) == 1:
        return fitting[0]
    shown = one_line(name)[:80]
    if fitting:
        raise UsageError(f"`{shown}` is ambiguous", "say which: " + ", ".join(f"`{id}`" for id in sorted(fitting)))
    raise NotFoundError(f"no {kind} `{shown}`", nearest(wanted, ids))


def nearest(name: str, ids: Iterable[str]) -> str:
    """Return `did you mean …?` for the nearest id, or ""."""
    from difflib import get_close_matches

    full = list(ids)
    owner, slash, last_part = name.rpartition("/")
    if slash and (inside := [id for id in full if id.startswith(f"{owner}/")]):
        # All ids of a unit begin alike: only what stands behind is compared.
        found = get_close_matches(last_part[:200], [id.removeprefix(f"{owner}/") for id in inside], 1, 0.6)
        return f"did you mean `{owner}/{found[0]}`?" if found else ""
    near = get_close_matches(name[:200], full, 1, 0.6)
    if not near:
        # A typo in the last part alone: `egien` for `math.la.eigen`.
        last = {id.replace("/", ".").rpartition(".")[2]: id for id in full}
        near = [last[part] for part in get_close_matches(name[:200], last, 1, 0.6)]
    return f"did you mean `{near[0]}`?" if near else ""
