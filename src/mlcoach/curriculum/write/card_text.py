"""One card or exercise as the text that an editor opens, and back to its keys."""

from typing import Any

from mlcoach.domain.curriculum import Card, Exercise
from mlcoach.errors import InvalidFileError

HEADER = """\
# {item}
# Change what you like, save and close. Single quotes keep backslashes: '\\lambda'.
# A key that stays as it is, or is taken out, follows the bundled file; an empty file changes nothing.
"""
HOW_TO_QUOTE = "a text stands between quotes: a = 'x = 1'; with an apostrophe between these: \"what's w?\""
VARIED = "# Its numbers vary. If you change question or answer, yours are asked, and always the same.\n"


def editable_keys(subject: Card | Exercise) -> dict[str, Any]:
    """Return the keys of an item as its file would have them, without its id."""
    if isinstance(subject, Exercise):
        keys: dict[str, Any] = {
            "title": subject.title,
            "minutes": subject.minutes,
            "prompt": subject.prompt,
            "check": subject.check,
            "solution": subject.solution,
        }
        return {key: value for key, value in keys.items() if value != ""}
    match subject.form:
        case "cloze":
            keys = {"cloze": subject.question}
        case "numeric":
            keys = {"numeric": subject.question, "answer": subject.number, "tolerance": subject.tolerance}
        case "code":
            keys = {"q": subject.question, "code": subject.code, "expects": subject.answer}
        case _:
            keys = {"q": subject.question, "a": subject.answer}
    if subject.code:
        keys |= {"code": subject.code, "language": subject.language}
    return {key: value for key, value in keys.items() if value not in ("", None)}


def as_text(item: str, keys: dict[str, Any], word: str = "") -> str:
    """Return the text that the editor opens with."""
    from mlcoach.curriculum.write.overlay import toml_value

    lines = [f"{key} = {toml_value(_tidy(value))}" for key, value in keys.items()]
    return HEADER.format(item=item) + word + "\n" + "\n".join(lines) + "\n"


def read_keys(text: str) -> dict[str, Any]:
    """Return the keys of an edited text. Raises InvalidFileError where it is not TOML, or more than keys."""
    import tomli

    try:
        keys = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        lines = text.splitlines()
        line = lines[min(error.lineno, len(lines)) - 1].strip() if lines else ""
        raise InvalidFileError(f"line {error.lineno} cannot be read: {line:.60}", HOW_TO_QUOTE) from error
    except RecursionError as error:
        raise InvalidFileError("this cannot be read: its brackets go too deep") from error
    for key, value in keys.items():
        if not isinstance(value, str | int | float):
            raise InvalidFileError(f"`{key}` is neither text nor a number")
    return keys


def _tidy(value: Any) -> Any:
    """Return 3 for 3.0: a person would write it so."""
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value
