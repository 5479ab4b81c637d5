"""What a card or an exercise is in Anki: one note, three where its numbers vary."""

from typing import TYPE_CHECKING

from mlcoach.domain.curriculum import Card, Exercise

if TYPE_CHECKING:
    from mlcoach.adapters.exchange.anki.writing import OutNote

DRAWN = 3  # notes of an item whose numbers vary


def deck_name(title: str) -> str:
    """Return the name of the deck of a subject."""
    # Two colons would make a deck within a deck.
    return f"mlcoach::{title.replace('::', ': ')}"


def notes_of(item: Card | Exercise) -> "list[OutNote]":
    """Return the note of an item; of one whose numbers vary three, since Anki draws none.

    The first has the item's own key, so that it takes the place of what was exported before its numbers varied.
    """
    if item.vary is None:
        return [note_of(item)]
    from mlcoach.adapters.practice.typed_items import drawn
    from mlcoach.domain.practice.variants import seed_of

    found = [drawn(item, seed_of(item.id, number)) for number in range(1, DRAWN + 1)]
    variants = list({asked.subject: asked for asked in found if asked}.values())
    keys = [item.id, *(f"{item.id}#{number}" for number in range(2, DRAWN + 1))]
    notes = [note_of(one.subject, one.solution)._replace(key=key) for key, one in zip(keys, variants, strict=False)]
    return notes or [note_of(item)]


def note_of(item: Card | Exercise, way: str = "") -> "OutNote":
    """Return an item as one note; `way` is how its answer comes about, "" for none."""
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
