"""Cards and exercises as an Anki package, one deck a subject."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import DECKS, Card, Exercise
from mlcoach.errors import NotFoundError

if TYPE_CHECKING:
    from mlcoach.adapters.exchange.anki.writing import OutNote
    from mlcoach.services.context import Context


DRAWN = 3  # notes of an item whose numbers vary


class Package(NamedTuple):
    """A package and how many notes are in it."""

    content: bytes
    notes: int


def export_anki(context: "Context", subjects: Sequence[str] = ()) -> Package:
    """Return the cards and exercises of these subjects, or of all that did not come from Anki themselves.

    Raises NotFoundError or UsageError for a name that fits no subject, or several.
    """
    from mlcoach.adapters.exchange.anki.writing import OutDeck, write_package
    from mlcoach.services.curriculum.files import resolve_subject

    wanted = [resolve_subject(context, name) for name in subjects]
    known = context.catalog.subjects()
    if not wanted:
        wanted = [id for id in known if id.partition(".")[0] != DECKS]
    units = {unit.id: unit.subject for unit in context.catalog.units.values() if unit.subject in wanted}
    notes: dict[str, list[OutNote]] = {}
    for item in context.catalog.all_items():
        if item.unit in units:
            notes.setdefault(units[item.unit], []).extend(_notes(item))
    if not notes:
        raise NotFoundError("there are no cards to export", "`mlcoach curriculum list` shows what there is")
    titles = [known[id].title for id in notes]
    decks = [
        OutDeck(id, _deck_name(known[id].title if titles.count(known[id].title) == 1 else id), tuple(of))
        for id, of in notes.items()
    ]
    content = write_package(decks, context.now.timestamp())
    return Package(content, sum(len(deck.notes) for deck in decks))


def _deck_name(title: str) -> str:
    # Two colons would make a deck within a deck.
    return f"mlcoach::{title.replace('::', ': ')}"


def _notes(item: Card | Exercise) -> "list[OutNote]":
    """Return the note of an item; of one whose numbers vary three, since Anki draws none.

    The first has the item's own key, so that it takes the place of what was exported before its numbers varied.
    """
    if item.vary is None:
        return [_note(item)]
    from mlcoach.domain.practice.variants import seed_of
    from mlcoach.services.practice.typed import drawn

    found = [drawn(item, seed_of(item.id, number)) for number in range(1, DRAWN + 1)]
    variants = list({asked.subject: asked for asked in found if asked}.values())
    keys = [item.id, *(f"{item.id}#{number}" for number in range(2, DRAWN + 1))]
    notes = [_note(one.subject, one.solution)._replace(key=key) for key, one in zip(keys, variants, strict=False)]
    return notes or [_note(item)]


def _note(item: Card | Exercise, way: str = "") -> "OutNote":
    from mlcoach.adapters.exchange.anki.writing import OutNote, cloze_html, code_html, to_html

    tags = ("mlcoach", item.unit)
    if isinstance(item, Exercise):
        return OutNote(item.id, "basic", _task(item), _solution(item), tags)
    if item.form == "cloze":
        return OutNote(item.id, "cloze", cloze_html(item.question), "", tags)
    front = to_html(item.question) + (code_html(item.code) if item.code else "")
    if item.form == "code":
        back = code_html(item.answer)
    elif item.form == "numeric" and item.number is not None and item.vary is None:
        back = to_html(f"{item.number:g}" + (f" ± {item.tolerance:g}" if item.tolerance else ""))
    else:
        back = to_html(item.answer)
    back += f"<br>{to_html(way)}" if way else ""
    return OutNote(item.id, "reversed" if item.reverse else "basic", front, back, tags)


def _task(exercise: Exercise) -> str:
    from mlcoach.adapters.exchange.anki.writing import to_html

    hints = "".join(
        f"<details><summary>Hint {number}</summary>{to_html(hint)}</details>"
        for number, hint in enumerate(exercise.hints, start=1)
    )
    return f"<b>{to_html(exercise.title)}</b><br>{to_html(exercise.prompt)}{hints}"


def _solution(exercise: Exercise) -> str:
    from mlcoach.adapters.exchange.anki.writing import to_html

    parts = [f"<b>Check</b><br>{to_html(exercise.check)}"] if exercise.check else []
    parts += [f"<b>Solution</b><br>{to_html(exercise.solution)}"] if exercise.solution else []
    return "<br>".join(parts) or "Judge it yourself."
