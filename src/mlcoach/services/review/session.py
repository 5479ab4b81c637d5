"""A review session: one current item, keys in, every answer written as it is given.

A session knows nothing of terminals: it takes the names of keys and shows the current item. The clock it is given
counts seconds and never goes back; what day and time it is, the context says again for each answer.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from mlcoach.adapters.practice.typed_items import AskedItem, attempt, feedback, judge, proposal
from mlcoach.domain.answers import is_right, parse_number
from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.day.review_queue import QueueEntry
from mlcoach.domain.event_keys import is_circumstance
from mlcoach.domain.events import Attempted, ItemMarked, Revoked
from mlcoach.domain.keys import WORDS
from mlcoach.domain.memory.items import ItemState
from mlcoach.domain.memory.ratings import AGAIN, GOOD, RATING_NAMES
from mlcoach.errors import MlcoachError
from mlcoach.services.practice.typed import ask, explaining_card
from mlcoach.services.record import record
from mlcoach.services.review import grade, items
from mlcoach.services.review.current_item import LETTERS, CurrentItem, SessionStep, current_item_view, summary_view
from mlcoach.services.review.typed_keys import how_it_went, is_answerable, is_refused, is_typed, typed_after, words_note
from mlcoach.views.review import CurrentItemView, ItemForm, Phase, SummaryView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

COMES_BACK_AFTER = 8  # cards: far enough to be a recall, near enough to be in this session
# An exercise left open counts for three times its estimate at most, and for an hour in any case.
EXERCISE_PATIENCE, EXERCISE_HOUR = 3, 3600
RATING_KEYS = {str(rating): rating for rating in RATING_NAMES}
REVEALING = ("space", "enter")


class Manner(NamedTuple):
    """How a session asks. `confidence`: how sure one is first; `reverse`: from behind; `seconds`: of a clock, or 0."""

    confidence: bool = False
    reverse: bool = False
    seconds: int = 0


USUAL = Manner()


class ReviewSession:
    """Asks the entries in turn. `edit` changes an item in the learner's editor and returns a word about it."""

    def __init__(
        self,
        context: "Context",
        entries: Sequence[QueueEntry],
        clock: Callable[[], float],
        edit: Callable[[str], str] | None = None,
        manner: Manner = USUAL,
    ) -> None:
        self._context = context
        self._clock = clock
        self._edit = edit
        self._manner = manner
        self._waiting = tuple(entries)
        self._finished = 0
        self._steps: list[SessionStep] = []
        self._backwards: dict[str, bool] = {}
        self._note = ""
        self._current = CurrentItem(0, 0.0)
        self._asked_as: tuple[int, AskedItem] | None = None
        self.done = self.interrupted = False
        self._began = clock()
        self._deal()

    def press(self, key: str) -> None:
        """Do what a key asks for; unknown keys do nothing. Raises StoreError when an answer cannot be written."""
        self._note = ""
        if self.done:
            return
        if key in ("ctrl-c", "end") or (key == "q" and not self._is_typing(key)):
            self.done, self.interrupted = True, key == "ctrl-c"
        elif self._current.phase == "confidence" and key in RATING_KEYS:
            self._say_confidence(int(key))
        elif key == "escape" and self._takes_answer() and not self._current.typed:
            self._current = self._current._replace(keys_act=not self._current.keys_act)
        elif self._is_typing(key):
            self._type(key)
        elif key == WORDS or (self._refuses_letters() and is_refused(key)):
            self._note = words_note(self._current.phase, self._form(), numbers=self._refuses_letters())
        elif key in REVEALING:
            self._go_on(key)
        elif key in RATING_KEYS:
            self._rate(RATING_KEYS[key])
        elif action := self._actions.get(key):
            action(self)

    def _is_typing(self, key: str) -> bool:
        return is_typed(key, self._current, self._asked().typing, self._form())

    def _takes_answer(self) -> bool:
        return self._current.phase == "question" and bool(self._asked().typing or self._form() == "numeric")

    def _refuses_letters(self) -> bool:
        return self._takes_answer() and not self._current.keys_act

    def takes_text(self) -> bool:
        """Return whether letters are part of what is typed now."""
        return not self.done and self._refuses_letters() and self._asked().typing in LETTERS

    def takes_grade_of_number(self) -> bool:
        """Return whether a digit grades a card at which a number was typed: another number may be meant."""
        return not self.done and self._current.phase == "answer" and self._asked().typing in ("number", "vector")

    def _type(self, key: str) -> None:
        typed = typed_after(self._current.typed, key, self._asked().typing)
        self._current = self._current._replace(typed=typed)

    def _go_on(self, key: str) -> None:
        """Open what comes next: an exercise's check, the answer; after a number that was judged, the next item."""
        current = self._current
        if current.graded:
            self._leave(current.graded)
        elif current.phase == "confidence":
            self._note = "1 to 4 say how sure you are"
        elif self._asks_confidence() and is_answerable(self._asked(), current.typed):
            self._current = current._replace(phase="confidence")
        elif current.phase == "question" and current.typed:
            self._judge()
        elif current.phase == "question" and isinstance(subject := self._subject(), Exercise) and subject.check:
            self._open("check")
        elif current.phase != "answer":
            self._open("answer")
        else:
            self._note = how_it_went(self._form())

    def _show_unknown(self) -> None:
        """Show the answer to who does not know it; sure of it they are not."""
        if self._current.phase == "question" and not self._current.typed:
            self._current = self._current._replace(confidence=int(self._manner.confidence))
            self._open("answer")
            self._note = f"1 where you did not know it; {how_it_went(self._form())}"

    def _asks_confidence(self) -> bool:
        return self._current.phase == "question" and self._manner.confidence and not self._current.confidence

    def _say_confidence(self, confidence: int) -> None:
        """Remember how sure the learner is, and go on to where the question led."""
        self._current = self._current._replace(phase="question", confidence=confidence)
        self._go_on("space")

    def _open(self, phase: Phase) -> None:
        self._current = self._current._replace(phase=phase, intervals=self._current.intervals or self._intervals())

    def _intervals(self) -> tuple[int, ...]:
        """Return the days that the four answers would give now."""
        return grade.next_intervals(self._context, self._item())

    def _judge(self) -> None:
        """Compare what was typed with the answer, and write down what the comparison says."""
        if self._asked().typing:
            self._judge_typed()
            return
        card = self._subject()
        assert isinstance(card, Card) and card.number is not None
        numbers = parse_number(self._current.typed)
        if not numbers:
            self._note = f"`{self._current.typed}` is not a number; write it like 3, -2.5, 2/3 or 1e-3"
            return
        right = is_right(numbers, card.number, card.tolerance)
        rating = GOOD if right else AGAIN
        intervals = self._intervals()
        self._write(rating)
        self._current = self._current._replace(
            phase="answer", verdict="right" if right else "wrong", graded=rating, intervals=intervals
        )

    def _judge_typed(self) -> None:
        """Judge a typed answer: a right one is graded, a wrong one may be tried once more, no answer costs nothing."""
        current, asked = self._current, self._asked()
        judged = judge(asked, current.typed)
        if judged.fault:
            self._note = judged.fault
            return
        seconds = self._seconds() - sum(one.seconds for one in current.tried)
        made = attempt(asked, judged, current.typed, max(0, seconds), current.hints)
        tried = (*current.tried, made)
        rating = proposal(asked, tried, self._waiting[0].head.minutes * 60)
        brings = "" if judged.right else explaining_card(self._context, judged)
        self._current = current._replace(
            tried=tried, verdict="right" if judged.right else "wrong", feedback=feedback(asked, judged), brings=brings
        )
        if rating is None:
            ids = self._write_attempt(made)
            self._current = self._current._replace(tried_events=(*current.tried_events, *ids), typed="")
            self._note = "once more; or space shows the answer"
        else:
            intervals = self._intervals()
            self._write(rating, made)
            self._current = self._current._replace(phase="answer", graded=rating, intervals=intervals)
        if brings:
            self._bring_back(brings)

    def _bring_back(self, card: str) -> None:
        """Let the card that explains a mistake come next."""
        entry, *rest = self._waiting
        found = next((other for other in rest if other.head.id == card), None)
        state = items.item_state(self._context, card) or ItemState()
        if card == entry.head.id or state.suspended:
            return
        found = found or QueueEntry(self._context.catalog.heads([card])[card], state.due)
        self._waiting = (entry, found, *(other for other in rest if other.head.id != card))

    def _rate(self, rating: int) -> None:
        current = self._current
        if current.phase in ("question", "confidence"):
            self._note = "space shows the answer first"
        elif not current.graded:
            self._write(rating)
            self._leave(rating)
        elif rating == current.graded:
            self._leave(rating)
        else:
            # The learner knows better than the comparison: its answer is taken back and this one takes its place.
            judged = self._steps[-1]
            kept = judged.current.tried_events  # the tries before it stay
            self._revoke_events(tuple(id for id in judged.events if id not in kept))
            self._steps.pop()
            self._current = judged.current._replace(since=current.since)
            self._write(rating, current.tried[-1] if current.tried else None)
            self._leave(rating)

    def _hint(self) -> None:
        subject = self._subject()
        if not isinstance(subject, Exercise) or not subject.hints:
            self._note = "there are no hints to this one"
        elif self._current.hints >= len(subject.hints):
            self._note = "that was the last hint"
        else:
            self._current = self._current._replace(hints=self._current.hints + 1)

    def _bury(self) -> None:
        self._context.tick()
        self._mark(ItemMarked(self._item(), "buried", (self._context.today + timedelta(days=1)).isoformat()))
        self._drop()
        self._note = "put off until tomorrow; u takes it back"

    def _suspend(self) -> None:
        self._mark(ItemMarked(self._item(), "suspended"))
        self._drop()
        self._note = "set aside, it will not be asked again; u takes it back"

    def _flag(self) -> None:
        flagged = self._state().flagged
        self._mark(ItemMarked(self._item(), "unflagged" if flagged else "flagged"))
        self._note = "the flag is off" if flagged else "flagged"

    def _change(self) -> None:
        if self._edit is None:
            self._note = "editing needs a terminal"
            return
        left = self._clock()
        try:
            self._note = self._edit(self._item())
        except MlcoachError as error:
            self._note = ". ".join(filter(None, (error.message, error.hint)))
        self._asked_as = None
        # Time in the editor is not time spent recalling.
        self._current = self._current._replace(since=self._current.since + self._clock() - left)
        if self._context.catalog.item(self._item()) is None:
            self._drop()

    def undo(self) -> None:
        """Take back the last thing done in this session and make its item the current one again."""
        if self._current.tried_events and not self._current.graded:
            self._revoke_events(self._current.tried_events)
            self._current = CurrentItem(self._current.serial + 1, self._current.since)
            self._note = "taken back"
            return
        if not self._steps:
            self._note = "nothing was done yet"
            return
        step = self._steps[-1]
        self._revoke_events(self._steps.pop().events)
        self._waiting, self._finished = step.waiting, step.finished
        since = self._clock() - step.seconds
        self._current = step.current._replace(
            serial=self._current.serial + 1, since=since, tried=(), tried_events=(), verdict="", feedback="", brings=""
        )
        self._note = "taken back"

    _actions: ClassVar[dict[str, Callable[[Any], None]]] = {
        "?": _show_unknown, "u": undo, "h": _hint, "b": _bury, "s": _suspend, "f": _flag, "e": _change,
    }  # fmt: skip

    # Writing --------------------------------------------------------------------------------------------------

    def _write(self, rating: int, made: Attempted | None = None) -> None:
        """Write an answer, with the typed one it follows from; when this returns it is on disk."""
        self._context.tick()
        seconds, asked = self._seconds(), self._asked().subject
        answer = grade.record_answer(
            self._context, self._item(), rating, seconds, self._context.today, self._current.confidence, made
        )
        ids = (*self._current.tried_events, *(event.id for event in answer.events))
        made_of = (rating, seconds, answer.lapsed, asked, answer.finishes_step)
        self._steps.append(SessionStep(self._waiting, self._finished, self._current, ids, *made_of))

    def _write_attempt(self, made: Attempted) -> tuple[str, ...]:
        """Write a typed answer after which another try is left, and return the ids of what was written."""
        self._context.tick()
        events = record(self._context, made)
        return tuple(event.id for event in events if not is_circumstance(event.body))

    def _mark(self, body: ItemMarked) -> None:
        self._context.tick()
        events = record(self._context, *grade.adoptions(self._context, body.item), body)
        ids = tuple(event.id for event in events if not is_circumstance(event.body))
        self._steps.append(SessionStep(self._waiting, self._finished, self._current, ids, mark=body.mark))

    def _revoke_events(self, events: tuple[str, ...]) -> None:
        self._context.tick()
        record(self._context, Revoked(events), opens_day=False)

    def _seconds(self) -> int:
        """Return the seconds spent on the current item, without the time it was left alone."""
        head = self._waiting[0].head
        spent = round(max(0.0, self._clock() - self._current.since))
        if head.kind == "exercise":
            spent = min(spent, max(EXERCISE_HOUR, round(EXERCISE_PATIENCE * head.minutes * 60)))
        return grade.counted_seconds(self._context, head.id, spent)

    # The queue ------------------------------------------------------------------------------------------------

    def _leave(self, rating: int) -> None:
        """Go to the next item. A card that was not recalled comes back later; an exercise has taken its time."""
        entry, *rest = self._waiting
        if rating == AGAIN and entry.head.kind == "card":
            cards = next((index for index, other in enumerate(rest) if other.head.kind != "card"), len(rest))
            rest.insert(min(COMES_BACK_AFTER, cards), entry)
        self._waiting = tuple(rest)
        self._finished += 1
        self._deal()

    def _drop(self) -> None:
        """Take the item off the queue, wherever it is in it."""
        item = self._item()
        self._waiting = tuple(entry for entry in self._waiting if entry.head.id != item)
        self._finished += 1
        self._deal()

    def _deal(self) -> None:
        """Make the next item the current one."""
        while self._waiting and self._context.catalog.item(self._item()) is None:
            self._waiting = self._waiting[1:]
        left = self._manner.seconds - (self._clock() - self._began)
        self.done = not self._waiting or (self._manner.seconds > 0 and left <= 0)
        if self._manner.seconds and not self.done:
            self._note = f"{max(1, round(left / 60))} minutes left on the clock"
        self._current = CurrentItem(self._current.serial + 1, self._clock())

    def _item(self) -> str:
        return self._waiting[0].head.id

    def _subject(self) -> Card | Exercise:
        return self._asked().subject

    def _asked(self) -> AskedItem:
        """Return the current item as it is asked; its numbers stay while it is the current one."""
        serial = self._current.serial
        if self._asked_as is None or self._asked_as[0] != serial:
            item = self._item()
            unwritten = sum(step.item == item and bool(step.rating) and not step.events for step in self._steps)
            self._asked_as = serial, ask(self._context, item, unwritten)
        return self._asked_as[1]

    def _form(self) -> ItemForm:
        subject = self._subject()
        return subject.form if isinstance(subject, Card) else "exercise"

    def _state(self) -> ItemState:
        return items.item_state(self._context, self._item()) or ItemState()

    # What there is to see -------------------------------------------------------------------------------------

    def view(self) -> CurrentItemView:
        """Return the current item. There must be one: `done` says when not."""
        item, state = self._item(), self._state()
        # A card that goes both ways is asked the other way round every second time; within a session it stays.
        backwards = self._backwards.setdefault(item, self._manner.reverse or state.repetitions % 2 == 1)
        shown = current_item_view(
            self._context, self._waiting[0], self._current, state, self._steps, self._asked(), backwards=backwards
        )
        position, exercises = self._finished + 1, sum(entry.head.kind == "exercise" for entry in self._waiting)
        total = self._finished + len(self._waiting)
        return shown._replace(position=position, total=total, note=self._note, exercises=exercises)

    def summary(self) -> SummaryView:
        """Return the summary of this session."""
        self._context.tick()
        return summary_view(self._context, self._steps)
