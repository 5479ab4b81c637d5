"""What runs the tests inside the learner's own Python: alone, without any import of this program, from 3.8 on.

Called with a folder: it holds `tests` (a Python list of pairs, id and text), the learner's file, whose name is the
second argument, and takes `results`, one JSON object a line: `{"begin": ID}`, then `{"test": ID, "ok": …}`, at the end
`{"done": true}`; or `{"broken": …}` where the file could not be loaded, and `{"late": LINE}` where time runs out.
No import that costs time: it runs at every save.
"""

import sys
from _signal import __dict__ as signals  # the module without its enumerations, which take as long as a run
from time import perf_counter

MOST_SHOWN = 400  # characters of a value
MOST_ENTRIES = 12  # of a list
DEEPEST = 4


def encode(value):
    """Return a value as JSON."""
    if isinstance(value, str):
        try:
            from _json import encode_basestring_ascii
        except ImportError:  # another Python than CPython
            from json.encoder import encode_basestring_ascii
        return encode_basestring_ascii(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{%s}" % ", ".join("%s: %s" % (encode(key), encode(inner)) for key, inner in value.items())
    if isinstance(value, (list, tuple)):
        return "[%s]" % ", ".join(map(encode, value))
    return repr(value)


def short(value, deep=0):
    """Return a value as text that a screen can take, without ever making a long one first."""
    if getattr(value, "shape", None) == ():  # a number of NumPy's is read as a number
        value = plain(value)
    kind = type(value)
    if kind in (list, tuple, set, frozenset) and deep < DEEPEST:
        left, right = {"list": "[]", "tuple": "()", "set": "{}", "frozenset": "{}"}[kind.__name__]
        inner = []
        for entry in value:
            if len(inner) >= MOST_ENTRIES:
                inner.append("… (%d in all)" % len(value))
                break
            inner.append(short(entry, deep + 1))
        if kind is tuple and len(value) == 1:
            inner.append("")
        if not inner and kind in (set, frozenset):
            return "set()"
        return cut(left + ", ".join(inner).rstrip(" ") + right)
    if kind is dict and deep < DEEPEST:
        inner = []
        for key in value:
            if len(inner) >= MOST_ENTRIES:
                inner.append("… (%d in all)" % len(value))
                break
            inner.append("%s: %s" % (short(key, deep + 1), short(value[key], deep + 1)))
        return cut("{" + ", ".join(inner) + "}")
    if kind is str:
        return repr(value) if len(value) <= MOST_SHOWN else "%r… (%d characters)" % (value[:MOST_SHOWN], len(value))
    if kind is int and value.bit_length() > 2000:
        return "a number of %d bits" % value.bit_length()
    try:
        return cut(repr(value))
    except Exception as error:  # a __repr__ of the learner's
        return "<%s whose repr raises %s>" % (kind.__name__, type(error).__name__)


def cut(text):
    """Return a text of bounded length."""
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


class Failed(AssertionError):
    """A test that failed, with what is to be said of it."""


def fail(call, came, relation, other_text, other, message, inputs):
    """Say what a call gave and what it should have given."""
    sides = [plain(came), plain(other)]
    if not message and relation in ("", "about ") and all(isinstance(side, (list, tuple)) for side in sides):
        given, wanted = map(len, sides)
        message = "" if given == wanted else "its length is %d, not %d" % (given, wanted)
    if not message and came is None and other is not None and relation in ("", "about "):
        message = "it returned None: is a `return` missing?"
    raise Failed(
        {
            "call": cut(call),
            "came": short(came),
            "expected": relation + short(other),
            "message": cut(str(message)),
            "inputs": [[name, short(value)] for name, value in inputs.items()],
        }
    )


def close(one, other, rel=1e-9, abs=1e-9):
    """Return whether two numbers, or two lists of them however nested, agree."""
    one, other = plain(one), plain(other)
    if isinstance(one, (list, tuple)) or isinstance(other, (list, tuple)):
        if not (isinstance(one, (list, tuple)) and isinstance(other, (list, tuple))) or len(one) != len(other):
            return False
        for left, right in zip(one, other):
            if not close(left, right, rel, abs):
                return False
        return True
    if isinstance(one, dict) and isinstance(other, dict):
        if set(one) != set(other):
            return False
        for key in one:
            if not close(one[key], other[key], rel, abs):
                return False
        return True
    if one is None or other is None or isinstance(one, str) or isinstance(other, str):
        return one == other
    if one == other:  # infinities too
        return True
    off = one - other
    if off * 0 != 0:  # one of them is infinite or not a number, and a share of infinity would allow everything
        return False
    off = -off if not isinstance(off, complex) and off < 0 else off
    size = max(magnitude(one), magnitude(other))
    return magnitude(off) <= max(rel * size, abs)


def magnitude(value):
    """Return the absolute value of a number."""
    return value.__abs__()


def plain(value):
    """Return an array or tensor as lists; everything else as it is."""
    return value.tolist() if hasattr(value, "tolist") else value


class raises:
    """A block that must raise one of these errors."""

    def __init__(self, *kinds):
        self.kinds = kinds

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind is None:
            names = " or ".join(each.__name__ for each in self.kinds)
            raise Failed({"message": "this must raise %s, and nothing was raised" % names})
        return issubclass(kind, self.kinds)


def place(error, path):
    """Return the last line of the learner's file that an error went through, 0 where it did not."""
    line, trace = 0, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == path:
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def said(error, path):
    """Return what is to be said of an error."""
    if isinstance(error, Failed):
        return dict(error.args[0])
    if isinstance(error, SyntaxError) and error.filename == path:
        return {"message": "%s: %s" % (type(error).__name__, error.msg), "line": error.lineno or 0}
    if isinstance(error, SystemExit):
        return {"message": "it ended the program (%s)" % cut(repr(error)), "line": place(error, path)}
    name = type(error).__name__
    if isinstance(error, NameError) and "'____'" in str(error):
        return {"message": "a gap ____ is still open", "line": place(error, path)}
    if isinstance(error, NameError) and not place(error, path) and getattr(error, "name", None):
        return {"message": "your file does not define `%s`" % error.name}
    try:
        text = str(error)
    except Exception:
        text = ""
    return {"message": cut("%s: %s" % (name, text) if text else name), "line": place(error, path), "kind": name}


def main():
    """Load the learner's file and run the tests in their order."""
    folder, file = sys.argv[1:3]
    path = folder + "/" + file
    sys.path[:] = [folder] + [entry for entry in sys.path if entry not in ("", sys.argv[3])]
    soon = float(sys.argv[4])
    sys.argv[:] = [path]
    __import__("builtins").exit = __import__("builtins").quit = sys.exit  # as outside of a fence
    out = open(folder + "/results", "w", encoding="utf-8")

    def tell(**fields):
        out.write(encode(fields) + "\n")
        out.flush()

    name = file.rpartition(".")[0]
    module = type(sys)(name)
    module.__file__ = path
    sys.modules[name] = module
    with open(folder + "/tests", encoding="utf-8") as stored:
        tests = eval(stored.read())
    names = module.__dict__

    def late(number, frame):
        while frame is not None and frame.f_code.co_filename != path:
            frame = frame.f_back
        tell(late=frame.f_lineno if frame else 0, call=cut(names.get("_asked_", "")))

    # A run that is not over when its time nearly is says where it is, and goes on.
    if "setitimer" in signals:
        signals["signal"](signals["SIGALRM"], late)
        signals["setitimer"](signals["ITIMER_REAL"], soon)
    tell(begin="")
    try:
        with open(path, "rb") as source:
            exec(compile(source.read(), path, "exec"), module.__dict__)
    except BaseException as error:
        tell(broken=said(error, path))
        return
    for test, text in tests:
        tell(begin=test)
        start = perf_counter()
        names = dict(module.__dict__)
        names.update({"_fail_": fail, "close": close, "raises": raises, "__name__": "tests"})
        try:
            exec(compile(text, "<test>", "exec"), names)
        except BaseException as error:
            told = said(error, path)
            if "_asked_" in names:
                told.setdefault("call", cut(names["_asked_"]))
            tell(test=test, ok=False, seconds=perf_counter() - start, **told)
        else:
            tell(test=test, ok=True, seconds=perf_counter() - start)
    tell(done=True)


if __name__ == "__main__":
    main()
