"""One pass over a paper, walked through on a screen: its steps ticked and answered, its minutes counted, its verdict.

Everything is saved as it is given. Leaving in the middle loses nothing: the time is logged, the ticks stay.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from mlcoach.domain.events import TimeLogged
from mlcoach.domain.keys import WORDS
from mlcoach.domain.papers.ids import short_id
from mlcoach.domain.papers.pace import allowed
from mlcoach.domain.papers.passes import PASSES, VERDICT_MEANINGS, VERDICTS
from mlcoach.domain.time.durations import format_duration, parse_duration
from mlcoach.errors import MlcoachError, UsageError
from mlcoach.services import names
from mlcoach.services.papers import cards, links, passes
from mlcoach.services.papers.paper_catalog import paper_catalog
from mlcoach.services.papers.show import whole
from mlcoach.services.papers.state import stored_state
from mlcoach.services.record import record
from mlcoach.views.papers.passes import FinishedView
from mlcoach.views.papers.walk import WalkView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

Ask = Callable[[str], str]
VERDICT_WORDS = "; ".join(f"{verdict}: {meaning}" for verdict, meaning in VERDICT_MEANINGS.items())
FAR_OVER = 2  # times the minutes of a pass; then the clock is not believed without asking
LEAST_SECONDS = 60  # less than a minute is a look, not study
MOST_SECONDS = 4 * 3600  # at a stretch; whoever comes back after longer was away


def begin(context: "Context", name: str = "") -> str:
    """Return the paper to walk through: the one named, else the one whose turn it is. A bundled one joins the queue.

    Raises UsageError where none waits, or it is not open, and as `names.paper` does.
    """
    from mlcoach.domain.papers import paper_source
    from mlcoach.domain.papers.ids import paper_id
    from mlcoach.services.papers import add as papers_add

    key = paper_id(name) or name.lower() if name else passes.current_paper(context)
    if not key:
        raise UsageError("no paper is waiting to be read", "`mlcoach paper suggest` names some")
    if context.store.paper_row(key) is None:
        if key in paper_catalog(context):
            papers_add.add(context, [key], paper_source.Details(), context.today)
        else:
            key = names.paper(context, name)
    passes.open_state(context, key)
    return key


class Walk:
    """A pass under way. `press` takes the name of a key, `view` is what the screen shows."""

    def __init__(
        self, context: "Context", key: str, clock: Callable[[], float], ask: Ask, opener: Callable[[str], None]
    ) -> None:
        """Begin. `clock` counts seconds, `ask` gets a line from the learner ("" for nothing)."""
        self._context = context
        self._key = key
        self._clock = clock
        self._ask = ask
        self._opener = opener
        self._began = clock()
        self._note = ""
        self._paper = whole(context, key, stored_state(context, key))
        self._cursor = self._next_open(0)
        self.finished: FinishedView | None = None
        self.logged_minutes = 0
        self.done = False
        self.interrupted = False

    def view(self) -> WalkView:
        """Return the pass as it is."""
        return WalkView(
            self._paper, self._cursor, self._seconds(), self._paper.budget_minutes, self._note, self._on_timer()
        )

    def press(self, key: str) -> None:
        """Do what a key asks for. What cannot be done is said in the view, and nothing is lost."""
        if key == "tick":
            return
        self._note = ""
        self._context.tick()
        try:
            self._do(key)
        except MlcoachError as error:
            self._note = f"{error.message}; {error.hint}" if error.hint else error.message

    def _do(self, key: str) -> None:
        if key == "ctrl-c":
            self.interrupted = True
            self._leave()
        elif key == WORDS:
            self._note = "letters are keys here; a opens a line for your answer to this step"
        elif action := self._actions.get(key):
            action(self)

    def _down(self) -> None:
        self._cursor = min(self._cursor + 1, len(self._paper.checklist) - 1)

    def _up(self) -> None:
        self._cursor = max(self._cursor - 1, 0)

    def _open(self) -> None:
        opened = links.open_paper(self._context, self._key, self._opener)
        self._note = f"opened {opened.target}"

    def _toggle(self) -> None:
        if not self._paper.checklist:
            return
        step = self._paper.checklist[self._cursor]
        passes.check(self._context, self._key, [step.id], self._context.today, done=not step.done)
        self._look_again()
        if not step.done:
            self._note = "ticked"
            self._cursor = self._next_open(self._cursor)
            if all(one.done for one in self._paper.checklist):
                self._note = "every step is ticked; d ends the pass"

    def _answer(self) -> None:
        if not self._paper.checklist:
            return
        step = self._paper.checklist[self._cursor]
        if step.id == "references":
            self._note = "c marks a paper of the references that you have read"
        text = self._ask(f"{step.text} (enter: none):")
        if text.strip():
            passes.check(self._context, self._key, [step.id], self._context.today, done=True, answer=text)
            self._look_again()
            self._cursor = self._next_open(self._cursor)

    def _own_question(self) -> None:
        text = self._ask("Your question (enter: none):")
        if text.strip():
            links.ask(self._context, self._key, text, self._context.today)
            self._look_again()
            self._cursor = len(self._paper.checklist) - 1

    def _reference(self) -> None:
        word = self._ask("Which paper of the references have you read? Its id, or words of its title (enter: none):")
        if word.strip():
            cited = links.cite(
                self._context, self._key, [word], self._context.today, read=True, queue=False, there=True
            )
            self._look_again()
            self._note = f"it cites {', '.join(one.title for one in cited.cited)}, which you have read"

    def _term(self) -> None:
        term = self._ask("Term (enter: none):")
        meaning = self._ask(f"What {term.strip()} means, in your own words (enter: none):") if term.strip() else ""
        if meaning.strip():
            made = cards.term(self._context, self._key, term, meaning)
            self._look_again()
            self._note = f"a card of yours now: {made.item}"

    def _finish(self) -> None:
        last = self._paper.reading_pass == PASSES[-1]
        verdict = "stop" if last else self._verdict()
        if not verdict:
            self._note = "nothing was decided: the pass stays open"
            return
        seconds = self._real_seconds()
        sentence = self._ask("One sentence that stays of it (enter: none):")
        changed = self._ask("What it changed your mind about (enter: nothing):") if verdict != "later" else ""
        self.finished = passes.finish(
            self._context,
            self._key,
            verdict,
            self._context.today,
            seconds=seconds,
            note=sentence,
            changed=changed,
        )
        self.done = True

    def _verdict(self) -> str:
        """Return the verdict, asked until it is one; "" for none."""
        *others, last = VERDICTS
        question = f"{VERDICT_WORDS}\nVerdict: {', '.join(others)} or {last} (enter: not yet):"
        asked = question
        while answer := self._ask(asked).strip():
            try:
                return passes.verdict_of(answer)
            except UsageError as error:
                asked = f"{error.message}; {error.hint}\n{question}"
        return ""

    def _real_seconds(self) -> int:
        """Return the time to record: what the clock says, or what the learner does where it ran on over lunch."""
        seconds = self._seconds()
        usual = allowed(self._paper.budget_minutes, own=self._paper.own_pace)
        if seconds < FAR_OVER * usual * 60 or self._on_timer():
            return seconds
        given = self._ask(
            f"The clock says {format_duration(seconds // 60)}; how long was it really (enter: that long):"
        )
        return parse_duration(given) * 60 if given.strip() else seconds

    def _leave(self) -> None:
        """End without a verdict; the time so far is study of this paper, unless a timer counts it already."""
        self.done = True
        seconds = self._seconds()
        if seconds >= LEAST_SECONDS and self._context.store.timer() is None:
            record(self._context, TimeLogged(seconds, paper=self._key))
            self.logged_minutes = seconds // 60

    def _look_again(self) -> None:
        self._paper = whole(self._context, self._key, stored_state(self._context, self._key))

    def _next_open(self, start: int) -> int:
        """Return the next step that is not ticked, from a place on, else around from the first."""
        steps = self._paper.checklist
        order = [*range(start, len(steps)), *range(min(start, len(steps)))]
        return next((place for place in order if not steps[place].done), min(start, max(0, len(steps) - 1)))

    def _seconds(self) -> int:
        return int(min(MOST_SECONDS, max(0.0, self._clock() - self._began)))

    def _on_timer(self) -> bool:
        return self._context.store.timer() is not None

    _actions: ClassVar[dict[str, Callable[[Any], None]]] = {
        "down": _down, "j": _down, "up": _up, "k": _up, "space": _toggle, "enter": _toggle, "a": _answer,
        "m": _own_question, "c": _reference, "w": _term, "o": _open, "d": _finish, "q": _leave, "escape": _leave,
        "end": _leave,
    }  # fmt: skip

    def left(self) -> str:
        """Return how the walk can be taken up again."""
        return f"mlcoach paper read {short_id(self._key)}"
