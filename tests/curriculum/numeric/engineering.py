"""Numbers of `eng`."""

import math
import sqlite3
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import count, product

DAY = 24 * 60 * 60  # seconds


def at_least_one(chance: Fraction, times: int) -> float:
    """Add up, for each number of hits, how many outcomes have it and how likely each of them is."""
    return float(
        sum(math.comb(times, hits) * chance**hits * (1 - chance) ** (times - hits) for hits in range(1, times + 1))
    )


def answer_of(script: str, query: str) -> float:
    """Return the single number a query gives after a script."""
    database = sqlite3.connect(":memory:")
    try:
        database.executescript(script)
        return float(database.execute(query).fetchone()[0])
    finally:
        database.close()


def rows_of_a_join() -> float:
    return answer_of(
        "CREATE TABLE a (k); CREATE TABLE b (k);"
        "INSERT INTO a VALUES (1), (1), (1); INSERT INTO b VALUES (1), (1), (1), (1);",
        "SELECT count(*) FROM a JOIN b ON a.k = b.k",
    )


def multiplied_sum() -> float:
    return answer_of(
        "CREATE TABLE orders (id, amount); CREATE TABLE items (o); CREATE TABLE payments (o);"
        "INSERT INTO orders VALUES (1, 100); INSERT INTO items VALUES (1), (1), (1);"
        "INSERT INTO payments VALUES (1), (1);",
        "SELECT sum(amount) FROM orders JOIN items i ON i.o = id JOIN payments p ON p.o = id",
    )


def nearest_rank(values: Sequence[float], percent: int) -> float:
    """Try every value: the smallest that enough of all do not exceed."""
    return min(value for value in values if 100 * sum(other <= value for other in values) >= percent * len(values))


def largest_accepted_difference() -> float:
    """Walk away from the expected value in small steps until numpy.allclose refuses."""
    import numpy as np

    steps = range(1, 1001)
    return max(step / 100 for step in steps if np.allclose(200 + step / 100, 200, rtol=0.01, atol=0.5))


def percent_right() -> float:
    """Count the right answers person by person."""
    right = [True] * 855 + [False] * 45 + [True] * 50 + [False] * 50
    return 100 * sum(right) / len(right)


def precision_among_flagged() -> float:
    people = [(True, index < 16) for index in range(20)] + [(False, index < 8) for index in range(80)]
    flagged = [positive for positive, is_flagged in people if is_flagged]
    return 100 * sum(flagged) / len(flagged)


def pods_asked_for() -> float:
    """Add pods until the same work keeps them at the target or below."""
    work, pods = 4 * 90, 1
    while work / pods > 60:
        pods += 1
    return pods


ORDERS = """
CREATE TABLE orders (id INTEGER, customer INTEGER);
INSERT INTO orders VALUES (1, 1), (2, 1), (3, 2), (4, 3), (5, NULL);
CREATE TABLE customers (customer INTEGER);
INSERT INTO customers VALUES (1), (2), (4);
"""
# From what wins to what gives way: the command line, the file, the defaults.
SETTINGS = ({"rate": 3}, {"rate": 2, "epochs": 8}, {"rate": 1, "epochs": 5})

ANSWERS: dict[str, Callable[[], float]] = {
    "eng.design/pretest-processes-needed": lambda: next(n for n in count(1) if n * Fraction(1000, 50) >= 100),
    "eng.design/pretest-requests-per-second": lambda: 864_000 / DAY,
    "eng.design/peak-hour-rate": lambda: 2_000_000 * 18 / 100 / 3600,
    "eng.design/log-size-per-month": lambda: sum(10 * 1000 * DAY for _ in range(30)) / 1e9,
    "eng.design/cost-of-a-million": lambda: 1_000_000 / (50 / 2) / 3600 * 2,
    "eng.modules/pretest-which-setting-wins": lambda: (
        next(layer["rate"] for layer in SETTINGS if "rate" in layer)
        * next(layer["epochs"] for layer in SETTINGS if "epochs" in layer)
    ),
    "eng.modules/runs-in-a-grid": lambda: len(list(product(range(3), range(4), range(2), range(5)))),
    "eng.test/pretest-runs-of-one-test": lambda: len(list(product(range(4), range(3)))),
    "eng.test/pretest-two-flaky-tests": lambda: 100 * at_least_one(Fraction(1, 10), 2),
    "eng.test/allclose-largest-difference": largest_accepted_difference,
    "eng.data/pretest-groups-with-a-gap": lambda: answer_of(
        ORDERS, "SELECT count(*) FROM (SELECT customer, count(*) FROM orders GROUP BY customer)"
    ),
    "eng.data/pretest-left-join-with-gaps": lambda: answer_of(
        ORDERS, "SELECT count(*) FROM orders JOIN customers USING (customer)"
    ),
    "eng.data/pretest-rows-of-a-join": rows_of_a_join,
    "eng.data/join-multiplies-a-sum": multiplied_sum,
    "eng.data/column-scan-megabytes": lambda: 1_000_000 * 20 * 8 * 2 / 20 / 1e6,
    "eng.data/count-star-or-column": lambda: answer_of(
        "CREATE TABLE people (email);INSERT INTO people VALUES (1), (2), (3), (4), (5), (6), (7), (7), (NULL), (NULL);",
        "SELECT count(DISTINCT email) FROM people",
    ),
    "eng.serve/pretest-requests-inside": lambda: sum(start <= 1000 < start + 300 for start in range(0, 2000, 25)),
    "eng.serve/pretest-slow-one-in-fifty": lambda: nearest_rank([20] * 980 + [900] * 20, 99),
    "eng.serve/little-law": lambda: 50 * 0.2,
    "eng.serve/pretest-one-slow-request": lambda: sum([20] * 9 + [1000]) / 10,
    "eng.serve/ninetieth-percentile-of-ten": lambda: nearest_rank((8, 9, 9, 10, 11, 12, 14, 20, 90, 400), 90),
    "eng.serve/slow-page-from-ten-calls": lambda: 100 * at_least_one(Fraction(1, 100), 10),
    "eng.resp/pretest-one-number-for-all": percent_right,
    "eng.resp/precision-in-the-rarer-group": precision_among_flagged,
    "eng.ops/pretest-alarms-by-chance": lambda: float(20 * 50 * Fraction(2, 100)),
    "eng.ops/pretest-two-nights-in-a-row": lambda: float(100 * Fraction(5, 100) ** 2),
    "eng.ops/expected-false-alarms": lambda: float(sum(Fraction(1, 100) for _ in range(30 * 30))),
    "eng.ops/population-stability-index": lambda: sum(
        (p - q) * (math.log(p) - math.log(q)) for p, q in ((0.5, 0.8), (0.5, 0.2))
    ),
    "eng.cloud/pretest-pods-for-the-load": lambda: next(
        pods for pods in count(1) if 5 * Fraction(80, 100) / pods <= Fraction(50, 100)
    ),
    "eng.cloud/egress-costs": lambda: 30 * 10_000 * 2 / 1000 * 0.09,
    "eng.cloud/pretest-forgotten-machine": lambda: sum(0.10 for _ in range(24 * 30)),
    "eng.cloud/desired-replicas": pods_asked_for,
    "eng.bigdata/pretest-copy-to-twenty": lambda: sum(10 for _ in range(20)),
    "eng.bigdata/columns-of-a-parquet-table": lambda: 200 * 3 / 60,
}
