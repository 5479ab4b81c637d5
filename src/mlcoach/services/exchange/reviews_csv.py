"""Answers in and out: the learner's whole history of answers as the table that other programs read."""

from collections.abc import Iterable
from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from mlcoach.adapters.exchange import reviews_csv
from mlcoach.adapters.exchange.reviews_csv import ReviewRow
from mlcoach.domain.bulk import OnProgress, collector_paused
from mlcoach.domain.events import AnswerKept, Body, ItemGraded, ItemMarked
from mlcoach.domain.time.local_days import DAY, EPOCH, HOUR, LocalDays
from mlcoach.domain.time.study_days import LocalInstant
from mlcoach.services.record import record_all
from mlcoach.store.append import NewEvent
from mlcoach.views.exchange import ReviewsImportView, SkippedRowView

if TYPE_CHECKING:
    from mlcoach.services.context import Context
    from mlcoach.store.queries.answers import Answer

ORIGIN = "reviews"
NOTED_ONE_BY_ONE = 20  # entries with the same reason
SINCE_BEGUN = "an answer from before the card was started again"


def answers_of(context: "Context") -> list[ReviewRow]:
    """Return every answer that counts under today's ids, in the order of time, as the table has it.

    Where an item was started again its next answer is one of learning again. An entry for another day than the clock's
    is in the middle of its study day, and two in the same millisecond are one after the other.
    """
    names = _names_now(context)
    middle_of_day = (context.settings.get("rollover") + 12) * HOUR
    taken: set[tuple[str, int]] = set()
    told: list[tuple[int, str, Answer]] = []
    for given in context.store.answers():
        card = names.get(given.card, given.card) if given.here else given.card
        instant = given.happened // 1000
        if given.backdated:
            number = date.fromisoformat(given.study_day).toordinal() - EPOCH
            instant = (number * DAY + middle_of_day - given.offset * 60) * 1000
        if given.rating:
            while (card, instant) in taken:
                instant += 1
            taken.add((card, instant))
        told.append((instant, card, given))
    # Which answer is one of learning is read off the table, so it goes by the table's order of time.
    begun: set[str] = set()
    answers: list[ReviewRow] = []
    for instant, card, given in sorted(told, key=itemgetter(0)):
        if not given.rating:
            begun.discard(card)
            continue
        state = reviews_csv.REVIEW if card in begun else reviews_csv.LEARNING
        begun.add(card)
        answers.append(ReviewRow(card, instant, given.rating, state, given.seconds * 1000))
    return answers


