"""How long a pass over a paper takes this learner: the usual minutes at first, then what their own passes took."""

from collections.abc import Mapping, Sequence

from mlcoach.domain.papers.passes import PASS_MINUTES, PASSES

OWN_FROM = 3  # passes of a kind; fewer say little
LOOKED_AT = 7  # the newest passes of a kind: a pace changes with practice
FIRST_TIMES = 2
SHORTEST, LONGEST = 5, 600  # minutes


def budgets(spent: Mapping[int, Sequence[int]]) -> dict[int, int]:
    """Return the minutes to plan for each pass; `spent` holds the seconds of the learner's own, the newest first.

    From three timed passes of a kind on it is the median of the last seven, to five minutes; before, 10, 60 or 240.
    """
    return {number: _budget(number, [seconds for seconds in spent.get(number, ()) if seconds]) for number in PASSES}


def allowed(budget: int, *, own: bool) -> int:
    """Return after how many minutes a pass is over its time: its budget, at the first ones twice that.

    Keshav's 5 to 10 minutes for a first pass are those of somebody who is used to it; `own` says that the budget comes
    from the learner's own passes.
    """
    return budget if own else FIRST_TIMES * budget


def _budget(number: int, seconds: Sequence[int]) -> int:
    if len(seconds) < OWN_FROM:
        return PASS_MINUTES[number]
    looked_at = sorted(seconds[:LOOKED_AT])
    half = len(looked_at) // 2
    # `statistics.median`, without an import that costs `today` more than all of this.
    minutes = (looked_at[half] + looked_at[~half]) / 120
    return max(SHORTEST, min(LONGEST, 5 * round(minutes / 5)))
