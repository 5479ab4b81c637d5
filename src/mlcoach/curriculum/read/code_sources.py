"""The sources of a code exercise that stand in files of their own: tests and wrong solutions taken from their text.

In Python a test is `def test_x():` with its docstring as the reason, and a wrong solution says in its docstring what to
think of and which tests it fails. In C++ a test is `void test_x() {` up to a line that begins with `}`, and lines of
`//` stand for the docstrings.
"""

import ast
import re
from collections.abc import Iterator
from textwrap import dedent
from typing import Any, NamedTuple

from mlcoach.curriculum.read.code import MOST_TESTS
from mlcoach.domain.practice.asserts import NOT_PYTHON, parsed
from mlcoach.domain.practice.code import CodeLanguage

PREFIX = "test_"
OURS = "mlcoach"  # what a test imports of this program is there anyway; the line is for editors
_FAILS = re.compile(r"^Fails:[ \t]*(?P<ids>.*\S)[ \t]*\Z", re.MULTILINE)
_SOLUTION = re.compile(r"^from solution import \*[^\n]*\n?", re.MULTILINE)
_CPP_TEST = re.compile(r"void test_(?P<name>[A-Za-z0-9_]+)\(\) ?\{\s*\Z")
_CPP_PASSED_OVER = re.compile(r"\s*\Z|#include\b|#pragma once\b|//")


class SourceFault(Exception):
    """What is wrong in a file at a line (0 for the whole of it), and the remedy."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint


class _Function(NamedTuple):
    name: str
    line: int
    why: str
    body: str


class _Shared(NamedTuple):
    """A statement beside the tests: the names it binds and uses, and its text."""

    bound: frozenset[str]
    used: frozenset[str]
    text: str


def tests_of(text: str, language: CodeLanguage, module: str) -> list[dict[str, Any]]:
    """Return the tests in a text as tables with `id`, `body` and, where it is given, `why`; they test a `module`.

    Raises SourceFault.
    """
    found = list(_python_tests(text, module) if language == "python" else _cpp_tests(text))
    if not found:
        sample = f"def {PREFIX}small():" if language == "python" else f"void {PREFIX}small() {{"
        raise SourceFault(0, "holds no test", f"write one as `{sample}`")
    tables = []
    for function in found:
        if not function.body.strip():
            raise SourceFault(function.line, f"has `{function.name}` without a statement", "write what it asserts")
        table = {"id": id_of(function.name.removeprefix(PREFIX)), "body": function.body}
        tables.append(table | ({"why": function.why} if function.why else {}))
    return tables


def wrong_of(text: str, language: CodeLanguage, name: str) -> dict[str, Any]:
    """Return the table of a wrong solution: `id`, `fails`, `file` or `redefines`, and `feedback` where it is given.

    Raises SourceFault.
    """
    said, rest = _docstring(text) if language == "python" else _first_comment(text)
    found = _FAILS.search(said.strip())
    if found is None:
        start = "its docstring" if language == "python" else "the lines of `//` that it begins with"
        raise SourceFault(1, "does not say which tests it fails", f"end {start} with a line `Fails: first, second`")
    if not rest.strip():
        raise SourceFault(1, "holds nothing but words", "write the wrong solution below them")
    feedback = " ".join(said.strip()[: found.start()].split())
    fails = [id_of(part) for part in re.split(r"[\s,]+", found["ids"]) if part]
    key = "file"
    if language == "python" and (whole := _SOLUTION.search(rest)):
        key, rest = "redefines", rest[: whole.start()] + rest[whole.end() :]
    return {"id": id_of(name), "fails": fails, key: rest} | ({"feedback": feedback} if feedback else {})


def id_of(name: str) -> str:
    """Return the id of a test or a wrong solution that is called so in a source."""
    return name.replace("_", "-").lower().strip("-")


def _tree(text: str) -> ast.Module:
    try:
        return parsed(text)
    except NOT_PYTHON as error:
        line = getattr(error, "lineno", None) or 0
        why = getattr(error, "msg", None) or "it is nested too deeply"
        raise SourceFault(line, f"is not Python: {why}", "correct it") from None


def _docstring(text: str) -> tuple[str, str]:
    """Return the docstring of a text in Python, and what is below it."""
    tree = _tree(text)
    said = ast.get_docstring(tree)
    return (said, "\n".join(text.split("\n")[tree.body[0].end_lineno :])) if said is not None else ("", text)


def _python_tests(text: str, module: str) -> Iterator[_Function]:
    """Yield the test functions. What a test needs of the rest of the file stands above its statements."""
    lines = text.split("\n")
    tree = _tree(text)
    start = 1 if ast.get_docstring(tree) is not None else 0
    shared: list[_Shared] = []
    tests: list[ast.FunctionDef] = []
    for node in tree.body[start:]:
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in (module, OURS):
            continue
        if isinstance(node, ast.FunctionDef) and node.name.startswith(PREFIX):
            arguments = node.args
            if arguments.args or arguments.posonlyargs or arguments.kwonlyargs or arguments.vararg or arguments.kwarg:
                raise SourceFault(node.lineno, f"has `{node.name}` with arguments", "a test takes none")
            if node.decorator_list:
                raise SourceFault(node.lineno, f"has `{node.name}` with a decorator", "remove it")
            tests.append(node)
        elif bound := _bound(node):
            shared.append(_Shared(frozenset(bound), frozenset(_used([node])), _written(lines, [node])))
        else:
            hint = (
                f"write statements inside of `def {PREFIX}…():`; beside tests there are imports, values and functions"
            )
            raise SourceFault(node.lineno, "has a statement outside of its tests", hint)
    if len(tests) > MOST_TESTS:
        raise SourceFault(
            tests[MOST_TESTS].lineno, f"has more than {MOST_TESTS} tests", "keep those that teach something"
        )
    for test in tests:
        body = test.body[1:] if ast.get_docstring(test) is not None else test.body
        above = [each.text for each in _needed(shared, body)]
        statements = _written(lines, body) if body else ""
        why = " ".join((ast.get_docstring(test) or "").split())
        needed = "\n".join(above) + "\n\n" if above else ""
        yield _Function(test.name, test.lineno, why, needed + statements if statements else "")


def _bound(node: ast.stmt) -> set[str]:
    """Return the names that an import, a value or a definition at the top of a file binds; none for anything else."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).partition(".")[0] for alias in node.names}
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return {part.id for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)}
    return set()


