"""The tools: what an assistant may ask the coach, and what it may do where the learner lets it write."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach.cli.assistant.parameters import Parameter, schema_of
from mlcoach.cli.assistant.talk import Talk
from mlcoach.curriculum.write.card_keys import CardOptions
from mlcoach.domain.assistant.tutoring import RATINGS_MEAN, drafted
from mlcoach.domain.event_checks import LONGEST_REASON
from mlcoach.domain.events import Wording
from mlcoach.domain.memory.ratings import RATINGS
from mlcoach.domain.quoting import quoted
from mlcoach.services.assistant import answers, code, day, doing, finding, helping, knowledge, questions
from mlcoach.services.cards import drafts
from mlcoach.services.search import MapIndex
from mlcoach.views.assistant.asking import CardDraftView, ClosingView, TimerMovedView
from mlcoach.views.assistant.reading import DayPlanView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_SECONDS = 6 * 3600  # of one answer
LONGEST_NOTE = 2_000
WAYS = ("words", "number", "vector", "formula", "text", "code")


class Leave(NamedTuple):
    """What the learner allows: to write, to see private notes. `map_index` keeps what was read of the map.

    `talk` is what the talk of this client is at.
    """

    write: bool
    notes: bool
    map_index: MapIndex
    talk: Talk


class Tool(NamedTuple):
    """A tool. `call` takes the context, what is allowed and the arguments, and returns a view.

    `named` are the arguments that the journal names beside the tool: never what the learner said.
    """

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    call: "Callable[..., Any]"
    writes: bool = False
    named: tuple[str, ...] = ()

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of its arguments."""
        return schema_of(self.parameters)


ITEM = Parameter("item", "A card or exercise, as `question` or another tool names it.", needed=True)
ANY_ITEM = Parameter("item", "A card or exercise as a tool named it; without one what a review would ask next.")
SECONDS = Parameter(
    "seconds",
    "How long the learner took; leave it out, and the coach measures from its question.",
    "count",
    most=MOST_SECONDS,
)
WORDED_BY = Parameter(
    "worded_by",
    "Whose words these are: learner only where the line is theirs to the letter, as they wrote it in this talk; "
    "assistant for anything that you worded, shortened or bettered.",
    needed=True,
    choices=("learner", "assistant"),
)
NOTE_BY = WORDED_BY._replace(needed=False, meaning=f"With a note. {WORDED_BY.meaning} Left out it counts as yours.")
LINE = "Ask for one line of what they did, and hand in theirs to the letter; leave it out where they gave none."
WHAT = Parameter("what", "A unit, a step, a block number of today's plan or `paper:ID`; empty for what comes next.")

READING: tuple[Tool, ...] = (
    Tool(
        "today",
        "Plan of today",
        "The learner's plan of today: blocks in order, each with its minutes, what to open and why it is there; the "
        "minutes so far, the streak, the timer. The coach decides what comes next: do not invent another plan. "
        "Where they say how long they have, give `minutes`: a plan for that, and from then on what is left of it.",
        (
            Parameter("minutes", "How long the learner says they have from now on.", "count", least=5, most=720),
            Parameter("enough_cards", "The learner says that they have had enough cards for today.", "flag"),
        ),
        lambda context, leave, minutes=0, enough_cards=False: plan(context, leave.talk, minutes, enough_cards),
    ),
    Tool(
        "step",
        "Step under way",
        "The step of a unit that the learner is at, with what to open for it.",
        (),
        lambda context, leave: day.step(context),
    ),
    Tool(
        "unit",
        "Unit of the map",
        "One unit: objectives, readings, prerequisites with their status, what is open, how much would be recalled.",
        (Parameter("unit", "A unit by its id, title or words; empty for the one under way."),),
        lambda context, leave, unit="": knowledge.unit(context, unit),
    ),
    Tool(
        "knowledge",
        "What is known",
        "What of the learner's path is covered and retained, which units are rusty or weak, which items fail, and why. "
        "It rests on answers alone, not on what anybody says of themselves.",
        (),
        lambda context, leave: knowledge.knowledge(context),
    ),
    Tool(
        "question",
        "Next question",
        "The next question of the review, or one item, or one of a unit, subject or track and of a way to answer; "
        "without its answer. Ask it as it stands, let the learner answer in full, then call `answer`.",
        (
            ANY_ITEM,
            Parameter("unit", "Only of this unit, subject (math.prob) or track (math, prog, ml, dl …)."),
            Parameter("way", "Only what is answered like this: `number` asks for a calculation.", choices=WAYS),
        ),
        lambda context, leave, item="", unit="", way="": questions.next_question(context, item, unit, way),
    ),
    Tool(
        "mistakes",
        "Mistakes of late",
        "The learner's wrong attempts of late as they were asked, each with the known mistake that the coach found.",
        (Parameter("item", "Only at this card or exercise."),),
        lambda context, leave, item="": questions.mistakes(context, item),
    ),
    Tool(
        "search",
        "Search",
        "Units, readings, cards, exercises, papers and checklists that hold all the words.",
        (Parameter("words", "The words, in any order.", needed=True, longest=500),),
        lambda context, leave, words: finding.search(context, words, notes=leave.notes, index=leave.map_index),
    ),
    Tool(
        "paper",
        "Paper",
        "The paper being read, or the one named: its pass of three, the checklist of that pass, its abstract.",
        (Parameter("paper", "An arXiv id, DOI, slug or title; empty for the one whose turn it is."),),
        lambda context, leave, paper="": finding.paper(context, paper, notes=leave.notes),
    ),
    Tool(
        "forecast",
        "Forecast and goal",
        "When the learner's path ends at the pace of the last weeks, as a range, and how their goal with a date looks.",
        (),
        lambda context, leave: day.course(context),
    ),
    Tool(
        "close",
        "End of the evening",
        "What was done today, what is open, and the first step of tomorrow. Call it when the learner ends or the time "
        "is over, and tell it in plain words.",
        (),
        lambda context, leave: close(context, leave.talk),
    ),
)

