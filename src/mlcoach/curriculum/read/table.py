"""What all tables of a curriculum file have in common, and the kinds of text in them."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

from mlcoach.domain.text import LONGEST

# A pattern is searched for, not matched: `\S` asks for something besides blanks.
Text = Annotated[str, StringConstraints(pattern=r"\S", max_length=LONGEST)]
Line = Annotated[str, StringConstraints(pattern=r"^[^\n]*\S[^\n]*$", max_length=LONGEST)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)]
SubjectId = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$", max_length=200)
]
Link = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=2000)]


class Table(BaseModel):
    """A TOML table: unknown keys are errors, and nothing is converted from one type to another."""

    model_config = ConfigDict(
        extra="forbid", strict=True, frozen=True, allow_inf_nan=False, populate_by_name=False, title=None
    )
