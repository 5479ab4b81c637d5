"""A placement on a screen: one question at a time, keys in, every answer written as it is given."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.domain.cloze import filled_in, with_blanks
from mlcoach.domain.events import Revoked
from mlcoach.domain.keys import WORDS, typed_letter
from mlcoach.domain.placement.placement import MOST
from mlcoach.errors import UsageError
from mlcoach.services.placement.before import waiting_before
from mlcoach.services.placement.place import Placement, look, read_answer, write_answer
from mlcoach.services.placement.questions import answer_of, card_of, form_of
from mlcoach.services.placement.scope import PlacementScope
from mlcoach.services.record import record
from mlcoach.services.review.current_item import LETTERS
from mlcoach.services.review.typed_keys import LONGEST_TYPED, NUMBER_KEYS, VECTOR_KEYS
from mlcoach.views.placement.placement import PlacementScreenView

if TYPE_CHECKING:
    from mlcoach.adapters.practice.typed_items import AskedItem
    from mlcoach.services.context import Context

UNKNOWN = "?"  # the key for "I don't know"
KNEW = {"1": False, "2": False, "3": True, "4": True}  # no, not quite, yes, at once


class Shown(NamedTuple):
    """The question on the screen, as far as it was opened. `since` is when it came."""

    serial: int
    since: float
    typed: str = ""
    opened: bool = False
    right: bool | None = None  # what a typed answer was judged
    keys_act: bool = False  # letters are keys although a text is to be typed


class PlacementSession:
    """Asks until it is done. `clock` counts seconds and never goes back; after `minutes` no new question comes."""

    def __init__(
        self, context: "Context", scope: PlacementScope, clock: Callable[[], float], minutes: int | None = None
    ) -> None:
        self._context, self._scope, self._clock = context, scope, clock
        self._ends = None if minutes is None else clock() + minutes * 60
        self._placed = self._before = look(context, scope)
        self._shown = Shown(1, clock())
        self._written: list[tuple[str, ...]] = []
        self._note = ""
        self.interrupted = False
        self.stopped = False
        self.done = self._placed.question is None
        self._of_all = self._left() if scope.alone else 0

    def _left(self) -> int:
        return len(waiting_before(self._context, self._scope.alone, self._placed.state))

    @property
    def _position(self) -> int:
        """How many questions were answered: of this placement, or of those of one unit."""
        return self._of_all - self._left() if self._of_all else self._placed.state.asked

    @property
    def answered(self) -> int:
        """How many answers of this session stayed."""
        return len(self._written)

    def press(self, key: str) -> None:
        """Do what a key asks for; unknown keys do nothing. Raises StoreError when an answer cannot be written."""
        self._note = ""
        if self.done:
            return
        if key == WORDS:
            self._note = "to think or write is enough here: space shows the answer"
        elif key in ("ctrl-c", "end"):
            self.done = self.stopped = True
            self.interrupted = key == "ctrl-c"
        elif self._shown.right is not None:
            self._after_typed(key)
        elif key == UNKNOWN and not self._shown.typed:
            self._give_up()
        elif key == "escape" and self._takes_letters() and not self._shown.typed:
            self._shown = self._shown._replace(keys_act=not self._shown.keys_act)
        elif self._takes(key):
            self._type(key)
        elif key == "q":
            self.done = self.stopped = True
        elif key == "u":
            self._take_back()
        elif key in ("enter", "space"):
            self._open()
        elif key in KNEW:
            self._grade(KNEW[key])
        elif len(key) == 1 and key.isalpha() and form_of(self._asked()) in ("number", "vector"):
            self._note = f"digits please: a number is asked for; {UNKNOWN} says that you do not know it"

    def view(self) -> PlacementScreenView:
        """Return what there is to see. There must be a question: `done` says when not."""
        shown, asked = self._shown, self._asked()
        card = card_of(asked)
        cloze = card.form == "cloze"
        answer = answer_of(asked) if shown.opened or shown.right is not None else ""
        return PlacementScreenView(
            serial=shown.serial,
            position=self._position + (shown.right is None),
            most=self._of_all or MOST,
            of_all=bool(self._of_all),
            title=self._context.catalog.units[card.unit].title,
            text=(filled_in if cloze and shown.opened else with_blanks)(card.question) if cloze else card.question,
            code=card.code,
            language=card.language,
            cloze=cloze,
            form=form_of(asked),
            phase="answer" if shown.opened or shown.right is not None else "question",
            typed=shown.typed,
            verdict="" if shown.right is None else "right" if shown.right else "wrong",
            answer=answer,
            note=self._note,
            keys_act=shown.keys_act or form_of(asked) not in LETTERS,
            may_be_right=self._may_be_right(),
        )

    def _asked(self) -> "AskedItem":
        asked = self._question.question
        assert asked is not None
        return asked

    @property
    def _question(self) -> Placement:
        """The placement as it was when the question on the screen was asked."""
        return self._before if self._shown.right is not None else self._placed

    def takes_text(self) -> bool:
        """Return whether what is pressed belongs to an answer that is typed."""
        return not self.done and self._shown.right is None and form_of(self._asked()) != "self"

    def _takes(self, key: str) -> bool:
        """Return whether a key is part of an answer that is typed."""
        form, typed = form_of(self._asked()), self._shown.typed
        if form == "self" or (not typed and key in ("space", "backspace", "escape")):
            return False
        if key in ("space", "backspace", "escape"):
            return True
        if self._takes_letters():
            return len(key) == 1 and key.isprintable() and not self._shown.keys_act
        more = VECTOR_KEYS if form == "vector" else frozenset("() ")
        return (len(key) == 1 and key.isdecimal()) or key in (NUMBER_KEYS | more if typed else NUMBER_KEYS - {"e", "E"})

    def _takes_letters(self) -> bool:
        return form_of(self._asked()) in LETTERS

    def _type(self, key: str) -> None:
        typed = self._shown.typed
        if key == "escape":
            typed = ""
        elif key == "backspace":
            typed = typed[:-1]
        elif len(typed) < LONGEST_TYPED:
            typed += typed_letter(key)
        self._shown = self._shown._replace(typed=typed)

    def _open(self) -> None:
        """Compare what was typed, or show the answer to a question that the learner grades."""
        shown = self._shown
        if shown.typed.strip():
            try:
                right, typed = read_answer(self._asked(), shown.typed)
            except UsageError as error:
                self._note = error.message
                return
            self._write(right, typed)
            self._shown = shown._replace(right=right)
        elif form_of(self._asked()) == "self":
            self._note = "1 to 4 say whether you knew it" if shown.opened else ""
            self._shown = shown._replace(opened=True)
        else:
            self._note = f"type the answer; {UNKNOWN} says that you do not know it"

    def _give_up(self) -> None:
        """Write that the learner does not know it. Before a unit the answer is shown: to have tried is what helps."""
        if not self._of_all or self._shown.opened:
            self._answer(right=False)
            self._note = "" if self.done else "not known, noted; this is the next one"
            return
        self._write(False, "")
        self._shown = self._shown._replace(right=False)

    def _grade(self, right: bool) -> None:
        if self._shown.opened:
            self._answer(right=right)
        elif form_of(self._asked()) == "self":
            self._note = f"space shows the answer first; {UNKNOWN} says that you do not know it"

    def _answer(self, *, right: bool) -> None:
        self._write(right, "")
        self._next()

    def _write(self, right: bool, typed: str) -> None:
        """Write an answer; when this returns it is on disk."""
        self._context.tick()
        seconds = max(0, round(self._clock() - self._shown.since))
        self._written.append(write_answer(self._context, self._placed, right, typed, seconds))
        self._before, self._placed = self._placed, look(self._context, self._scope)

    def _after_typed(self, key: str) -> None:
        if key == "u":
            self._take_back()
        elif key == "y" and self._may_be_right():
            self._was_right()
        elif key in ("space", "enter"):
            self._next()
        elif key == "q":
            self.done = self.stopped = True

    def _may_be_right(self) -> bool:
        """Return whether what was typed is in words that nobody may have thought of; a number is right or wrong."""
        return bool(self._shown.typed) and self._shown.right is False and self._takes_letters()

    def _was_right(self) -> None:
        """Write the learner's word instead of what was found of their text; it counts as an answer graded by them."""
        self._context.tick()
        record(self._context, Revoked(self._written.pop()), opens_day=False)
        self._placed = look(self._context, self._scope)
        self._write(True, "")
        self._next()

    def _next(self) -> None:
        self._shown = Shown(self._shown.serial + 1, self._clock())
        self.done = self._placed.question is None
        if not self.done and self._ends is not None and self._shown.since >= self._ends:
            self.done = self.stopped = True

    def _take_back(self) -> None:
        """Take back the last answer of this session, and ask its question again."""
        if not self._written:
            self._note = "nothing was answered yet"
            return
        self._context.tick()
        record(self._context, Revoked(self._written.pop()), opens_day=False)
        self._placed = look(self._context, self._scope)
        self._next()
        self._note = "taken back"