WRITING: tuple[Tool, ...] = (
    Tool(
        "start",
        "Start the timer",
        "Start the timer, when the learner begins to study.",
        (WHAT,),
        lambda context, leave, what="": start(context, leave.talk, what),
        True,
        ("what",),
    ),
    Tool(
        "stop",
        "Stop the timer",
        "Stop the timer and record its time. Without `step_done` the step stays open, and you ask about it: `I read "
        "it` is not yet `it is finished`.",
        (
            Parameter("at", "When it really ended, HH:MM; empty for now."),
            Parameter("note", LINE, longest=LONGEST_NOTE),
            NOTE_BY,
            Parameter("step_done", "The step is finished; only when the learner says so.", "flag"),
            Parameter("step", "With step_done and no timer running: the step that `stop` asked about."),
        ),
        lambda context, leave, at="", note="", worded_by="", step_done=False, step="": doing.stop(
            context,
            at,
            note,
            step_done=step_done,
            step=step,
            worded_by=wording(worded_by),
            at_hand=leave.talk.at_hand(context),
        ),
        True,
        ("at", "step"),
    ),
    Tool(
        "log",
        "Log time",
        "Record minutes that the learner studied without the timer, as they report them.",
        (
            Parameter("minutes", "Whole minutes.", "count", needed=True, least=1, most=doing.MOST_MINUTES),
            Parameter("what", "A unit or `paper:ID`; empty for nothing in particular."),
            Parameter("note", LINE, longest=LONGEST_NOTE),
            NOTE_BY,
            Parameter("day", "The study day: today, yesterday, fri, 2026-11-20; empty for today."),
        ),
        lambda context, leave, minutes, what="", note="", worded_by="", day="": doing.log(
            context, minutes, what, note, day, wording(worded_by)
        ),
        True,
        ("minutes", "what", "day"),
    ),
    Tool(
        "answer",
        "Answer an item",
        "Hand in the learner's own answer, to the letter, never one of yours. A number, vector, formula, short text or "
        "code is judged by the coach. Words are kept; where the text has more, you ask once for more and hand that in; "
        "then the text comes, and the learner judges themselves with `grade`.",
        (
            ITEM,
            Parameter("answer", "What the learner answered.", needed=True, longest=code.LONGEST_CODE),
            Parameter("reason", "How they came to it, to the letter; only what they said.", longest=LONGEST_REASON),
            SECONDS,
        ),
        lambda context, leave, item, answer, reason="", seconds=0: answers.answer(
            context, item, answer, seconds, reason
        ),
        True,
        ("item",),
    ),
    Tool(
        "grade",
        "Grade in the learner's judgement",
        "Record how well the learner knew what they said in their own words: their rating, not yours. Only after "
        f"the text was shown to them. {RATINGS_MEAN}.",
        (
            ITEM,
            Parameter("rating", f"What the learner chose: {RATINGS_MEAN}.", needed=True, choices=tuple(RATINGS)),
            Parameter("part_missing", "A part of the text was not in what they had said.", "flag", needed=True),
            SECONDS,
        ),
        lambda context, leave, item, rating, part_missing, seconds=0: answers.grade(
            context, item, rating, seconds, part_missing=part_missing
        ),
        True,
        ("item", "rating"),
    ),
    Tool(
        "hint",
        "One hint",
        "Open the next hint of an exercise, one at a time; hints count in its grade.",
        (ITEM,),
        lambda context, leave, item: helping.hint(context, item),
        True,
        ("item",),
    ),
    Tool(
        "solution",
        "Solution",
        "Show the answer of an item after the learner answered it. Before that ask for a guess or a smaller question, "
        "or open one hint; only where they still give up, with `give_up`: that is recorded as again.",
        (ITEM, Parameter("give_up", "They were asked for a guess or a smaller question, and gave up again.", "flag")),
        lambda context, leave, item, give_up=False: helping.solution(
            context, item, give_up=give_up, urged=leave.talk.was_urged(item, give_up=give_up)
        ),
        True,
        ("item",),
    ),
    Tool(
        "note",
        "Note",
        "Keep a sentence in the learner's words: about the day, which closes it, on a paper, or on an item of today "
        "(what they did not know, or the rule that holds). Ask for one line, hand in theirs. The close counts only a "
        "line of theirs.",
        (
            Parameter("words", "The learner's line, to the letter.", needed=True, longest=LONGEST_NOTE),
            WORDED_BY,
            Parameter("paper", "A paper of the queue; empty for the day."),
            Parameter("item", "An item that was answered or given up today; empty for the day."),
        ),
        lambda context, leave, words, worded_by, paper="", item="": doing.note(
            context, words, paper, item, wording(worded_by)
        ),
        True,
        ("paper", "item"),
    ),
    Tool(
        "draft_card",
        "Draft a card",
        "Propose a card for a unit: one question and a short answer, a cloze text with {{hidden}} parts, or a question "
        "whose answer is a number. Ask for one line, hand in theirs: the answer, or the cloze text, is the learner's "
        "own sentence; the question may be yours. It waits until they accept it in their terminal: tell them how.",
        (
            Parameter("unit", "The unit it belongs to.", needed=True),
            Parameter("question", "What it asks; with `answer`.", longest=drafts.LONGEST_TEXT),
            Parameter(
                "answer",
                "The answer in the learner's words, at most 240 characters; a number for `numeric`.",
                longest=1_000,
            ),
            WORDED_BY,
            Parameter("cloze", "A sentence of the learner's with {{hidden}} parts.", longest=drafts.LONGEST_TEXT),
            Parameter("numeric", "A question whose answer is a number; with `answer`.", longest=drafts.LONGEST_TEXT),
        ),
        lambda context, leave, unit, worded_by, **texts: draft_card(context, unit, texts, wording(worded_by)),
        True,
        ("unit",),
    ),
)
TOOLS: tuple[Tool, ...] = (*READING, *WRITING)


