"""What seven thousand papers cost, as ratios within one run; absolute times say more about the machine.

    python tests/benchmarks/papers.py [ROUNDS]

imports a BibTeX file of 7,000 entries as managers write them (every name and abstract with TeX of its own, as in real
libraries), and holds the whole command against what bibtexparser alone needs to split the same text in a process of its
own. The reader of the first release, which left all TeX to a library, took 48 times as long as that (10 ms an entry, and
3 to 5 ms in real libraries); half of it was to be reached, 4.2 times were measured (0.9 ms), and 8 are promised. Then it
holds `paper list` with these papers against `today` and an empty Typer and Rich program, as `ratios.py` does: no more
than `today` with ten years of study behind it may cost. It ends with 1 where a promise is broken.
"""

import os
import random
import statistics
import sys
import tempfile
from pathlib import Path

from ratios import EMPTY_PROGRAM, NOW, Run, measure, run

ENTRIES = 7_000
MOST_PARSERS = 8
# `today` and `paper list` are measured in turn, so what is left between them is chance.
TOLERANCE = 1.10
PARSE = "import sys, bibtexparser; bibtexparser.parse_string(open(sys.argv[1], encoding='utf-8').read())"
ACCENTED = (r"{\"u}", r"{\'e}", r"\"o", r"\'{a}", r"{\o}", r"{\v{c}}", r"\c{c}", r"{\~n}", r"\H{o}", r"{\l}")
GIVEN = ("Jane", r"J{\'o}zef", "Donald E.", "Min-jun", r"P{\'a}l", "A.", "Maria", "Thi")
WORDS = (
    "learning", "deep", "of", "networks", "the", "stochastic", "attention", "for", "{BERT}", "models", "a", "kernel",
    "optimal", "with", "bounds", "sparse", "graph", "and", "recurrent", "policies",
)  # fmt: skip


def person(chance: random.Random) -> str:
    """Return a name that hardly another paper has, with an accent in it."""
    letters = "".join(chance.choices("aeiklmnorstuv", k=6))
    return f"{letters[0].upper()}{letters[1:3]}{chance.choice(ACCENTED)}{letters[3:]}, {chance.choice(GIVEN)}"


def library(path: Path) -> None:
    """Write the file; the same at every call."""
    chance = random.Random(20261128)
    entries = ['@string{nips = "Advances in Neural Information Processing Systems"}']
    for number in range(ENTRIES):
        authors = " and ".join(person(chance) for _ in range(chance.randrange(1, 6)))
        title = " ".join(chance.choices(WORDS, k=8)) + chance.choice(
            ("", r" \& more", " in $O(n)$", r" {\`a} la Bayes")
        )
        words = chance.choices(WORDS, k=150)
        for place in range(10, 150, 30):
            words[place] = chance.choice(
                (r"5\%", r"{\textless}", "$p < 0.05$", r"{\'e}t{\'e}", r"{\textbackslash}", "20{\\textdegree}")
            )
        abstract = " ".join(words).replace("{BERT}", "BERT")
        entries.append(
            f"@inproceedings{{key{number},\n  author = {{{authors}}},\n  title = {{{title.capitalize()}, part {number}}},\n"
            f"  booktitle = nips,\n  year = {{{1990 + number % 36}}},\n  month = jan,\n  pages = {{{number}--{number + 9}}},\n"
            f"  doi = {{10.1000/bench.{number}}},\n  keywords = {{one, two}},\n  abstract = {{{abstract}}}\n}}\n"
        )
    path.write_text("\n".join(entries), encoding="utf-8")


def imports(root: Path, path: Path, base: dict[str, str], rounds: int) -> tuple[Run, Run]:
    """Return the medians of parsing alone and of the import into an empty home, in turn."""
    parsed, imported = [], []
    for number in range(rounds + 1):
        home = base | {"MLCOACH_HOME": str(root / f"import-{number}")}
        run([sys.executable, "-m", "mlcoach", "today"], home)  # compiles the curriculum, which no import pays for twice
        alone = run([sys.executable, "-c", PARSE, str(path)], base)
        whole = run([sys.executable, "-m", "mlcoach", "paper", "import", str(path)], home)
        if number:
            parsed.append(alone)
            imported.append(whole)
    return tuple(Run(*map(statistics.median, zip(*runs, strict=True))) for runs in (parsed, imported))  # type: ignore[return-value]


def main(rounds: int) -> int:
    """Make the library, measure, print, and return 1 where a promise is broken."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path, program = root / "library.bib", root / "empty.py"
        library(path)
        program.write_text(EMPTY_PROGRAM, encoding="utf-8")
        base = {name: value for name, value in os.environ.items() if not name.startswith("PYTHONDONT")}
        base |= {"MLCOACH_NOW": NOW, "TERM": "xterm-256color", "MLCOACH_ARXIV": "http://127.0.0.1:9"}
        base.pop("NO_COLOR", None)
        alone, whole = imports(root, path, base, max(3, rounds // 3))
        times = whole.wall / alone.wall
        print(f"{ENTRIES:,} entries, {path.stat().st_size / 1e6:.1f} MB")
        print(f"bibtexparser alone   {alone.wall:6.2f} s")
        print(f"paper import         {whole.wall:6.2f} s   {times:.1f} x bibtexparser, {whole.memory:.0f} MiB\n")
        full = base | {"MLCOACH_HOME": str(root / "import-1")}
        mlcoach = [sys.executable, "-m", "mlcoach"]
        costs = measure(
            {
                "empty program": ([sys.executable, str(program), "show"], base),
                "today": ([*mlcoach, "today"], full),
                "paper list": ([*mlcoach, "paper", "list"], full),
                "paper": ([*mlcoach, "paper"], full),
                "paper list --all": ([*mlcoach, "paper", "list", "--all"], full),
                "paper search": ([*mlcoach, "paper", "search", "part", "4999"], full),
            },
            rounds,
        )
        empty, today = costs["empty program"], costs["today"]
        print(f"{'':20}{'x empty program':>18}{'x today':>10}{'memory':>12}{'wall':>10}")
        for name, cost in costs.items():
            print(
                f"{name:20}{cost.wall / empty.wall:>18.2f}{cost.wall / today.wall:>10.2f}"
                f"{cost.memory:>8.1f} MiB{cost.wall * 1000:>7.0f} ms"
            )
        listing = costs["paper list"].wall / today.wall
        return int(times >= MOST_PARSERS or listing > TOLERANCE)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
