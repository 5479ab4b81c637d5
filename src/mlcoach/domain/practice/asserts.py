"""Tests of Python, written as asserts, told so that a failed one says the call, what came and what was expected."""

import ast
import builtins
import warnings

# What reading a text as Python raises where it is not, or is nested too deeply: then MemoryError is no want of memory.
NOT_PYTHON = (SyntaxError, ValueError, RecursionError, MemoryError)
ASKED = "_asked_"  # the text of what is being asked, for an error on the way
FAIL = "_fail_"  # given the call, what came, the relation, the text and value of the other side, a message, the inputs
_RELATIONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "", ast.NotEq: "not ", ast.Lt: "less than ", ast.LtE: "at most ", ast.Gt: "more than ",
    ast.GtE: "at least ", ast.Is: "", ast.IsNot: "not ", ast.In: "one of ", ast.NotIn: "none of ",
}  # fmt: skip
_ABOUT = "about "


def parsed(text: str) -> ast.Module:
    """Return a text read as Python. Raises one of NOT_PYTHON.

    What Python itself warns of, such as `2or 3`, is for whoever runs it.
    """
    with warnings.catch_warnings(action="ignore"):
        return ast.parse(text)


def explained(body: str) -> str:
    """Return the same test, whose asserts name both sides where they fail. Raises SyntaxError."""
    tree = _Explaining().visit(parsed(body))
    ast.fix_missing_locations(tree)
    return ast.unparse(tree)


class _Explaining(ast.NodeTransformer):
    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        test, message = node.test, node.msg or ast.Constant("")
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            left, right = test.left, test.comparators[0]
            relation = _RELATIONS[type(test.ops[0])]
            held: ast.expr = ast.Compare(_name("_came_"), test.ops, [_name("_other_")])
        elif _is_close(test):
            assert isinstance(test, ast.Call)
            left, right, *rest = test.args
            relation = _ABOUT
            held = ast.Call(test.func, [_name("_came_"), _name("_other_"), *rest], test.keywords)
        else:
            left, right, relation, held = test, ast.Constant(True), "", _name("_came_")
        inputs = ast.Dict([ast.Constant(name) for name in _inputs(left)], [_name(name) for name in _inputs(left)])
        fail = ast.Call(
            _name(FAIL),
            [
                ast.Constant(ast.unparse(left)), _name("_came_"), ast.Constant(relation),
                ast.Constant("" if _is_plain(right) else ast.unparse(right)), _name("_other_"), message, inputs,
            ],
            [],
        )  # fmt: skip
        return [
            ast.Assign([ast.Name(ASKED, ast.Store())], ast.Constant(ast.unparse(left))),
            ast.Assign([ast.Name("_came_", ast.Store())], left),
            ast.Assign([ast.Name("_other_", ast.Store())], right),
            ast.If(ast.UnaryOp(ast.Not(), held), [ast.Expr(fail)], []),
        ]


def _is_close(test: ast.expr) -> bool:
    return (
        isinstance(test, ast.Call)
        and isinstance(test.func, ast.Name)
        and test.func.id == "close"
        and len(test.args) >= 2
        and not any(isinstance(arg, ast.Starred) for arg in test.args)
    )


def _is_plain(node: ast.expr) -> bool:
    """Return whether a side says its value by itself, as a number or a list of numbers does."""
    return not any(isinstance(inner, ast.Name | ast.Call) for inner in ast.walk(node))


def _inputs(node: ast.expr) -> list[str]:
    """Return the names of values in a call, without what is called, modules' names or what a comprehension brings."""
    called = {id(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}
    called |= {id(inner.value) for inner in ast.walk(node) if isinstance(inner, ast.Attribute)}
    brought = {
        name.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.comprehension | ast.Lambda | ast.NamedExpr)
        for name in ast.walk(inner.target if not isinstance(inner, ast.Lambda) else inner.args)
        if isinstance(name, ast.Name)
    }
    brought |= {arg.arg for inner in ast.walk(node) if isinstance(inner, ast.Lambda) for arg in inner.args.args}
    found = [
        inner.id
        for inner in ast.walk(node)
        if isinstance(inner, ast.Name) and id(inner) not in called and inner.id not in brought
    ]
    return [name for name in dict.fromkeys(found) if not hasattr(builtins, name)]


def _name(name: str) -> ast.Name:
    return ast.Name(name, ast.Load())
