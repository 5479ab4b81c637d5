"""The table `vary` of a card or an exercise: what its numbers are drawn from, and what answers count."""

from typing import Annotated

from pydantic import Field, StringConstraints

from mlcoach.curriculum.read.table import Line, Name, Table, Text
from mlcoach.domain.practice.variants import (
    REAL_STEP,
    Acceptance,
    KnownMistake,
    Variable,
    Vary,
)

VARIABLE_RULE = "a letter, then letters, digits and _"
VariableName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
CardName = Annotated[str, StringConstraints(pattern=r"^([a-z0-9.-]+/)?[a-z0-9]+(-[a-z0-9]+)*$", max_length=300)]
Number = int | float
Range = Annotated[list[Number], Field(min_length=2, max_length=2)]
Expression = Annotated[str, StringConstraints(pattern=r"^[^\n]*\S[^\n]*$", max_length=500)]
MOST_VARIABLES, MOST_CHOICES, LARGEST_SIZE = 20, 100, 6


class VariableTable(Table):
    """What a variable is drawn from: one of `choice`, `int` and `real`."""

    choice: list[int | float | Line] | None = Field(
        default=None, min_length=1, max_length=MOST_CHOICES, description="Values to choose from"
    )
    int_: Annotated[list[int], Field(min_length=2, max_length=2)] | None = Field(
        default=None, alias="int", description="Whole numbers from the first to the second, both included"
    )
    real: Range | None = Field(default=None, description="Numbers from the first to the second, both included")
    step: float | None = Field(default=None, gt=0, description="Distance of the values: 1 for `int`, 0.1 for `real`")
    size: int | list[int] | None = Field(
        default=None, description="3 makes it a vector of three such numbers, [2, 3] a matrix of two rows"
    )


class AcceptTable(Table):
    """How near an answer must be: `rel` and `abs`, `sigfig`, `decimals`, or `exact`."""

    rel: float | None = Field(default=None, gt=0, le=0.5, description="So far off, as a share of the answer")
    abs: float | None = Field(default=None, gt=0, description="So far off, absolute; with `rel`, either is enough")
    sigfig: int | None = Field(default=None, ge=1, le=12, description="Right to so many significant digits")
    decimals: int | None = Field(default=None, ge=0, le=12, description="Right to so many digits after the point")
    exact: bool | None = Field(default=None, description="true: the number itself; 2/3 for a fraction")


class MisconceptionTable(Table):
    """A mistake that people make: what it answers, what to say then, the card that explains it."""

    id: Name = Field(description="Id within the item, for ever: attempts name it")
    answer: Expression = Field(description="What this mistake comes to, an expression as `answer`")
    feedback: Text = Field(description="What to say then, with places as in `prompt`; it does not give the answer away")
    card: CardName | None = Field(default=None, description="Id of the card to bring back: of this unit, or in full")


class VaryTable(Table):
    """Numbers that vary. Texts have places `{x}` and `{x:.2f}`; `answer`, `derive` and `where` are expressions."""

    vars: dict[VariableName, VariableTable] = Field(
        default={}, max_length=MOST_VARIABLES, description="What is drawn: vars.n = { int = [3, 9] }"
    )
    derive: dict[VariableName, Expression] = Field(
        default={}, max_length=MOST_VARIABLES, description="What is computed from it, in this order"
    )
    where: list[Expression] = Field(
        default=[], max_length=MOST_VARIABLES, description="Conditions; numbers that break one are drawn again"
    )
    prompt: Text = Field(description="The question")
    answer: Expression = Field(description="What is right: a number or a vector; with `expression` a formula")
    accept: AcceptTable | None = Field(default=None, description="How near is near enough; a formula needs none")
    solution: Text | None = Field(default=None, description="The way to the answer; `{answer}` is the answer")
    expression: bool = Field(default=False, description="true: the answer is a formula in the letters of `free`")
    free: dict[VariableName, VariableTable] = Field(
        default={}, max_length=MOST_VARIABLES, description="Letters of a formula, with ranges to compare it in"
    )
    misconception: list[MisconceptionTable] = Field(
        default=[], max_length=MOST_VARIABLES, description="Mistakes that are recognised"
    )


def built_vary(table: VaryTable, unit: str) -> Vary:
    """Return the values of a table; cards without a unit are those of `unit`, a full id."""
    accept = table.accept or AcceptTable(exact=True)
    return Vary(
        table.prompt,
        table.answer,
        Acceptance(
            accept.rel or 0.0,
            accept.abs or 0.0,
            accept.sigfig or 0,
            -1 if accept.decimals is None else accept.decimals,
            bool(accept.exact),
        ),
        tuple(_variable(name, variable) for name, variable in table.vars.items()),
        tuple(table.derive.items()),
        tuple(table.where),
        table.solution or "",
        tuple(
            KnownMistake(mistake.id, mistake.answer, mistake.feedback, full_card(mistake.card, unit))
            for mistake in table.misconception
        ),
        tuple(_variable(name, variable, free=True) for name, variable in table.free.items()),
    )


def full_card(card: str | None, unit: str) -> str:
    """Return the full id of a card that a misconception brings back, "" for none."""
    if card is None:
        return ""
    return card if "/" in card else f"{unit}/{card}"


def _variable(name: str, table: VariableTable, *, free: bool = False) -> Variable:
    size = () if table.size is None else (table.size,) if isinstance(table.size, int) else tuple(table.size)
    if table.choice is not None:
        return Variable(name, tuple(table.choice), size=size)
    if table.int_ is not None:
        return Variable(name, (), table.int_[0], table.int_[1], int(table.step or 1), size)
    low, high = table.real or (0, 0)
    step = 0.0 if free and table.step is None else table.step or REAL_STEP
    return Variable(name, (), float(low), float(high), step, size)
