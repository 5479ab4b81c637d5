"""The tools: what an assistant may ask the coach, and what it may do where the learner lets it write."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from mlcoach.cli.assistant.parameters import Parameter, schema_of
from mlcoach.curriculum.write.card_keys import CardOptions
from mlcoach.domain.memory.ratings import RATINGS
from mlcoach.domain.quoting import quoted
from mlcoach.services.assistant import answers, code, day, doing, finding, helping, knowledge, questions
from mlcoach.services.cards import drafts
from mlcoach.services.search import MapIndex
from mlcoach.views.assistant.asking import CardDraftView

if TYPE_CHECKING:
    from mlcoach.services.context import Context

MOST_SECONDS = 6 * 3600  # of one answer
LONGEST_NOTE = 2_000


class Leave(NamedTuple):
    """What the learner allows: to write, to see private notes. `map_index` keeps what was read of the map."""

    write: bool
    notes: bool
    map_index: MapIndex


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


ITEM = Parameter("item", "A card or exercise by its id, as `question` names it.", needed=True)
ANY_ITEM = Parameter("item", "A card or exercise by its id; without one what a review would ask next.")
SECONDS = Parameter("seconds", "How long the learner took.", "count", most=MOST_SECONDS)
WHAT = Parameter("what", "A unit, a step, a block number of today's plan or `paper:ID`; empty for what comes next.")

READING: tuple[Tool, ...] = (
    Tool(
        "today",
        "Plan of today",
        "The learner's plan of today: blocks in order, each with its minutes, what to open and why it is there; the "
        "minutes so far, the streak, the timer. The coach decides what comes next: do not invent another plan.",
        (),
        lambda context, leave: day.plan(context),
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
        "The next question of the review, or one item, without its answer. Ask it as it stands, let the learner answer "
        "in full, then call `answer`.",
        (ANY_ITEM, Parameter("unit", "Only of this unit or subject.")),
        lambda context, leave, item="", unit="": questions.next_question(context, item, unit),
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
)

WRITING: tuple[Tool, ...] = (
    Tool(
        "start",
        "Start the timer",
        "Start the timer, when the learner begins to study.",
        (WHAT,),
        lambda context, leave, what="": doing.start(context, what),
        True,
        ("what",),
    ),
    Tool(
        "stop",
        "Stop the timer",
        "Stop the timer and record its time.",
        (
            Parameter("at", "When it really ended, HH:MM; empty for now."),
            Parameter("note", "What was done, in the learner's words.", longest=LONGEST_NOTE),
            Parameter("step_done", "The step is finished; only when the learner says so.", "flag"),
        ),
        lambda context, leave, at="", note="", step_done=False: doing.stop(context, at, note, step_done=step_done),
        True,
        ("at",),
    ),
    Tool(
        "log",
        "Log time",
        "Record minutes that the learner studied without the timer, as they report them.",
        (
            Parameter("minutes", "Whole minutes.", "count", needed=True, least=1, most=doing.MOST_MINUTES),
            Parameter("what", "A unit or `paper:ID`; empty for nothing in particular."),
            Parameter("note", "What was done, in the learner's words.", longest=LONGEST_NOTE),
            Parameter("day", "The study day: today, yesterday, fri, 2026-11-20; empty for today."),
        ),
        lambda context, leave, minutes, what="", note="", day="": doing.log(context, minutes, what, note, day),
        True,
        ("minutes", "what", "day"),
    ),
    Tool(
        "answer",
        "Answer an item",
        "Hand in the learner's own answer, to the letter, never one of yours. A number, vector, formula, short text or "
        "code is judged by the coach; words are kept, and then the learner judges them with `grade`.",
        (ITEM, Parameter("answer", "What the learner answered.", needed=True, longest=code.LONGEST_CODE), SECONDS),
        lambda context, leave, item, answer, seconds=0: answers.answer(context, item, answer, seconds),
        True,
        ("item",),
    ),
    Tool(
        "grade",
        "Grade in the learner's judgement",
        "Record how well the learner knew what they said in their own words: their rating, not yours. Only after "
        "`answer` took their words.",
        (ITEM, Parameter("rating", "again, hard, good or easy.", needed=True, choices=tuple(RATINGS)), SECONDS),
        lambda context, leave, item, rating, seconds=0: answers.grade(context, item, rating, seconds),
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
        "Show the answer of an item after the learner answered it. Before that only where they say that they give up: "
        "that is recorded as again.",
        (ITEM, Parameter("give_up", "The learner said that they give up.", "flag")),
        lambda context, leave, item, give_up=False: helping.solution(context, item, give_up=give_up),
        True,
        ("item",),
    ),
    Tool(
        "note",
        "Note",
        "Keep a sentence in the learner's words: about the day, which closes it, or on a paper.",
        (
            Parameter("text", "The sentence.", needed=True, longest=LONGEST_NOTE),
            Parameter("paper", "A paper of the queue; empty for the day."),
        ),
        lambda context, leave, text, paper="": doing.note(context, text, paper),
        True,
        ("paper",),
    ),
    Tool(
        "draft_card",
        "Draft a card",
        "Propose a card for a unit: one question and a short answer, a cloze text with {{hidden}} parts, or a question "
        "whose answer is a number. It waits until the learner accepts it in their terminal.",
        (
            Parameter("unit", "The unit it belongs to.", needed=True),
            Parameter("question", "What it asks; with `answer`.", longest=drafts.LONGEST_TEXT),
            Parameter("answer", "The answer, at most 240 characters; a number for `numeric`.", longest=1_000),
            Parameter("cloze", "A sentence with {{hidden}} parts.", longest=drafts.LONGEST_TEXT),
            Parameter("numeric", "A question whose answer is a number; with `answer`.", longest=drafts.LONGEST_TEXT),
        ),
        lambda context, leave, unit, **texts: draft_card(context, unit, texts),
        True,
        ("unit",),
    ),
)
TOOLS: tuple[Tool, ...] = (*READING, *WRITING)


def offered(leave: Leave) -> Sequence[Tool]:
    """Return the tools that there are for what the learner allows."""
    return TOOLS if leave.write else READING


def draft_card(context: "Context", unit: str, texts: dict[str, str]) -> CardDraftView:
    """Keep a draft of a card. Raises as `drafts.draft` does."""
    said = {name: text for name, text in texts.items() if text}
    options = CardOptions(said.get("question"), said.get("cloze"), said.get("numeric"), said.get("answer"))
    view = drafts.draft(context, unit, options)
    then = "the learner looks at it with `mlcoach cards drafts`, and keeps it with `mlcoach cards accept N`"
    return CardDraftView(view.draft, view.unit, view.n, then, quoted(question=view.question, answer=view.answer))
