"""The program that an exercise without tests gives in its text, to be filled in, run and judged by the learner."""

import re
from typing import NamedTuple

from mlcoach.domain.practice.code import SUFFIXES, CodeLanguage

_BLOCK = re.compile(r"^[ \t]*(`{3,}|~{3,})(\w+)[ \t]*\n(.*?)^[ \t]*\1[ \t]*$", re.MULTILINE | re.DOTALL)
FEWEST = 3  # lines; what is shorter is typed faster than it is opened
COMMENTS: dict[CodeLanguage, str] = {"python": "# ", "cpp": "// "}


class GivenCode(NamedTuple):
    """A program in its language, and the end of the name of its file."""

    language: CodeLanguage
    text: str
    suffix: str


def given_code(prompt: str) -> GivenCode | None:
    """Return the program in the blocks of a text, those of the first language that can be run; None for none."""
    blocks = [(block[2], block[3].rstrip()) for block in _BLOCK.finditer(prompt)]
    language = next((known for name, _ in blocks for known in SUFFIXES if known == name), None)
    if language is None:
        return None
    text = "\n\n\n".join(text for name, text in blocks if name == language)
    return GivenCode(language, f"{text}\n", SUFFIXES[language]) if text.count("\n") + 1 >= FEWEST else None


def file_text(given: GivenCode, title: str, item: str) -> str:
    """Return what is written for the learner: which exercise it is, and the program."""
    sign = COMMENTS[given.language]
    return f"{sign}{' '.join(title.split())}\n{sign}mlcoach review --item {item}\n\n{given.text}"
