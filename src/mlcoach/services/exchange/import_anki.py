"""Decks from Anki with their whole history: cards become items of the learner's own, answers entries of the journal."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.adapters.exchange.anki.facts import Fact, Refused, facts
from mlcoach.adapters.exchange.anki.values import CardRow, Collection, Review
from mlcoach.curriculum.write.anki_decks import CHANGED_BY_LEARNER, DeckCard, PlacedCards
from mlcoach.curriculum.write.deck_file import ImportedCard
from mlcoach.domain.bulk import OnProgress, collector_paused
from mlcoach.domain.events import Body, ItemGraded, ItemMark, ItemMarked, ItemScheduled, Revoked, UnitMarked
from mlcoach.domain.memory import recall
from mlcoach.domain.time.local_days import DAY, HOUR, LocalDays
from mlcoach.domain.time.study_days import MICROSECONDS, LocalInstant
from mlcoach.errors import InvalidFileError
from mlcoach.services.exchange.anki_files import place_cards
from mlcoach.services.exchange.reviews_csv import answers_of, grouped, resolve_cards
from mlcoach.services.files import OwnFiles, change
from mlcoach.store.append import NewEvent
from mlcoach.views.exchange import AnkiImportView, AnswersView, DeckView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

ORIGIN = "anki"
STEP = 500  # cards read before the next word about it
LEARNING, REVIEW, RELEARNING, FILTERED, MANUAL = range(5)
RETENTION_OF_SM2 = 0.9
SECONDS_FROM = 1_000_000_000  # a due number as large as this is seconds since 1970, else days
LEFT_OUT = "an answer to a card that was left out"
LONGEST_ANSWER = 24 * 3_600_000  # milliseconds


@collector_paused()
def import_anki(context: "Context", path: Path, track: str, on_progress: OnProgress | None = None) -> AnkiImportView:
    """Bring in a package: its cards as subjects of the learner's own, its history as answers; one step of undo.

    What is here already is not doubled: a card that was exported here is the item it was made of, the others get the
    texts they have now, unless the learner changed them, and only answers are added that are not here yet. Raises
    NotFoundError and InvalidFileError for a file that cannot be used, UsageError for an unknown track, StoreError when
    nothing could be written.
    """
    from mlcoach.adapters.exchange.anki.collection import read_collection
    from mlcoach.adapters.exchange.anki.package import unpacked

    check_track(track)
    with unpacked(path) as database:
        collection = read_collection(database, str(path))
    cards = _read_cards(collection, on_progress)
    return change(context, lambda own: _bring_in(context, own, str(path), track, collection, cards, on_progress))


class _Cards(NamedTuple):
    """The cards that ask something, what was left out and why, and the cards with pictures or sounds."""

    read: list[DeckCard]
    refused: list[tuple[str, str]]
    with_media: list[Fact]


def _bring_in(
    context: "Context",
    own: OwnFiles,
    file: str,
    track: str,
    collection: Collection,
    cards: _Cards,
    on_progress: OnProgress | None,
) -> AnkiImportView:
    own.read_curriculum()
    read, refused = cards.read, [*cards.refused]
    left_out = len(collection.cards) - len(read)
    ours = resolve_cards(context, {one.item for one in read if one.item})
    read = [one._replace(item=ours.get(one.item, "")) if one.item else one for one in read]
    placed = place_cards(context, read, track)
    check_files(context, placed)
    refused += [(item, CHANGED_BY_LEARNER) for item in placed.kept]
    history = _History(context, collection, placed)
    new = history.events(refused)
    passed: tuple[Body, ...] = tuple(
        UnitMarked(unit, "passed") for unit in placed.units if unit not in context.store.units()
    )
    if placed.texts or new:
        own.write(placed.texts, passed, new, on_progress)
        context.reopen_catalog()
    return AnkiImportView(
        file=file,
        read=len(collection.cards),
        added=len(placed.added),
        updated=len(placed.updated),
        skipped=grouped(refused),
        reviews=AnswersView(len(collection.reviews), history.answers, history.known, history.left_out, history.by_hand),
        scheduled=history.schedules,
        decks=_decks(placed),
        files=tuple(str(written) for written in placed.texts),
        known=len(read) - len(placed.added) - len(placed.updated) - len(placed.kept),
        left_out=left_out + len(placed.kept),
        pictures=len({name for fact in cards.with_media for name in fact.media}),
        with_pictures=len(cards.with_media),
        only_pictures=sum(fact.bare for fact in cards.with_media),
    )


def check_track(track: str) -> None:
    """Raise UsageError for a track that there is not."""
    from mlcoach.domain.curriculum import TRACKS
    from mlcoach.errors import UsageError

    if track not in TRACKS:
        raise UsageError(f"no track `{track:.40}`", "tracks are " + ", ".join(TRACKS))


def check_files(context: "Context", placed: PlacedCards) -> None:
    """Raise InvalidFileError when a file to be written would be refused; then nothing is written.

    A file that an import made afresh and that is refused is a mistake of ours; one that the learner changed may be
    theirs.
    """
    from mlcoach.curriculum.read.parse import read_text

    for path, text in placed.texts.items():
        if len(text.encode()) > 2_000_000:
            raise InvalidFileError(f"`{path}` would grow over 2 MB", "split its subject into two")
        source = read_text(path, text)
        if not source.is_sound:
            problem = next(problem for problem in source.problems if problem.severity == "error")
            raise InvalidFileError(
                f"`{path}` would have an error in line {problem.line}: {problem.message}; nothing was imported",
                problem.hint,
            )


def _read_cards(collection: Collection, on_progress: OnProgress | None) -> _Cards:
    """Return the cards that ask something, and what they leave behind."""
    read: list[DeckCard] = []
    refused: list[tuple[str, str]] = []
    with_media: list[Fact] = []
    for done, (card, fact) in enumerate(facts(collection), start=1):
        if on_progress and (done % STEP == 0 or done == len(collection.cards)):
            on_progress(done, len(collection.cards))
        place = f"card {card.id}"
        if isinstance(fact, Refused):
            refused.append((place, fact.reason))
            continue
        if fact.media:
            with_media.append(fact)
        if fact.cut:
            refused.append((place, "the end of a text longer than a card can be"))
        deck = collection.decks.get(card.deck, "") or "Default"
        read.append(DeckCard(card.deck, deck, ImportedCard(f"c{card.id}", _keys(fact)), fact.source))
    # Decks in the order of their names, so that every import names their units alike.
    return _Cards(sorted(read, key=lambda one: (one.name, one.deck)), refused, with_media)


def _keys(fact: Fact) -> dict[str, str]:
    return {"cloze": fact.cloze} if fact.cloze else {"q": fact.question, "a": fact.answer}


def _decks(placed: PlacedCards) -> tuple[DeckView, ...]:
    counts: dict[str, int] = {}
    for number in placed.added:
        unit = placed.items[number].partition("/")[0]
        counts[unit] = counts.get(unit, 0) + 1
    return tuple(
        DeckView(unit, placed.units.get(unit, ""), count)
        for unit, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    )


class _History:
    """Answers and schedules as entries of the journal; counts those that are new."""

    def __init__(self, context: "Context", collection: Collection, placed: PlacedCards) -> None:
        self._context = context
        self._collection = collection
        self._placed = placed
        self._place = LocalDays(context.local, context.settings.get("rollover")).place
        self._now = context.instant.microseconds // 1000
        # Anki's first day begins at the rollover hour there; its middle is on that day by any clock.
        began = min(max(collection.began, 0), self._now // 1000)
        self._first_day = self._place((began + 8 * HOUR) * MICROSECONDS).study_day
        self._retention = context.settings.get("retention")
        self._set_by_hand: dict[int, int] = {}  # card -> when it was last set by hand, milliseconds since 1970
        self.answers = self.known = self.left_out = self.by_hand = 0
        self.schedules = 0

    def events(self, refused: list[tuple[str, str]]) -> list[NewEvent]:
        """Return the entries that are not in the journal yet, and note the invalid answers."""
        last: dict[str, int] = {}  # item -> its last answer here
        known: set[tuple[str, int]] = set()
        for answer in answers_of(self._context):
            known.add((answer.card, answer.instant))
            last[answer.card] = answer.instant
        scheduled = _schedules_known(self._context)
        kept = self._context.store.kept_here()
        new_in_anki = [item for card in self._collection.cards if not card.kind
                       and (item := self._placed.items.get(str(card.id)))]  # fmt: skip
        self._states = self._context.store.items([item for item in new_in_anki if item in last])
        found: list[str] = []  # answers that were kept without a card, and now have one
        reviews: dict[int, list[Review]] = {}
        for review in self._collection.reviews:
            if review.kind >= MANUAL or not review.rating:  # set by hand, not an answer
                self.by_hand += 1
                self._set_by_hand[review.card] = review.id
            else:
                reviews.setdefault(review.card, []).append(review)
        new: list[NewEvent] = []
        for card in self._collection.cards:
            item = self._placed.items.get(str(card.id))
            log = reviews.pop(card.id, [])
            reasons = [(review, self._wrong(review) if item else LEFT_OUT) for review in log]
            refused += [_at(review, reason) for review, reason in reasons if reason]
            counted = [review for review, reason in reasons if not reason]
            self.left_out += len(log) - len(counted)
            if item is None:
                continue
            new += self._answers(item, card, counted, known)
            new += self._begun_afresh(item, card, counted, last.get(item, 0))
            found += [kept[key] for review in log if (key := (str(card.id), review.id)) in kept]
            new += self._schedule(item, card, log, counted, scheduled)
            if str(card.id) in self._placed.added:
                marks: list[ItemMark] = ["suspended"] if card.suspended else []
                marks += ["flagged"] if card.flagged else []
                new += [NewEvent(ItemMarked(item, mark), self._context.today) for mark in marks]
        for log in reviews.values():
            refused += [_at(review, "an answer to a card that is not in the file") for review in log]
            self.left_out += len(log)
        if found:
            new.append(NewEvent(Revoked(tuple(found)), self._context.today))
        return new

    def _wrong(self, review: Review) -> str:
        """Return why an entry of the log is not an answer, "" for one that is."""
        if not 1 <= review.rating <= 4 or review.kind < LEARNING:
            return "a rating that is not 1 to 4"
        if review.kind == FILTERED and not review.factor:
            return "an answer while cramming, which does not affect scheduling"
        if not 0 < review.id <= self._now:
            return "a time still to come" if review.id > self._now else "a time before 1970"
        return ""

    def _answers(self, item: str, card: CardRow, log: list[Review], known: set[tuple[str, int]]) -> Iterable[NewEvent]:
        new: list[NewEvent] = []
        reviewed = False
        for number, review in enumerate(log, start=1):
            instant = review.id * 1000
            day, offset = self._place(instant)
            happened = LocalInstant(instant, offset)
            fresh_start = reviewed and review.kind == LEARNING
            reviewed = review.kind != LEARNING
            if (item, review.id) in known:
                self.known += 1
                continue
            if fresh_start:  # it was started again in between
                new.append(NewEvent(ItemMarked(item, "forgotten"), day, False, happened))
            due = self._due(card) if number == len(log) else None
            if due is None or due < day:
                due = self._due_after(review, day, instant)
            seconds = (min(max(review.milliseconds, 0), LONGEST_ANSWER) + 500) // 1000
            body = ItemGraded(item, review.rating, seconds, due.isoformat() if due else "", "", self._retention, ORIGIN)
            new.append(NewEvent(body, day, False, happened))
            self.answers += 1
        return new

    def _begun_afresh(self, item: str, card: CardRow, log: list[Review], last: int) -> Iterable[NewEvent]:
        """Return the mark of a card that was forgotten in Anki after its last answer, and not answered since."""
        if card.kind or not log or last > log[-1].id:
            return []
        state = self._states.get(item)
        if last == log[-1].id and not (state and state.repetitions):  # the mark is here already
            return []
        instant = min(max(self._set_by_hand.get(card.id, 0), log[-1].id + 1), self._now) * 1000
        day, offset = self._place(instant)
        return [NewEvent(ItemMarked(item, "forgotten"), day, False, LocalInstant(instant, offset))]

    def _due_after(self, review: Review, day: date, instant: int) -> date | None:
        """Return the day that an answer chose, None where the log does not say."""
        if 0 < review.interval <= recall.MAXIMUM_INTERVAL:
            return day + timedelta(days=review.interval)
        if -LONGEST_STEP <= review.interval < 0:
            return self._place(instant - review.interval * MICROSECONDS).study_day
        return None

    def _due(self, card: CardRow) -> date | None:
        """Return the study day a card is due, None for a new one and for an invalid number."""
        if card.kind not in (LEARNING + 1, REVIEW + 1, RELEARNING + 1) or card.due <= 0:
            return None
        if card.due >= SECONDS_FROM:
            last = self._now // 1000 + recall.MAXIMUM_INTERVAL * DAY
            return self._place(card.due * MICROSECONDS).study_day if card.due <= last else None
        return self._first_day + timedelta(days=card.due) if card.due <= 3 * recall.MAXIMUM_INTERVAL else None

    def _schedule(
        self, item: str, card: CardRow, log: list[Review], counted: list[Review], known: set[tuple[str, str, str]]
    ) -> Iterable[NewEvent]:
        """Return what Anki knows of a card beyond the answers in the file: its memory and the day it is due."""
        due = self._due(card)
        if due is None or (counted and card.answers <= len(log)):
            return []
        days = min(max(card.interval, 0), recall.MAXIMUM_INTERVAL)
        if card.memory:
            stability, difficulty = card.memory
        else:
            ease = card.ease / 1000 if 1000 < card.ease < 10_000 else 2.5
            stability, difficulty = recall.from_sm2(ease, max(days, 1), RETENTION_OF_SM2)
        stability = min(max(stability, 0.001), float(recall.MAXIMUM_INTERVAL))
        difficulty = min(max(difficulty, 1.0), 10.0)
        today = self._context.today
        if 0 < card.last * 1000 <= self._now:
            day = self._place(card.last * MICROSECONDS).study_day
        else:
            day = min(due - timedelta(days=days), today) if due.toordinal() > days else today
        happened = LocalInstant(self._middle_of(day), self._place(self._middle_of(day)).offset)
        if counted:
            last = self._place(counted[-1].id * 1000)
            if last.study_day >= day:
                day, happened = last.study_day, LocalInstant(counted[-1].id * 1000, last.offset)
        body = ItemScheduled(item, due.isoformat(), stability, difficulty, ORIGIN)
        if (item, body.due, day.isoformat()) in known:
            return []
        self.schedules += 1
        return [NewEvent(body, day, False, happened)]

    def _middle_of(self, day: date) -> int:
        """Return an instant in the middle of a study day, in microseconds since 1970 UTC."""
        from mlcoach.domain.time.local_days import EPOCH

        hours: int = self._context.settings.get("rollover") + 12
        naive = ((day.toordinal() - EPOCH) * DAY + hours * HOUR) * MICROSECONDS
        return naive - self._place(naive).offset * 60 * MICROSECONDS


LONGEST_STEP = 10 * DAY  # seconds


def _at(review: Review, reason: str) -> tuple[str, str]:
    return f"card {review.card}", reason


def _schedules_known(context: "Context") -> set[tuple[str, str, str]]:
    """Return (item, due, study day) of the schedules that came before and count."""
    aliases = context.catalog.aliases()
    return {(aliases.get(item, item), due, day) for item, due, day in context.store.schedules()}
