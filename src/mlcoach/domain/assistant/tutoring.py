"""What an assistant does next, said with each of its tools' answers: the coach leads, one step at a time."""

from collections.abc import Sequence
from typing import NamedTuple

from mlcoach.domain.assistant.evening import NOTHING_SAID, AtHand
from mlcoach.domain.assistant.threads import OpenCard
from mlcoach.domain.curriculum import StepKind

RATINGS_MEAN = (
    "again = could not say it; hard = with gaps or much effort; good = all of it; easy = all of it, at once; "
    "with a part missing, hard at most"
)
COMPARE = (
    "they compare it with the text and say themselves what was missing; then they choose, and `grade` records it: "
    f"{RATINGS_MEAN}"
)
ASK_MORE = (
    "the coach does not find all of the text in it, and cannot judge words: ask once `what else belongs to it?`, no "
    "more than that. Hand in what they add with `answer`, and the text comes; where they have no more, `solution` "
    "with give_up shows it"
)
NEXT_QUESTION = (
    "`question` asks what is next as long as they want cards; when they say enough, `today` with enough_cards"
)
READ_CODE = "look at the first test that failed together; they change their own code"
TRY_WITH_HINT = "they try again with it; say no more than the hint does"
OWN_LINE = "ask for one line, hand in theirs to the letter"
STARTED = "`step` says what to open; when they end, ask whether the step is finished, and say so to `stop`"
STOPPED = f"{OWN_LINE}: what would they tell a friend of it? `note` keeps it; then `today` shows what is left"
KEPT = "`today` shows what is left"
DAY_NOTED = "the day has its line; `close` says what was done and what is open, when they end"
NOT_THEIRS = f"it is kept as yours, so it closes nothing: {OWN_LINE}; `note` takes it"
SENTENCE_KEPT = "the sentence is kept; `question` asks what is next, or `today` shows what is left"
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
TYPED = "ask it as it stands; `answer` takes what they come to, and how as `reason` where they say it"


class OpenBlock(NamedTuple):
    """A block of today's plan as far as it decides what comes next.

    `items` are those of practice, `what` is the unit or paper it is for, as `start` takes it.
    """

    n: int
    kind: str
    done: bool
    items: tuple[str, ...] = ()
    what: str = ""


def after_wrong(hints_left: int, *, reasoned: bool) -> str:
    """Return what to do after a wrong answer that leaves another try: the coach keeps back what it knows of it.

    `reasoned`: they said already how they came to it.
    """
    asked = "try it on one small case that you choose: does it come out?" if reasoned else "how did you come to it?"
    hint = f"; one `hint` of {hints_left} where they are stuck" if hints_left else ""
    return (
        f"say only that it is not right, and ask one neutral question, like `{asked}`: it names no step and no part "
        f"that is missing{hint}. Then they try once more, and the coach tells the mistake after that"
    )


def after_judged(item: str, *, right: bool, tries: int, varies: bool) -> str:
    """Return what to do after the last try at an item; `varies`: its numbers are fresh the next time."""
    if right and tries < 2:
        return NEXT_QUESTION
    like = f"then `question` with `{item}` asks a like problem with fresh numbers" if varies else NEXT_QUESTION
    asked = "the rule that holds here" if right else "what their way left out"
    return f"they say in one sentence {asked}, before you do; `note` with this item keeps it; {like}"


def before_giving_up(hints_left: int, *, said: bool) -> str:
    """Return what an assistant does before anything is given up."""
    if said:
        return "ask once what else belongs to it; give_up only where they have no more"
    hint = f", or open one of {hints_left} with `hint`" if hints_left else ""
    return f"ask for a guess or a smaller question first{hint}; only if they still give up: give_up, recorded as again"


def after_giving_up(item: str) -> str:
    """Return what follows where an item was given up: it stays open until its sentence."""
    return (
        "it stays open until they say in one sentence of their own what they did not know: ask for it now; `note` with "
        f"item `{item}` keeps it. It comes back once before the close"
    )


def with_open(cards: Sequence[OpenCard], then: str) -> str:
    """Return what comes next with what is open before it: the sentence to a card that was given up."""
    waiting = [card.item for card in cards if card.sentence]
    if not waiting:
        return then
    count = "one card is open" if len(waiting) == 1 else f"{len(waiting)} cards are open"
    return f"{count}: its sentence first (`note` with item `{waiting[0]}`, in their words); then {then}"


def drafted(command: str, worded_by: str) -> str:
    """Return what is told of a draft, which `command` keeps; `worded_by` is "" where its words are the learner's."""
    told = f"tell the learner: it waits, `mlcoach cards drafts` shows it, `{command}` keeps it"
    return f"{told}. It is marked as worded by you: {OWN_LINE}, and draft it with that" if worded_by else told


def ask(way: str, cards_left: int) -> str:
    """Return how a question is asked, by the way it is answered, and how many cards the plan has with it."""
    left = f"; {cards_left} of today's cards are left with this one" if cards_left else ""
    return f"{WAYS.get(way, TYPED)}{left}"


def nothing_due(day: str, way: str = "") -> str:
    """Return what to do where no question waits; `day` is when the next one does, "" for never."""
    if way:
        return f"nothing met so far is answered by {way} there; leave out the way, or name another unit or track"
    until = f" before {day}" if day else ""
    return f"nothing is to be asked{until}; `today` shows what is next"


def after_stop(step: str, *, finished: bool) -> str:
    """Return what follows on the end of a timer; `step` is the one that it was at, "" for none."""
    if finished or not step:
        return STOPPED
    return (
        f"the step stays open. Ask whether it is finished, and if not, where they stopped; if it is: `stop` with step "
        f"`{step}` and step_done. Then {STOPPED}"
    )


def next_of(
    blocks: Sequence[OpenBlock], timer: str, cards: Sequence[OpenCard] = (), at_hand: AtHand = NOTHING_SAID
) -> str:
    """Return how today's plan goes on; `timer` is what the timer runs on, "" for none, `cards` were given up today."""
    if timer:
        return f"the timer runs on `{timer}`: `step` says what to open, `stop` ends it"
    block = next((b for b in blocks if not b.done and (at_hand.cards or b.kind != "review")), None)
    back = next((card.item for card in cards if card.back), "")
    if back and (block is None or block.kind == "close"):
        return f"one card comes back before the close: `question` with `{back}`"
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
            call = "`close` says what was done and what is open; ask for their line of the day, and `note` keeps it"
        case _:
            call = f"`start` with what `{block.what or block.n}`, then `step` says what to open"
    closed = "the evening is closed; only if they want more, " if at_hand.closed else ""
    return f"{closed}block {block.n} is next: {call}"


def time_told(over: int, left: int) -> str:
    """Return how the time of a talk stands, in minutes: how far over the plan, and what is left."""
    went = f"it went {over}m over its plan, and " if over else ""
    return f"say in a sentence that {went}{left}m are left, and for what"


def closing(cards: Sequence[OpenCard], *, line: bool) -> str:
    """Return how an evening ends; `cards` were given up today, `line`: a line of theirs was kept."""
    back = next((card.item for card in cards if card.back), "")
    if back:
        return f"one card comes back first: `question` with `{back}`, if they still have a minute"
    if not line:
        return f"tell them this in your own two sentences; then {OWN_LINE}: what would they tell a friend? `note`"
    return "tell them this in two sentences and say good night; ask nothing more"
