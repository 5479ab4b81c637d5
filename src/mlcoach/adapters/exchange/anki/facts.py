"""Notes and their types -> one question and answer for each card, as plain text."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mlcoach.adapters.exchange.anki import templates
from mlcoach.adapters.exchange.anki.html import to_text
from mlcoach.adapters.exchange.anki.values import AnkiNote, CardRow, Collection, NoteType
from mlcoach.domain.text import LONGEST

# What speaks, what is typed, and what is shown when it is asked for.
SILENT = frozenset({"tts", "type", "hint"})
MASKS = ("Question Mask", "Answer Mask")  # fields of the note type with which parts of pictures were once hidden
CUT = " …"
OUR_NOTES, SOURCE_FIELD, LONGEST_SOURCE = "mlcoach", "Source", 300  # as `writing` makes them
# Our own marks while a text is made; those of others may not come through.
_PRIVATE = dict.fromkeys((0xE000, 0xE001, 0xE002), " ")


class Fact(NamedTuple):
    """What a card asks: `question` and `answer`, or a `cloze` text with {{hidden}} parts."""

    question: str = ""
    answer: str = ""
    cloze: str = ""
    media: tuple[str, ...] = ()
    cut: bool = False  # it was too long for a card
    bare: bool = False  # its question or answer is pictures and sounds only, which are not here
    source: str = ""  # the id of the item here that was exported as this card


class Refused(NamedTuple):
    """A card of which nothing can be made, and why."""

    reason: str


def facts(collection: Collection) -> Iterator[tuple[CardRow, Fact | Refused]]:
    """Yield each card with what it asks, or why it asks nothing."""
    for card in collection.cards:
        note = collection.notes.get(card.note)
        kind = collection.note_types.get(note.note_type) if note else None
        if note is None or kind is None:
            yield card, Refused("a card whose note is not in the file")
        elif not 0 < card.id < 10**18:
            yield card, Refused("a card without a number")
        else:
            yield card, _fact(note, kind, card.ordinal, collection.decks.get(card.deck, ""))


def _fact(note: AnkiNote, kind: NoteType, ordinal: int, deck: str) -> Fact | Refused:
    template = kind.templates[0 if kind.cloze else ordinal] if _has_template(kind, ordinal) else None
    if template is None:
        return Refused("a card whose template is not in the file")
    values = (value if value.isascii() else value.translate(_PRIVATE) for value in note.fields)
    fields = dict(zip(kind.fields, values, strict=False))
    if any(templates.OCCLUSION in value for value in fields.values()) or all(map(fields.get, MASKS)):
        return Refused("a card that hides parts of a picture")
    # A note of our own says which item it is; that is not part of what it asks.
    source = fields.pop(SOURCE_FIELD, "") if kind.name.startswith(OUR_NOTES) else ""
    source = to_text(source).text[:LONGEST_SOURCE] if "/" in source else ""
    # What every card knows besides its fields.
    fields |= {
        "Tags": note.tags.strip(),
        "Type": kind.name,
        "Deck": deck,
        "Subdeck": deck.rpartition("::")[2],
        "Card": template.name,
    }
    if kind.cloze:
        made = _cloze(template.question, template.answer, fields, ordinal + 1)
        return made._replace(source=source) if isinstance(made, Fact) else made
    question = to_text(templates.rendered(template.question, fields, _on_front))
    answer = to_text(templates.answer_part(templates.rendered(template.answer, fields, _on_back)))
    back = answer.text
    if back.startswith(question.text) and back[len(question.text) :][:1].isspace():
        back = back[len(question.text) :].strip("\n ")
    if not question.text.strip() or not back.strip():
        return Refused("a card without a question" if not question.text.strip() else "a card without an answer")
    cut = len(question.text) > LONGEST or len(back) > LONGEST
    media = question.media + answer.media
    bare = bool(media) and (_is_bare(question.text, media) or _is_bare(back, media))
    return Fact(_cut(question.text), _cut(back), "", media, cut, bare, source)


def _is_bare(text: str, media: Iterable[str]) -> bool:
    """Return whether a text says nothing but the names of pictures and sounds."""
    for name in media:
        text = text.replace(f"(picture: {name})", "").replace(f"(sound: {name})", "")
    return not any(map(str.isalnum, text))


def _has_template(kind: NoteType, ordinal: int) -> bool:
    return bool(kind.templates) if kind.cloze else 0 <= ordinal < len(kind.templates)


def _on_front(name: str, value: str, filters: tuple[str, ...]) -> str:
    """Return how a field is shown on the front of a card."""
    return "" if SILENT.intersection(_words(filters)) else _on_back(name, value, filters)


def _on_back(name: str, value: str, filters: tuple[str, ...]) -> str:
    """Return how a field is shown on the back, without the front that it repeats."""
    if name == "FrontSide" or "tts" in _words(filters):
        return ""
    for filter in reversed(filters):  # the one next to the field comes first
        if filter in templates.READINGS:
            value = templates.with_readings(value, filter)
    return value


def _words(filters: tuple[str, ...]) -> list[str]:
    return [filter.partition(" ")[0] for filter in filters]


def _cloze(front: str, back: str, fields: Mapping[str, str], number: int) -> Fact | Refused:
    """Return the card for the gaps of one number; what the answer adds is hidden as they are."""
    found = typed = False

    def show(name: str, value: str, filters: tuple[str, ...]) -> str:
        nonlocal found
        if "cloze" not in filters or ("type" in filters and not typed):
            return _on_front(name, value, filters)
        text, hides = templates.with_gaps(value, number)
        found = found or hides
        return _on_front(name, text, tuple(filter for filter in filters if filter != "type"))

    def added(name: str, value: str, filters: tuple[str, ...]) -> str:
        return "" if "cloze" in filters else _on_back(name, value, filters)

    question = to_text(templates.rendered(front, fields, show, f"c{number}"))
    if not found:  # where Anki asks for its text to be typed alone, it is asked as any other
        typed = True
        question = to_text(templates.rendered(front, fields, show, f"c{number}"))
    if not found:
        return Refused("a cloze card that hides nothing")
    more = to_text(templates.answer_part(templates.rendered(back, fields, added, f"c{number}")))
    # Of what was between the marks nothing may be left: a line break, an empty element.
    text = templates.EMPTY_GAP.sub("", _balanced(question.text))
    if templates.GAP_BEGIN not in text:
        return Refused("a cloze card that hides nothing")
    extra = more.text.strip()
    if extra and extra not in question.text:
        text += f"\n\nMore: {templates.GAP_BEGIN}{extra}{templates.GAP_END}"
    # Braces of formulas and code must not be taken for gaps.
    for braces in ("{{", "}}"):
        while braces in text:
            text = text.replace(braces, f"{braces[0]} {braces[1]}")
    text = text.replace(f"{templates.GAP_BEGIN}{{", "{{ {").replace(f"}}{templates.GAP_END}", "} }}")
    text = text.replace(templates.GAP_BEGIN, "{{").replace(templates.GAP_END, "}}")
    if len(text) > LONGEST:
        return Refused("a cloze card longer than a card can be")
    return Fact("", "", text, question.media + more.media)


def _balanced(text: str) -> str:
    """Return the text without its gaps where HTML has torn them apart."""
    begins, ends = text.count(templates.GAP_BEGIN), text.count(templates.GAP_END)
    return text if begins == ends else text.replace(templates.GAP_BEGIN, "").replace(templates.GAP_END, "")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