def _needed(shared: list[_Shared], body: list[ast.stmt]) -> list[_Shared]:
    """Return those statements, in their order, that bind a name used in a body or in another one that is needed."""
    used = _used(body)
    chosen: set[_Shared] = set()
    while more := [each for each in shared if each not in chosen and each.bound & used]:
        chosen.update(more)
        used = used.union(*(each.used for each in more))
    return [each for each in shared if each in chosen]


def _used(nodes: list[ast.stmt]) -> set[str]:
    return {part.id for node in nodes for part in ast.walk(node) if isinstance(part, ast.Name)}


def _written(lines: list[str], nodes: list[ast.stmt]) -> str:
    """Return statements as their file has them, moved to the margin; written anew where moving would change a text."""
    first = min((node.lineno, *(each.lineno for each in getattr(node, "decorator_list", ()))) for node in nodes)[0]
    text = dedent("\n".join(lines[first - 1 : nodes[-1].end_lineno]))
    try:
        if ast.dump(parsed(text)) == ast.dump(ast.Module(nodes, [])):
            return text
    except NOT_PYTHON:
        pass
    return "\n".join(map(ast.unparse, nodes))


def _first_comment(text: str) -> tuple[str, str]:
    """Return the text of the lines of `//` that a file begins with, and what is below them."""
    lines = text.lstrip("\n").split("\n")
    count = next((number for number, line in enumerate(lines) if not line.startswith("//")), len(lines))
    said = [line.removeprefix("//").strip() for line in lines[:count]]
    return "\n".join(said), "\n".join(lines[count:])


def _cpp_tests(text: str) -> Iterator[_Function]:
    lines = text.split("\n")
    said: list[str] = []
    place = 0
    while place < len(lines):
        line = lines[place]
        number = place + 1
        place += 1
        found = _CPP_TEST.match(line)
        if found is None:
            if not _CPP_PASSED_OVER.match(line):
                hint = f"write `void {PREFIX}NAME() {{`, with `}}` at the beginning of its last line"
                raise SourceFault(number, "has a line outside of its tests", hint)
            said = [*said, line[2:].strip()] if line.startswith("//") else []
            continue
        end = next((at for at in range(place, len(lines)) if lines[at].rstrip() == "}"), None)
        if end is None:
            raise SourceFault(number, f"has `{PREFIX}{found['name']}` without its end", "write `}` alone on a line")
        yield _Function(
            PREFIX + found["name"], number, " ".join(" ".join(said).split()), dedent("\n".join(lines[place:end]))
        )
        said, place = [], end + 1