@collector_paused()
def import_reviews(context: "Context", path: Path, on_progress: OnProgress | None = None) -> ReviewsImportView:
    """Record the answers of a CSV file that are not here yet, as one step of undo.

    An answer to a card that is not here is kept as history without a card. Raises NotFoundError and InvalidFileError
    as `read_reviews` does, StoreError when nothing could be written.
    """
    found = reviews_csv.read_reviews(path, context.instant.microseconds // 1000)
    refused = [(f"line {line}", reason) for line, reason in found.refused]
    items = resolve_cards(context, {answer.card for answer in found.answers})
    known = {(answer.card, answer.instant) for answer in answers_of(context)}
    fresh: list[ReviewRow] = []
    here_already = 0
    for answer in found.answers:
        here = items.get(answer.card)
        if (answer.card, answer.instant) in known or (here and (here, answer.instant) in known):
            here_already += 1
            continue
        known.add((here or answer.card, answer.instant))
        fresh.append(answer)
    counted, before = _since_begun(fresh, items)
    refused += [(f"card {answer.card}", SINCE_BEGUN) for answer in before]
    new = _new_events(context, counted, items)
    if new:
        record_all(context, new, on_progress)
    return ReviewsImportView(
        file=str(path),
        read=found.rows,
        added=len(counted),
        updated=0,
        skipped=grouped(refused),
        kept=sum(answer.card not in items for answer in counted),
        items=len({items[answer.card] for answer in counted if answer.card in items}),
        known=here_already,
        unit="seconds" if found.in_seconds else "",
        left_out=found.rows - found.by_hand - here_already - len(counted),
        by_hand=found.by_hand,
    )


def resolve_cards(context: "Context", cards: Iterable[str]) -> dict[str, str]:
    """Return those of these cards that are items here: by their id, an id they had, or the number Anki gave them."""
    from mlcoach.services.exchange.anki_files import items_by_number

    wanted = set(cards)
    aliases = _names_now(context)
    heads = context.catalog.heads([aliases.get(card, card) for card in wanted])
    with_state = context.store.items([card for card in wanted if "/" in card and aliases.get(card, card) not in heads])
    numbers = items_by_number(context)
    found: dict[str, str] = {}
    for card in wanted:
        now = aliases.get(card, card)
        if now in heads or now in with_state:
            found[card] = now
        elif card in numbers:
            found[card] = numbers[card]
    return found


def _names_now(context: "Context") -> dict[str, str]:
    """Return older ids of items with the present one: those named in `was`, and those whose history was adopted."""
    names = dict(context.catalog.aliases())
    for old, new in context.store.adoptions():
        names.pop(new, None)  # what it was once called no longer leads on from it
        names[old] = new
    for old in list(names):
        seen = {old}
        while (now := names[old]) in names and now not in seen:
            seen.add(now)
            names[old] = names[now]
    return names


def grouped(refused: Iterable[tuple[str, str]]) -> tuple[SkippedRowView, ...]:
    """Return (place, reason) of what was left out: the first of each reason by themselves, the rest counted."""
    shown: list[SkippedRowView] = []
    counts: dict[str, int] = {}
    for place, reason in refused:
        counts[reason] = counts.get(reason, 0) + 1
        if counts[reason] <= NOTED_ONE_BY_ONE:
            shown.append(SkippedRowView(place, reason))
    rest = {reason: count - NOTED_ONE_BY_ONE for reason, count in counts.items() if count > NOTED_ONE_BY_ONE}
    return (*shown, *(SkippedRowView(f"{count:,} more", reason, count) for reason, count in rest.items()))


def _since_begun(answers: list[ReviewRow], items: dict[str, str]) -> tuple[list[ReviewRow], list[ReviewRow]]:
    """Return the answers that count, and those to cards that are not here from before such a card was started again.

    Items have a mark for that; of a card without a place here only what came after is good for measuring.
    """
    starts: dict[str, int] = {}
    last: dict[str, int] = {}
    for place, answer in enumerate(answers):
        if answer.card not in items and _is_fresh_start(last.get(answer.card), answer.state):
            starts[answer.card] = place
        last[answer.card] = answer.state
    counted = [answer for place, answer in enumerate(answers) if place >= starts.get(answer.card, 0)]
    before = [answer for place, answer in enumerate(answers) if place < starts.get(answer.card, 0)]
    return counted, before


def _is_fresh_start(before: int | None, state: int) -> bool:
    """Return whether an answer of learning follows one of review: in between the card was started again."""
    return before is not None and before >= reviews_csv.REVIEW and state in (reviews_csv.NEW, reviews_csv.LEARNING)


def _new_events(context: "Context", answers: list[ReviewRow], items: dict[str, str]) -> list[NewEvent]:
    place = LocalDays(context.local, context.settings.get("rollover")).place
    retention = context.settings.get("retention")
    last: dict[str, int] = {}
    new: list[NewEvent] = []
    for card, milliseconds, rating, state, duration in answers:
        instant = milliseconds * 1000
        day, offset = place(instant)
        happened = LocalInstant(instant, offset)
        item = items.get(card)
        seconds = (duration + 500) // 1000
        body: Body
        if item is None:
            body = AnswerKept(card, rating, seconds, ORIGIN)
        else:
            if _is_fresh_start(last.get(card), state):
                new.append(NewEvent(ItemMarked(item, "forgotten"), day, False, happened))
            body = ItemGraded(item, rating, seconds, "", "", retention, ORIGIN)
        last[card] = state
        new.append(NewEvent(body, day, False, happened))
    return new
