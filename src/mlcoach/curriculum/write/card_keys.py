"""The keys that a card in a file has, made of what was said in options."""

import math
from typing import Any, NamedTuple

from mlcoach.domain.text import one_line
from mlcoach.errors import UsageError

HOW_TO_ASK = "write `-q` and `-a`, `--cloze`, or `--numeric` and `-a`"
# The options that ask, each with those that go with it.
GO_WITH = {"question": ("answer", "reverse"), "cloze": (), "numeric": ("answer", "tolerance")}


class CardOptions(NamedTuple):
    """What was said of a card in options; None is not said."""

    question: str | None = None
    cloze: str | None = None
    numeric: str | None = None
    answer: str | None = None
    tolerance: float | None = None
    reverse: bool = False


def keys_of(options: CardOptions) -> dict[str, Any]:
    """Return the keys that a card in a file would have for these options.

    Raises UsageError for options that do not go together, for what is missing, and for invalid numbers.
    """
    given = {name: value for name, value in options._asdict().items() if value is not None and value is not False}
    forms = [form for form in GO_WITH if form in given]
    if not forms:
        stray = next(iter(given), "")
        fitting = " or ".join(f"`--{form}`" for form, others in GO_WITH.items() if stray in others)
        says = "answers nothing: it " if stray == "answer" else ""
        raise UsageError(f"`--{stray}` {says}needs {fitting}", HOW_TO_ASK)
    form = forms[0]
    stray = next((other for other in given if other != form and other not in GO_WITH[form]), "")
    if stray in GO_WITH:
        raise UsageError(f"`--{form}` does not go with `--{stray}`", f"a card asks one thing: {HOW_TO_ASK}")
    if stray:
        raise UsageError(f"`--{stray}` does not go with `--{form}`", HOW_TO_ASK)
    if not given[form].strip():
        raise UsageError("a card needs a question", HOW_TO_ASK)
    if "answer" in GO_WITH[form] and not given.get("answer", "").strip():
        raise UsageError(f"`--{form}` has no answer", "add it with `--answer`")
    if form == "cloze":
        return {"cloze": given[form]}
    if form == "question":
        reverse = {"reverse": True} if "reverse" in given else {}
        return {"q": given["question"], "a": given["answer"], **reverse}
    keys = {"numeric": given["numeric"], "answer": _number(given["answer"])}
    return {**keys, "tolerance": _tolerance(given["tolerance"])} if "tolerance" in given else keys


def _number(text: str) -> float:
    from mlcoach.domain.answers import parse_number

    numbers = parse_number(text)
    if len(numbers) != 1:
        raise UsageError(f"`{one_line(text)[:60]}` is not one number", "write `-a 3`, `-a 2/3` or `-a 1e-3`")
    return numbers[0]


def _tolerance(tolerance: float) -> float:
    if not 0 <= tolerance < math.inf:
        raise UsageError(f"`--tolerance` must be 0 or more, got {tolerance:g}", "it says how far off the number may be")
    return tolerance
