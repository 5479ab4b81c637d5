"""The current item of a review session, the steps taken, and both as views."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.domain.day.review_queue import QueueEntry
from mlcoach.domain.events import Attempted
from mlcoach.domain.memory import recall
from mlcoach.domain.memory.items import ItemState
from mlcoach.domain.memory.ratings import AGAIN, HARD
from mlcoach.services.cards import text
from mlcoach.services.day.status import minutes_view, streak_view
from mlcoach.services.day.steps import step_finished
from mlcoach.services.review import items as review_items
from mlcoach.views.review import CurrentItemView, HardView, Phase, SummaryView, TypedVerdict

if TYPE_CHECKING:
    from mlcoach.adapters.practice.typed_items import AskedItem
    from mlcoach.services.context import Context

MOST_HARD = 6
LETTERS = ("formula", "text")  # of these answers letters are part


class CurrentItem(NamedTuple):
    """The item being asked, as far as it was opened. `since` is when it came, less what was spent on it before."""

    serial: int
    since: float
    phase: Phase = "question"
    hints: int = 0
    typed: str = ""
    verdict: TypedVerdict = ""
    graded: int = 0
    intervals: tuple[int, ...] = ()
    confidence: int = 0
    tried: tuple[Attempted, ...] = ()  # typed answers that were judged
    tried_events: tuple[str, ...] = ()  # their ids, without that of the last one where a grade followed
    feedback: str = ""
    brings: str = ""  # the card that explains the mistake
    keys_act: bool = False  # letters are keys although an answer is to be typed


class SessionStep(NamedTuple):
    """One thing done that `u` takes back: the queue and the current item before, and the ids of what was written."""

    waiting: tuple[QueueEntry, ...]
    finished: int
    current: CurrentItem
    events: tuple[str, ...]
    rating: int = 0  # 0 for a mark
    seconds: int = 0
    lapsed: bool = False
    asked: Card | Exercise | None = None  # with the numbers it had
    finishes: bool = False  # the step of its unit
    mark: str = ""  # buried, suspended, flagged or unflagged

    @property
    def item(self) -> str:
        """The item it was done to."""
        return self.waiting[0].head.id


def current_item_view(
    context: "Context",
    entry: QueueEntry,
    current: CurrentItem,
    state: ItemState,
    steps: Sequence[SessionStep],
    asked: "AskedItem",
    *,
    backwards: bool,
) -> CurrentItemView:
    """Return the current item; its place in the session and the note are filled in by the session."""
    subject = asked.subject
    answers = [step for step in steps if step.rating and step.item == entry.head.id]
    before = [step for step in answers if step.current.serial != current.serial]
    slipped = any(step.lapsed for step in before)
    shown = CurrentItemView(
        serial=current.serial,
        position=0,
        total=0,
        item=entry.head.id,
        kind=entry.head.kind,
        form=subject.form if isinstance(subject, Card) else "exercise",
        unit=entry.head.unit,
        unit_title=context.catalog.units[entry.head.unit].title,
        is_new=not before and not entry.due,
        repeated=bool(before),
        flagged=state.flagged,
        phase=current.phase,
        title="",
        question="",
        answer="",
        code="",
        language="",
        hints=(),
        hints_left=0,
        check="",
        typed=current.typed,
        verdict=current.verdict,
        graded=current.graded,
        intervals=current.intervals,
        minutes=0,
        changed=text.has_changed(state, text.load_item(context, entry.head.id)),
        leech_lapses=state.lapses if slipped and recall.is_leech(state.lapses) else 0,
        note="",
        typing=asked.typing,
        solution=asked.solution if isinstance(subject, Card) else "",
        judged=current.tried[-1].answer if current.tried else "",
        feedback=current.feedback,
        brings=text.one_line_question(text.load_item(context, current.brings)) if current.brings else "",
        anew=asked.anew and not current.graded,
        keys_act=current.keys_act,
    )
    if isinstance(subject, Card):
        return _with_card(shown, subject, backwards=backwards)
    return _with_exercise(shown, subject, current, entry.head.minutes)


def _with_card(shown: CurrentItemView, card: Card, *, backwards: bool) -> CurrentItemView:
    question, answer = card.question, card.answer
    if card.reverse and backwards:
        question, answer = answer, question
    if card.form == "numeric" and card.tolerance and card.vary is None:
        answer = f"{answer} (± {card.tolerance:g})"
    return shown._replace(question=question, answer=answer, code=card.code, language=card.language)


def _with_exercise(shown: CurrentItemView, exercise: Exercise, current: CurrentItem, minutes: float) -> CurrentItemView:
    return shown._replace(
        title=exercise.title,
        question=exercise.prompt,
        answer=exercise.solution,
        hints=exercise.hints[: current.hints],
        hints_left=len(exercise.hints) - current.hints,
        check=exercise.check,
        minutes=max(1, round(minutes)),
        checked=exercise.code is not None,
    )


def summary_view(context: "Context", steps: Sequence[SessionStep]) -> SummaryView:
    """Return the summary of a session, from the steps that stayed."""
    answers = [step for step in steps if step.rating]
    firsts: dict[str, SessionStep] = {}
    for step in answers:
        firsts.setdefault(step.item, step)
    old = [step for step in firsts.values() if step.waiting[0].due]
    hard = list(dict.fromkeys(step.item for step in answers if step.rating <= HARD))
    return SummaryView(
        answers=len(answers),
        items=len(firsts),
        due=len(old),
        recalled=sum(step.rating != AGAIN for step in old),
        new=len(firsts) - len(old),
        seconds=sum(step.seconds for step in answers),
        hard=tuple(_hard(context, item, answers) for item in hard[:MOST_HARD]),
        left=review_items.due_count(context),
        minutes_of_day=minutes_view(context, context.store.day(context.today)),
        streak=streak_view(context),
        streak_shown=context.settings.get("streak"),
        marked_last=bool(steps) and not steps[-1].rating,
        finished=tuple(step_finished(context, step.item) for step in answers if step.finishes),
        put_off=_marked(context, steps, "buried"),
        set_aside=_marked(context, steps, "suspended"),
        put_off_ids=tuple(step.item for step in steps if step.mark == "buried"),
        set_aside_ids=tuple(step.item for step in steps if step.mark == "suspended"),
    )


def _marked(context: "Context", steps: Sequence[SessionStep], mark: str) -> tuple[str, ...]:
    """Return the questions of the items that were given a mark."""
    found = [context.catalog.item(step.item) or step.item for step in steps if step.mark == mark]
    return tuple(one if isinstance(one, str) else text.one_line_question(one) for one in found)


def _hard(context: "Context", item: str, answers: Sequence[SessionStep]) -> HardView:
    asked = next((step.asked for step in answers if step.item == item and step.rating <= HARD), None)
    subject = asked or context.catalog.item(item)
    slipped = any(step.lapsed for step in answers if step.item == item)
    state = review_items.item_state(context, item) or ItemState()
    question = text.one_line_question(subject) if subject else item
    if isinstance(subject, Card) and subject.code:
        # "What does this print?" says little by itself.
        question += f" · {subject.code.strip().splitlines()[-1].strip()}"
    return HardView(item, question, slipped and recall.is_leech(state.lapses))
