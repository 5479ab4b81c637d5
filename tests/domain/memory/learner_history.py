"""What one learner answered in six weeks, written by hand: the history behind the golden values of the learner's model.

Five cards, a good start, a bad week, a recovery. One answer was told weeks later, two of one card share an instant, two
devices share another, one card came from elsewhere with a schedule and one was started again.
"""

from datetime import date, timedelta
from typing import Any

from mlcoach.domain.events import Event, ItemGraded, ItemMarked, ItemScheduled

FIRST_DAY = date(2026, 11, 23)
NOON = 1_795_431_600_000_000  # microseconds, 2026-11-23 11:00 UTC
MINUTE = 60_000_000
DAY = 24 * 60 * MINUTE
CARDS = ("math.la/one", "math.la/two", "math.la/three", "prog.py/four", "prog.py/five")
ONE, TWO, THREE, FOUR, FIVE = CARDS

# Study day, minute after noon, card, rating, seconds (0: not known).
ANSWERS = (
    (0, 0, ONE, 3, 6), (0, 1, TWO, 3, 9), (0, 2, THREE, 1, 20), (0, 4, THREE, 3, 12), (0, 5, FOUR, 4, 4),
    (1, 0, THREE, 3, 8), (1, 1, ONE, 3, 5),
    (2, 0, TWO, 3, 7), (2, 1, FIVE, 2, 15), (2, 2, FOUR, 4, 3),
    (4, 0, ONE, 3, 5), (4, 1, THREE, 2, 14), (4, 2, FIVE, 3, 9),
    (7, 0, TWO, 4, 4), (7, 1, FOUR, 3, 5),
    (9, 0, ONE, 3, 6), (9, 1, FIVE, 3, 8), (9, 2, THREE, 3, 7),
    # A bad week.
    (12, 0, ONE, 1, 31), (12, 1, TWO, 1, 28), (12, 2, THREE, 1, 40), (12, 5, THREE, 3, 9), (12, 6, ONE, 3, 8),
    (13, 0, FIVE, 1, 22), (13, 3, FIVE, 1, 18), (13, 6, FIVE, 2, 16),
    (16, 0, ONE, 2, 19), (16, 1, THREE, 1, 25), (16, 2, FIVE, 1, 0),
    (18, 0, TWO, 1, 30), (18, 0, TWO, 3, 10), (18, 1, FOUR, 3, 6),
    # Better again.
    (21, 0, ONE, 3, 7), (21, 0, THREE, 3, 8), (21, 2, FIVE, 3, 9),
    (28, 0, FOUR, 4, 3), (28, 1, TWO, 3, 0), (28, 2, FIVE, 3, 8),
    (29, 0, ONE, 3, 90),
    (40, 0, THREE, 3, 7), (40, 1, FOUR, 3, 4), (40, 2, ONE, 4, 5), (40, 3, FIVE, 3, 9),
)  # fmt: skip
TOLD_LATER = (15, TWO, 3, 11)  # on the last day, at the very end
FROM_ELSEWHERE = "math.la/six"
AFRESH = "math.la/seven"


def history() -> list[Event]:
    """Return the events in the order in which they were written; the numbers of both devices count up in it."""
    written: list[Event] = []

    def write(day: int, instant: int, body: Any, device: str = "aa", backdated: bool = False) -> None:
        seq = 1 + sum(event.device == device for event in written)
        study = FIRST_DAY + timedelta(days=day)
        id = f"{device}-{seq}"
        written.append(Event(id, instant, 60, study, instant, device, seq, f"c-{id}", body, backdated))

    for day, minute, card, rating, seconds in ANSWERS:
        # The second device answers at the very instant of the first one.
        device = "bb" if (day, minute, card) == (21, 0, THREE) else "aa"
        write(day, NOON + day * DAY + minute * MINUTE, ItemGraded(card, rating, seconds, ""), device)
    for day, body in (
        (3, ItemScheduled(FROM_ELSEWHERE, "2026-12-10", 12.0, 6.0, "anki")),
        (17, ItemGraded(FROM_ELSEWHERE, 3, 8, "")),
        (30, ItemGraded(FROM_ELSEWHERE, 3, 6, "")),
        (5, ItemGraded(AFRESH, 3, 8, "")),
        (11, ItemGraded(AFRESH, 1, 21, "")),
        (14, ItemMarked(AFRESH, "forgotten")),
        (19, ItemGraded(AFRESH, 3, 9, "")),
        (22, ItemGraded(AFRESH, 3, 7, "")),
    ):
        write(day, NOON + day * DAY + 30 * MINUTE, body)
    day, card, rating, seconds = TOLD_LATER
    write(day, NOON + 40 * DAY + 60 * MINUTE, ItemGraded(card, rating, seconds, ""), backdated=True)
    return written
