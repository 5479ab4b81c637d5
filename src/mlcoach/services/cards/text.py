"""What an item says: loaded with its texts, said in one line, and digested to notice a change."""

from typing import TYPE_CHECKING
from zlib import crc32

from mlcoach.domain.cloze import with_blanks
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.memory.items import ItemState
from mlcoach.errors import NotFoundError

if TYPE_CHECKING:
    from mlcoach.services.context import Context


def text_digest(subject: Card | Exercise) -> str:
    """Return a short digest of what an item asks and answers, by which a later change of its text is noticed."""
    if isinstance(subject, Card):
        parts = [subject.form, subject.question, subject.answer, subject.code]
    else:
        parts = [subject.prompt, subject.check, subject.solution]
    if subject.vary:
        parts = [subject.vary.prompt, subject.vary.answer]
    return f"{crc32(chr(0).join(parts).encode(errors='replace')):08x}"


def has_changed(state: ItemState, subject: Card | Exercise) -> bool:
    """Return whether an item says something else than when it was answered last, as far as that is known."""
    return bool(state.text) and state.text != text_digest(subject)


def load_item(context: "Context", item: str) -> Card | Exercise:
    """Return an item with its texts. Raises NotFoundError when it is no longer in the curriculum."""
    found = context.catalog.item(item)
    if found is None:
        raise NotFoundError(f"no card or exercise `{item}`")
    return found


def one_line_question(subject: Card | Exercise) -> str:
    """Return what an item asks, as one line: an exercise's title, a card's question with its blanks hidden."""
    if isinstance(subject, Exercise):
        return subject.title
    return " ".join(hide_blanks(subject.question).split())


def hide_blanks(text: str) -> str:
    """Return a cloze text with `[…]` for each {{hidden}} part."""
    return with_blanks(text)
