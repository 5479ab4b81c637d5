"""One vocabulary: the words that people read here are plain, and the same everywhere."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import tomli

from mlcoach.curriculum.read.find import bundled_folder

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src"
PAGES = ("README.md", "CHANGELOG.md", "curricula/README.md")

# Patterns of what is not written any more, with what is written instead.
AVOIDED = {
    r"\bmend(s|ed|ing)?\b": "repair",
    r"\bfor(etell(s|ing)?|etold)\b": "predict",
    r"(?<!there )\b(is|are|was|were) no (?!longer\b)": "is not a …",
    r"\b(which|that|this|it|and this) (is|are) none\b": "is not one",
    r"whose id is none": "with an invalid id",
    r"\bthat cannot be(?! [a-z]+(ed|n|t|d|ch)\b)": "invalid",
    r"` cannot be(?! [a-z]+(ed|en|ad)\b)": "must be, with the allowed range",
    r"\bno matter\b": "is fine",
    r"\bnobody (can|asks|knows)\b": "say what is missing",
    r"\bcounts? no more\b|\b(it|has|had|is|this unit|them) no more\b": "no longer",
    r"\bdear(er|est)?\b": "expensive",
    r"(?<!None )(?<!\"\" )(?<!0 )(?<!and )\bfor nothing\b(?! in part)": "free",
    r"in the place of the (store|database)": "restore a backup",
    r"how its name is written": "check the file name",
    r"nothing was ever": "no … recorded",
    r"\bstands? as passed\b": "counts as passed",
    r"to the floor\b": "keep the day",
    r"\bcame true\b": "recalled",
}
# Of these, and besides, what is not written in the curriculum either.
AVOIDED_IN_CONTENT = {
    r"\bmend(s|ed|ing)?\b": "repair",
    r"\bfor(etell(s|ing)?|etold)\b": "predict",
    r"(?<!there )\b(is|are|was|were) no (?!longer\b|more than\b|less than\b|[a-z]+er\b)": "is not a …",
    r"\b(which|that|this|it|and this) (is|are) none\b": "is not one",
    r"\bcounts? no more\b": "no longer",
    r"\bdear(er|est)\b": "expensive",
    r"(?<!wait )\bfor nothing\b": "free",
    r"\bin vain\b": "without a result",
    r"\bfor ever\b": "without end",
    r"\banew\b": "again",
    r"\bin daylight\b": "openly",
    r"\bleans? on\b": "depends on",
}


def text_of(node: ast.Constant | ast.JoinedStr) -> str:
    """Return a string as it is read, with a pair of braces for what is filled in."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def texts() -> Iterator[tuple[str, str]]:
    """Yield (place, text) of every string and docstring of the program, and of the pages about it."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.JoinedStr) or (
                isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
            if is_text and id(node) not in parts:
                assert isinstance(node, ast.Constant | ast.JoinedStr)
                yield f"{path.relative_to(ROOT)}:{node.lineno}", text_of(node)
    for page in PAGES:
        yield page, (ROOT / page).read_text(encoding="utf-8")
    for path in sorted((SOURCE / "mlcoach" / "help_pages").glob("*.md")):
        yield path.name, path.read_text(encoding="utf-8")


def content() -> Iterator[tuple[str, str]]:
    """Yield (place, text) of every text of the curriculum, without code, ids and the titles of works of others."""
    for path in sorted(bundled_folder().rglob("*.toml")):
        yield from _strings(path.name, tomli.loads(path.read_text(encoding="utf-8")))


def _strings(place: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in ("code", "id", "in", "was", "resources"):
                yield from _strings(f"{place}:{value.get('id', '')}:{key}", part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(place, part)
    elif isinstance(value, str):
        yield place, re.sub(r"```.*?```", "", value, flags=re.DOTALL)


def found_in(texts: Iterator[tuple[str, str]], avoided: Mapping[str, str]) -> list[str]:
    """Return each place where something is written that is not written any more, with what is written instead."""
    everything = [(place, " ".join(text.split())) for place, text in texts]
    return [
        f"{place}: …{text[max(0, match.start() - 30) : match.end() + 20]}… -> {instead}"
        for pattern, instead in avoided.items()
        for place, text in everything
        for match in re.finditer(pattern, text, re.IGNORECASE)
    ]


def test_nothing_is_said_in_words_that_people_stumble_over() -> None:
    assert found_in(texts(), AVOIDED) == []


def test_the_curriculum_is_written_in_plain_words() -> None:
    assert found_in(content(), AVOIDED_IN_CONTENT) == []


def test_what_is_avoided_is_found() -> None:
    assert found_in(iter([("here", "It is mended, and nobody knows.")]), AVOIDED) == [
        "here: …It is mended, and nobody knows.… -> repair",
        "here: …It is mended, and nobody knows.… -> say what is missing",
    ]
