"""Numbers of `start`, `prog.py` and the first unit of `ml`."""

from collections.abc import Callable, Sequence

from tests.curriculum.numeric.linear_algebra import best_constant


def mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


ANSWERS: dict[str, Callable[[], float]] = {
    "start.why/pre-one-step-of-learning": lambda: 3 - 0.1 * (3 * 2 - 10) * 2,
    "start.why/pre-squared-error-of-one": lambda: (3 * 2 - 10) ** 2,
    "start.why/pre-plan-overrun": lambda: 20 * 1.3,
    "start.why/overrun-days": lambda: 300 * 1.3 / 2,
    "start.why/gap-share": lambda: 100 * (3 + 2 + 1) / (5 + 5 + 3 + 2 + 1),
    "start.why/year-with-rest": lambda: 2 * sum(day % 14 != 0 for day in range(364)),
    "start.learn/expected-misses": lambda: 40 * (100 - 90) / 100,
    "start.learn/gap-for-a-year": lambda: 360 * 5 / 100,
    "start.learn/review-minutes": lambda: 90 * 10 / 60,
    "start.setup/pre-training-memory-of-two-billion": lambda: sum(
        2 * 4 for _ in ("weight", "gradient", "first", "second")
    ),
    "start.setup/pre-float-bytes": lambda: 10e6 * 4 / 1e6,
    "start.setup/weights-float32-memory": lambda: 25e6 * 4 / 1e6,
    "start.setup/weights-half-memory": lambda: 7e9 * 2 / 1e9,
    "start.setup/adam-bytes-per-parameter": lambda: 4 * (1 + 1 + 2),
    "start.setup/adam-training-memory": lambda: 500e6 * 4 * (1 + 1 + 2) / 1e9,
    "start.setup/ram-for-two-gpus": lambda: max(24, 12),
    "start.setup/rent-or-buy": lambda: 600 / 0.50,
    "prog.py.basics/pretest-counting-in-a-dict": lambda: "abacab".count("a") * len(set("abacab")),
    "prog.py.basics/pretest-list-kept-between-calls": lambda: len([1, 1, 2]),
    "prog.py.basics/pretest-range-length": lambda: len(range(2, 20, 5)),
    "prog.py.basics/slice-length": lambda: len(list(range(100))[10:50:5]),
    "prog.py.basics/floor-division-negative": lambda: -7 // 2,
    "prog.py.basics/distinct-letters": lambda: len(set("mississippi")),
    "prog.py.design/pretest-what-a-generator-has-left": lambda: sum(k * k for k in range(2, 5)),
    "prog.py.design/zip-shortest": lambda: len(list(zip(range(7), "abcd", strict=False))),
    "prog.py.design/stacked-parametrize": lambda: 3 * 4,
    "prog.py.design/module-fixture-count": lambda: 1,
    "prog.py.data/pretest-rows-of-an-outer-merge": lambda: sum(
        max(1, "aabc".count(key)) * max(1, "abbd".count(key)) for key in "abcd"
    ),
    "prog.py.data/pretest-every-second-column": lambda: sum(4 * row + column for row in (1, 2) for column in (0, 2)),
    "prog.py.data/pretest-broadcast-size": lambda: max(4, 1) * max(1, 3),
    "prog.py.data/broadcast-element-count": lambda: max(8, 1) * max(1, 7) * max(6, 1),
    "prog.py.data/uint8-overflow": lambda: (250 + 10) % 2**8,
    "prog.py.data/reshape-minus-one": lambda: 24 / (2 * 3),
    "prog.py.data/array-memory": lambda: 1_000_000 * 50 * 8 / 1e6,
    "prog.py.data/inner-merge-count": lambda: sum(left == right for left in "aab" for right in "aac"),
    "ml.found/pretest-baseline-on-new-rows": lambda: mean([abs(target - mean((3, 5, 10))) for target in (4, 9)]),
    "ml.found/pretest-always-fine": lambda: 100 * (1 - 1 / 50),
    "ml.found/majority-class-accuracy": lambda: 100 * 940 / (940 + 60),
    "ml.found/mean-baseline-error": lambda: mean([(mean((2, 4, 9)) - target) ** 2 for target in (4, 8)]),
    "ml.found/best-constant-absolute": lambda: best_constant((1, 2, 3, 4, 90), abs),
}
