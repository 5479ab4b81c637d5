"""Numbers of `career`."""

import math
from collections.abc import Callable
from fractions import Fraction
from itertools import count

ANSWERS: dict[str, Callable[[], float]] = {
    "career.habits/pretest-hours-not-accounted-for": lambda: 7 * 24 - sum((49, 45, 10, 21, 28)),
    "career.habits/pretest-slot-hours": lambda: sum(2 for _ in range(50) for _ in range(6)),
    "career.habits/feed-budget": lambda: 7 * 35 - 30,
    "career.mentors/pretest-talks-of-half-a-year": lambda: float(8 * 6 * Fraction(1, 4) * Fraction(1, 2)),
    "career.mentors/pretest-reply-rate": lambda: 3 / (1 / 4),
    "career.mentors/small-steps-rate": lambda: sum(2 for _ in range(12)) / 5,
    "career.comm/pretest-right-alarms-in-a-hundred": lambda: 100 * float(Fraction(30, 30 + 20)),
    "career.comm/pretest-five-minutes": lambda: 5 * 130,
    "career.comm/error-for-people": lambda: 50 * 80 / 100 + 40,
    "career.biz/pretest-months-until-it-pays": lambda: next(
        month for month in count(1) if 900 * month >= 9_000 + 300 * month
    ),
    # 16 frauds found are 40 % of all alarms.
    "career.biz/pretest-share-that-pays": lambda: 120 * (20 * 80 // 100) - 30 * (20 * 80 // 100) * 100 // 40,
    "career.biz/pretest-value-of-alarm": lambda: sum(3 * 12 for _ in range(30)),
    "career.biz/break-even-months": lambda: next(m for m in count(1) if 700 * m >= 6000 + 200 * m),
    "career.biz/cost-of-errors": lambda: max(n for n in range(100) if 100 - 4 - 4 * n >= 0),
    "career.portfolio/pretest-error-beside-a-score": lambda: 100 * math.sqrt(0.8 * 0.2 / 400),
    "career.portfolio/pretest-three-projects": lambda: 60 / 3 / 4,
    "career.interview/pretest-seconds-of-two-loops": lambda: sum(20_000 for _ in range(20_000)) / 10**8,
    "career.interview/pretest-entries-of-a-gradient": lambda: len(
        [sum(row[j] for row in [[1] * 6] * 200) for j in range(1 + 5)]
    ),
    "career.interview/pretest-conv-size": lambda: len(
        [(row, column) for row in range(10) for column in range(10) if row + 3 <= 10 and column + 3 <= 10]
    ),
    "career.interview/numpy-linreg-shapes": lambda: (8 + 1) ** 2,
    "career.interview/hours-of-the-phase": lambda: sum(2 for _ in range(16) for _ in range(6)),
    "career.offer/pretest-worth-with-shares": lambda: sum(1000 for month in range(1, 49) if max(month, 12) <= 10),
    "career.offer/pretest-pay-by-the-hour": lambda: 100 * float(Fraction(54_000, 32) / Fraction(60_000, 40) - 1),
    "career.offer/pretest-two-percent": lambda: 50_000 * 3 / 100,
    "career.offer/value-of-options": lambda: sum([40_000] + [0] * 9) / 10,
    "career.offer/pay-per-minute": lambda: sum([2400] * 3) / 10,
    "career.search/pretest-lost-before-a-talk": lambda: 100 * (60 - 6) / 60,
    "career.search/pretest-pipeline": lambda: 1 / (1 / 10 * 1 / 4),
    "career.search/expected-offers": lambda: 60 / 12 / 5,
    "career.freelance/pretest-hidden-hours": lambda: 20 * 1.25,
    "career.freelance/price-with-risk": lambda: 30 * 1.3,
    "career.path/pretest-hours-of-decade": lambda: 4 * 50 * 10,
    "career.path/teaching-multiplies": lambda: 6 + 6 / 3 * 2,
}
