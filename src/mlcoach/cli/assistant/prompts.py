"""The prompts that an assistant's program offers the learner, each with what it is written from."""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from mlcoach.render import assistant as screen
from mlcoach.services.assistant import tutoring

if TYPE_CHECKING:
    from mlcoach.cli.assistant.tools import Leave
    from mlcoach.services.context import Context

LONGEST_ARGUMENT = 200  # characters


class TutorPrompt(NamedTuple):
    """A prompt: what it is for, its argument as (name, meaning), and what writes its text from the argument."""

    name: str
    title: str
    description: str
    argument: tuple[str, str]
    text: "Callable[[Context, Leave, str], str]"


PROMPTS: tuple[TutorPrompt, ...] = (
    TutorPrompt(
        "socratic_help",
        "Help with the step under way",
        "Questions first, explanations last, on the step that the plan has under way.",
        ("unit", "Another unit; empty for the step under way."),
        lambda context, leave, unit: screen.socratic(tutoring.study(context, unit)),
    ),
    TutorPrompt(
        "why_was_my_answer_wrong",
        "Why was my answer wrong?",
        "Find the mistake together, with what the coach knows of it.",
        ("item", "A card or exercise; empty for the last wrong answer."),
        lambda context, leave, item: screen.why_wrong(tutoring.last_mistake(context, item)),
    ),
    TutorPrompt(
        "mock_interview",
        "Mock interview on weak spots",
        "An interview on what fades and fails, with a look back.",
        ("minutes", "How long, 5 to 120; empty for 30."),
        lambda context, leave, minutes: screen.interview(tutoring.weak_spots(context, minutes)),
    ),
    TutorPrompt(
        "discuss_paper",
        "Talk about a paper after pass 1",
        "What is new, what it rests on, what a second pass should check.",
        ("paper", "A paper of the queue; empty for the one being read."),
        lambda context, leave, paper: screen.paper_talk(tutoring.read_paper(context, paper, notes=leave.notes)),
    ),
)
