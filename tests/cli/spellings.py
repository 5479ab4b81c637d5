"""Sixty lines that people would try in their first week, written down before the program could read them.

Each stands with what its writer meant. `does` is what must be on the screen when it was done (exit 0); `asks` is what
must be offered when the words fit several things or none (exit 2 or 3). Not one may be answered by something else.
"""

from typing import NamedTuple


class Spelling(NamedTuple):
    """A line as somebody would type it, and what it must come to. `before` are the lines typed before it."""

    line: str
    does: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


SPELLINGS = (
    # Time, as it is said.
    Spelling("log 45 min vectors", ("45m", "math.la.vectors")),
    Spelling("log 1 hour", ("1h",)),
    Spelling("log 2 hours", ("2h",)),
    Spelling("log 1h 30m eigenvalues", ("1h30m", "math.la.eigen")),
    Spelling("log 1,5h linear regression", ("1h30m", "ml.linear")),
    Spelling("log vectors 45m", ("45m", "math.la.vectors")),
    Spelling("log 18:00-18:45 git", ("45m", "prog.tools.shell", "18:00")),
    Spelling("log 6pm-7pm", ("1h", "18:00")),
    Spelling("log half an hour", ("30m",)),
    Spelling("log an hour of backpropagation", ("1h", "dl.nn")),
    Spelling("log 45 minutes on integrals", ("45m", "math.calc.integrals")),
    Spelling("log 90min pytorch", ("1h30m", "dl.torch")),
    Spelling("log 1.5 hours", ("1h30m",)),
    Spelling("log 1:30 svd", ("1h30m", "math.la.eigen")),
    Spelling("log 2", asks=("log 2m", "log 2h")),
    Spelling('log ""', asks=("log 45m",)),
    Spelling("log 30m yesterday", ("30m", "Sun 22 Nov")),
    Spelling("log 30m vectors -d yesterday", ("30m", "Sun 22 Nov")),
    Spelling('log 30m -m "shapes clicked"', ("30m", "shapes clicked")),
    # Units, subjects and tracks, as they are called.
    Spelling("log 45m linear algebra", asks=("math.la.vectors", "math.la.eigen")),
    Spelling("log 45m Linear-Algebra", asks=("math.la.vectors", "math.la.eigen")),
    Spelling("start PCA", ("math.la.eigen",)),
    Spelling("start python fundamentals", ("prog.py.basics",)),
    Spelling("start school maths", ("math.pre",)),
    Spelling("start neural networks", ("dl.nn",)),
    Spelling("start next", ("start.why",)),
    Spelling("start 1", ("start.why",)),
    Spelling("start math", asks=("math.pre", "math.calc")),
    Spelling("curriculum show backprop", ("dl.nn",)),
    Spelling("curriculum show transformer", asks=("dl.attn", "nlp.transformers")),
    Spelling("curriculum show deep learning", ("dl", "Deep learning")),
    Spelling("skip school mathematics", ("math.pre",)),
    Spelling("skip calculus", ("math.calc.derivatives", "math.calc.integrals")),
    Spelling("skip git", ("prog.tools.shell",)),
    Spelling("done vectors --no-questions", ("math.la.vectors",)),
    Spelling("done limits and derivatives", ("math.calc.derivatives",)),
    Spelling('init --known "python, calculus" --yes', ("Python fundamentals", "Limits and derivatives")),
    Spelling('init --known "school maths and linear algebra" --yes', ("School", "Vectors, matrices, linear maps")),
    Spelling('init --minutes "2 hours" --yes', ("2h a day",)),
    Spelling('init --slot "20.30" --path llm --yes', ("20:30", "(llm)")),
    Spelling("paper add attention is all you need", ("1706.03762", "Attention")),
    Spelling("paper add adam", ("1412.6980",)),
    Spelling("paper show optimization", ("1412.6980",), before=("paper add 1412.6980",)),
    Spelling("paper read adam method", ("1412.6980",), before=("paper add 1412.6980",)),
    Spelling("paper drop stochastic optimization", ("1412.6980",), before=("paper add 1412.6980",)),
    Spelling("cards show dot product sign", ("math.la.vectors/dot-product-sign",)),
    Spelling("grade dot product sign good", ("math.la.vectors/dot-product-sign", "Asked again")),
    Spelling("memory explain dot product sign", ("dot-product-sign",), before=("grade dot-product-sign good",)),
    Spelling("cards show dot product", asks=("math.la.vectors/dot-product-sign",)),
    Spelling("search eigenvalues", ("math.la.eigen", "mlcoach")),
    # Words that are not commands.
    Spelling("next", asks=("mlcoach today",)),
    Spelling("learn", asks=("mlcoach start",)),
    Spelling("help", ("today ", "log ", "review ")),
    Spelling("help log", ("mlcoach log",)),
    Spelling("history", asks=("mlcoach log",)),
    Spelling("interview", does=("mock interview",)),
    Spelling("interviews", asks=("curriculum show interview",)),
    Spelling("mentor", asks=("mentor",)),
    Spelling("apply", asks=("curriculum show search",)),
    Spelling("exercise", asks=("mlcoach review",)),
    Spelling("laptop", asks=("export journal", "import journal")),
    Spelling("show eigen", asks=("curriculum show eigen",)),
    Spelling("notes", asks=("log --full",)),
    Spelling("settings", asks=("config show",)),
    Spelling("delete", asks=("mlcoach undo",)),
    Spelling("tomorrow", asks=("mlcoach plan",)),
    Spelling("flashcards", asks=("mlcoach review",)),
)
