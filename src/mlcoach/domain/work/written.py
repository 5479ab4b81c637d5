"""Which entries of the journal hold words of the learner's, what these are about, and what they replace.

It is asked of the raw data of entries: who looks for a word reads thousands of them, and needs no event of most.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from mlcoach.domain.words import BEGINNING

WordsKind = Literal["log", "paper", "unit", "week", "answer", "project"]


class Words(NamedTuple):
    """Something that an entry says: from where, what it is about, the text, and what it replaces earlier words of.

    An empty `replaces` replaces nothing.
    """

    kind: WordsKind
    about: str
    text: str
    replaces: tuple[str, ...] = ()


class _Field(NamedTuple):
    """A field with words: the fields that may say what it is about, and those that name what it replaces."""

    kind: WordsKind
    about: tuple[str, ...]
    text: str
    replaces: tuple[str, ...] = ()


_NOTE = _Field("log", ("unit", "paper"), "note")
_FIELDS: dict[str, tuple[_Field, ...]] = {
    "time_logged": (_NOTE,),
    "timer_stopped": (_NOTE,),
    "other_time_logged": (_Field("log", ("what",), "note"),),
    "unit_marked": (_Field("unit", ("unit",), "note"),),
    "attempted": (_Field("answer", ("item",), "answer"),),
    "pass_finished": (_Field("paper", ("paper",), "note"), _Field("paper", ("paper",), "changed")),
    "paper_noted": (_Field("paper", ("paper",), "text"),),
    "paper_added": (_Field("paper", ("paper",), "why"),),
    "paper_dropped": (_Field("paper", ("paper",), "reason"),),
    "paper_question_asked": (_Field("paper", ("paper",), "text", ("paper", "question")),),
    "paper_step_checked": (_Field("paper", ("paper",), "answer", ("paper", "reading_pass", "step")),),
    "week_reviewed": (_Field("week", ("week",), "well", ("week",)), _Field("week", ("week",), "hurt", ("week",))),
    "week_promised": (_Field("week", ("week",), "text", ("week",)),),
    "week_audited": (_Field("week", ("week",), "changed", ("week",)), _Field("week", ("week",), "less", ("week",))),
    "project_stage_finished": (_Field("project", ("project",), "note"),),
    "project_noted": (_Field("project", ("project",), "text"),),
    "project_dropped": (_Field("project", ("project",), "reason"),),
}
# Most entries of these kinds hold no words: who reads them can pass those over.
MOSTLY_EMPTY = ("time_logged", "timer_stopped", "unit_marked")
KINDS = tuple(_FIELDS)


def words_in(kind: str, data: Mapping[str, Any]) -> Iterator[Words]:
    """Yield what an entry of a kind says, from its data; an answer only where it was typed."""
    if kind == "attempted" and data.get("how") != "text":
        return
    for field in _FIELDS.get(kind, ()):
        text = str(data.get(field.text, ""))
        about = next((str(found) for name in field.about if (found := data.get(name))), "")
        replaces = (kind, field.text, *(str(data.get(name, "")) for name in field.replaces)) if field.replaces else ()
        yield Words(field.kind, about, text, replaces)


def pattern_of(word: str) -> tuple[str, re.Pattern[str]]:
    """Return the letters of a word, and what finds it where a word begins: whole or plural where it is short."""
    end = "" if len(word) >= BEGINNING else r"s?(?![\w+#])"
    return word, re.compile(rf"(?<![\w+#]){re.escape(word)}{end}")


def rank_of(head: str, rest: str, ways: Sequence[Sequence[tuple[str, re.Pattern[str]]]]) -> int | None:
    """Return how well a text fits, 0 the best, from its first line and the rest, both plain; None where it does not."""
    for number, words in enumerate(ways):
        # A text without the letters of a word cannot hold it, which is found out much faster.
        if all(word in head or word in rest for word, _ in words):
            at_once = [pattern.search(head) is not None for _, pattern in words]
            if all(at_once):
                return 2 * number
            if all(there or pattern.search(rest) for there, (_, pattern) in zip(at_once, words, strict=True)):
                return 2 * number + 1
    return None
