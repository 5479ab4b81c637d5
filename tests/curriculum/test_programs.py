"""The programs of exercises print what their texts say: the solution's where it is whole, else the prompt's with gaps filled.

Only programs that need the standard library, NumPy or SciPy are run; a program whose output is not shown is not held to one.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from mlcoach.curriculum.cache.catalog import open_catalog
from mlcoach.curriculum.read.find import bundled_folder
from mlcoach.domain.curriculum import Exercise

UNITS = (
    "dl.modern", "eng.scale", "nlp.pretrain", "nlp.posttrain", "nlp.inference", "nlp.apps", "nlp.agents",
    "math.causal", "math.bayes", "ml.forecast", "ml.recsys", "dl.graphs", "dl.interpret", "career.bank",
)  # fmt: skip
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
GAP = "____"
SECONDS = 120


def programs(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Yield each program with the output that the text shows for it."""
    asked, solved = BLOCK.findall(exercise.prompt), BLOCK.findall(exercise.solution)
    # A solution is the gaps' texts, a line each, or the whole program.
    if asked and GAP in asked[0][1] and "print(" not in solved[0][1]:
        program, gaps = asked[0][1], solved[0][1].strip().splitlines()
        for gap in gaps:
            program = program.replace(GAP, gap, 1)
        assert GAP not in program, "a gap without a solution, or the other way round"
        yield program, solved[1][1]
    for blocks in (asked, solved):
        for (language, program), (after, output) in pairwise(blocks):
            if language == "python" and after == "text" and GAP not in program and "\n" in program.strip():
                yield program, output


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_the_programs_of_a_unit_print_what_is_shown(unit: str, tmp_path: Path) -> None:
    with open_catalog(bundled_folder(), tmp_path / "own", tmp_path / "cache") as catalog:
        found = [catalog.item(head.id) for head in catalog.items(unit) if head.kind == "exercise"]
    run = 0
    for exercise in found:
        assert isinstance(exercise, Exercise)
        for number, (program, output) in enumerate(programs(exercise)):
            if "torch" in program or "print" not in program:  # without print: the gaps, shown before their output
                continue
            file = tmp_path / f"{exercise.id.partition('/')[2]}-{number}.py"
            file.write_text(program, encoding="utf-8")
            ran = subprocess.run(  # a process of its own, as the learner's
                [sys.executable, str(file)], capture_output=True, text=True, cwd=tmp_path, timeout=SECONDS, check=False
            )
            assert ran.returncode == 0, (exercise.id, ran.stderr[-500:])
            assert ran.stdout.strip() == output.strip(), exercise.id
            run += 1
    assert run >= 3, "too few programs were found: has the form of the texts changed?"