def offered(leave: Leave) -> Sequence[Tool]:
    """Return the tools that there are for what the learner allows."""
    return TOOLS if leave.write else READING


def plan(context: "Context", talk: Talk, minutes: int, enough_cards: bool) -> DayPlanView:
    """Return the plan of today, and remember what the learner said of their time and of cards."""
    talk.enough_cards = talk.enough_cards or enough_cards
    if minutes:
        talk.has_minutes(context, minutes)
        talk.plans(())
    view = day.plan(context, minutes, talk.at_hand(context))
    if minutes:
        talk.plans(view.blocks)
    return view


def close(context: "Context", talk: Talk) -> ClosingView:
    """Return how the evening ends; it is closed once a line of the learner's was kept."""
    view = day.close(context)
    talk.closed = view.line_kept
    return view


def start(context: "Context", talk: Talk, what: str) -> TimerMovedView:
    """Start the timer, and leave the cards that were asked before. Raises as `doing.start` does."""
    view = doing.start(context, what)
    talk.begins()
    return view


def wording(by: str) -> Wording:
    """Return whose words a line is, as the journal keeps it: the learner's only where that was said."""
    return "" if by == "learner" else "assistant"


def draft_card(context: "Context", unit: str, texts: dict[str, str], worded_by: Wording = "") -> CardDraftView:
    """Keep a draft of a card. Raises as `drafts.draft` does."""
    said = {name: text for name, text in texts.items() if text}
    options = CardOptions(said.get("question"), said.get("cloze"), said.get("numeric"), said.get("answer"))
    view = drafts.draft(context, unit, options, worded_by)
    texts_shown = quoted(question=view.question, answer=view.answer)
    command = f"mlcoach cards accept {view.n}"
    return CardDraftView(view.draft, view.unit, view.n, command, drafted(command, worded_by), texts_shown)
