"""What an assistant does next, said with each of its tools' answers: the coach leads, one step at a time."""

from collections.abc import Sequence
from typing import NamedTuple

from mlcoach.domain.curriculum import StepKind

COMPARE = (
    "they compare it with the answer, say what was missing, and say again, hard, good or easy in their own judgement;"
    " `grade` records it"
)
NEXT_QUESTION = "`question` asks what is next"
READ_CODE = "look at the first test that failed together; they change their own code"
TRY_WITH_HINT = "they try again with it; say no more than the hint does"
IN_OWN_WORDS = "they say in their own words what was missing; then `question` asks what is next"
DRAFTED = "the learner looks at it with `mlcoach cards drafts`, and keeps it with `mlcoach cards accept N`"
STARTED = "`step` says what to open; when they end, ask whether the step is finished, and say so to `stop`"
STOPPED = "ask what they would tell a friend of it; then `today` shows what is left"
KEPT = "`today` shows what is left"
STEPS: dict[StepKind, str] = {
    "before": "they answer these questions before they read, one at a time; wrong is fine, and nothing is told yet",
    "reading": "they read it by themselves: ask what they expect first, and what they took from it afterwards",
    "study": "they study it with what the unit reads: ask what they expect first, and what they took from it",
    "exercise": "`question` with its item shows it; they do it alone, and `answer` takes it",
    "recall": "they answer the closing question from memory, in their own words, before anything is looked up",
}
WAYS = {
    "words": "ask it as it stands; `answer` takes what they say in their own words",
    "code": "they write it in their own editor; `answer` takes the whole file",
}
TYPED = "ask it as it stands; `answer` takes what they come to"


class OpenBlock(NamedTuple):
    """A block of today's plan as far as it decides what comes next; `items` are those of practice."""

    n: int
    kind: str
    done: bool
    items: tuple[str, ...] = ()


def after_wrong(known_mistake: bool, hints_left: int) -> str:
    """Return what to do after a wrong answer that leaves another try."""
    first = (
        "lead them to the mistake by a question, without naming it"
        if known_mistake
        else "ask how they came to it, and for the first step that does not hold"
    )
    hint = f"; `hint` has {hints_left} for them" if hints_left else ""
    return f"{first}{hint}; then they try once more. Do not tell the answer"


def ask(way: str) -> str:
    """Return how a question is asked, by the way it is answered."""
    return WAYS.get(way, TYPED)


def nothing_due(day: str) -> str:
    """Return what to do where no question waits; `day` is when the next one does, "" for never."""
    until = f" before {day}" if day else ""
    return f"nothing is to be asked{until}; `today` shows what is next"


def next_of(blocks: Sequence[OpenBlock], timer: str) -> str:
    """Return how today's plan goes on; `timer` is what the timer runs on, "" for none."""
    if timer:
        return f"the timer runs on `{timer}`: `step` says what to open, `stop` ends it"
    block = next((block for block in blocks if not block.done), None)
    if block is None:
        return "the plan is done; nothing more is asked of them today"
    match block.kind:
        case "review":
            call = "`question` asks its cards, one at a time"
        case "practice" if block.items:
            call = f"`question` with item `{block.items[0]}` shows the first exercise"
        case "paper":
            call = "`paper` shows its pass and what to look for"
        case "close":
            call = "`note` keeps a sentence of theirs about the day, and closes it"
        case _:
            call = f"`start` with what `{block.n}`, then `step` says what to open"
    return f"block {block.n} is next: {call}"
