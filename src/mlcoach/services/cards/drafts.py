"""Drafts of cards that somebody else proposed: they wait in the journal until the learner accepts or rejects them."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from mlcoach.curriculum.write.card_keys import CardOptions, keys_of
from mlcoach.domain.cloze import with_blanks
from mlcoach.domain.events import CardDrafted, DraftSettled, Event, Wording
from mlcoach.domain.text import one_line
from mlcoach.errors import InvalidFileError, NotFoundError, UsageError
from mlcoach.services import names
from mlcoach.services.cards.new import add
from mlcoach.services.record import record
from mlcoach.views.cards import DraftsView, DraftView, SettledView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_WAITING = 50
LONGEST_TEXT = 2_000  # characters of a question or an answer
EVERY = 1_000_000_000


def draft(context: "Context", name: str, options: CardOptions, worded_by: Wording = "") -> DraftView:
    """Keep a draft of a card for a unit, if the checker finds nothing wrong and nothing to better.

    Raises NotFoundError or UsageError for a unit that is not there, options that do not go together and too many drafts
    that wait, InvalidFileError with what the checker says.
    """
    from mlcoach.curriculum.check.one_card import card_faults

    unit = names.unit(context, name)
    for text in options:
        if isinstance(text, str) and len(text) > LONGEST_TEXT:
            raise UsageError(f"a text of the card has {len(text):,} characters", f"at most {LONGEST_TEXT:,} are kept")
    keys = keys_of(options)
    waiting = _waiting(context)
    if len(waiting) >= MOST_WAITING:
        raise UsageError(
            f"{len(waiting)} drafts wait already", "the learner looks at them first: `mlcoach cards drafts`"
        )
    if any(body.unit == unit and body.card == keys for _, body in waiting):
        raise UsageError("this draft waits already", "`mlcoach cards drafts` shows it")
    if faults := card_faults(keys):
        raise InvalidFileError(f"the card does not pass: {faults[0]}", "; ".join(faults[1:]) or "write it anew")
    body = CardDrafted(unit, keys, worded_by)
    return _view(context, len(waiting) + 1, record(context, body, opens_day=False)[-1], body)


def drafts(context: "Context") -> DraftsView:
    """Return the drafts that wait, the oldest first."""
    return DraftsView(
        tuple(_view(context, number, event, body) for number, (event, body) in enumerate(_waiting(context), start=1))
    )


def accept(context: "Context", numbers: Sequence[int]) -> SettledView:
    """Make cards of drafts, each one step of undo. Raises NotFoundError for a number that is not in the list.

    Raises as `new.add` does where a card can no longer be added; those before it are kept.
    """
    items = []
    warnings: list[str] = []
    for event, body in _chosen(context, numbers):
        if body.unit not in context.catalog.units:
            names.unit(context, body.unit)  # renamed since, or gone
        card = add(context, body.unit, body.card, partial(_settled, event.id))
        items.append(card.item or "")
        warnings += card.warnings
    return SettledView("accepted", tuple(items), len(_waiting(context)), tuple(warnings))


def reject(context: "Context", numbers: Sequence[int]) -> SettledView:
    """Let drafts go, in one step of undo. Raises NotFoundError for a number that is not in the list."""
    chosen = _chosen(context, numbers)
    record(context, *(DraftSettled(event.id) for event, _ in chosen), opens_day=False)
    return SettledView("rejected", tuple(body.unit for _, body in chosen), len(_waiting(context)), ())


def _settled(draft: str, item: str) -> tuple[DraftSettled, ...]:
    return (DraftSettled(draft, item),)


def _chosen(context: "Context", numbers: Sequence[int]) -> list[tuple[Event, CardDrafted]]:
    waiting = _waiting(context)
    wrong = next((number for number in numbers if not 1 <= number <= len(waiting)), None)
    if wrong is not None:
        raise NotFoundError(f"no draft {wrong}", "`mlcoach cards drafts` numbers those that wait")
    return [waiting[number - 1] for number in dict.fromkeys(numbers)]


def _waiting(context: "Context") -> list[tuple[Event, CardDrafted]]:
    """Return the drafts on which nothing was decided, the oldest first."""
    settled, found = set(), []
    for event in context.store.recent(("card_drafted", "draft_settled"), EVERY):
        if isinstance(event.body, DraftSettled):
            settled.add(event.body.draft)
        elif isinstance(event.body, CardDrafted):
            found.append((event, event.body))
    return [(event, body) for event, body in reversed(found) if event.id not in settled]


def _view(context: "Context", number: int, event: Event, body: CardDrafted) -> DraftView:
    card = body.card
    asked = str(card.get("q") or card.get("numeric") or card.get("cloze") or "")
    shown = with_blanks(asked) if "cloze" in card else asked
    answer = card.get("a", card.get("answer", ""))
    unit = context.catalog.aliases().get(body.unit, body.unit)
    title = context.catalog.units[unit].title if unit in context.catalog.units else body.unit
    whole = asked if "cloze" in card else f"{answer:g}" if isinstance(answer, int | float) else str(answer)
    return DraftView(number, event.id, unit, title, one_line(shown), one_line(whole), event.study_day, body.worded_by)
