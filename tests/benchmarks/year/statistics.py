"""From the record of a simulated year to its numbers. Days count from 1; shares and means are of what there was."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from statistics import fmean
from typing import Any, NamedTuple

from tests.benchmarks.year.program import Piece
from tests.benchmarks.year.record import Recall, Record
from tests.benchmarks.year.runs import Run

YEAR = 365
MONTH = 30  # days
KINDS = ("units", "review", "practice", "papers", "close", "other")
LATE = 30  # days after passing within which a card should be met
FORECAST_FROM = 30  # days
STUCK = 5  # days in a row with the same thing to open
OVER = 1.6  # times the true minutes of a unit
COMEBACK = 14  # days after an absence in which more may be due


class Month(NamedTuple):
    """Thirty days. `minutes` by kind; recall is the learner's true one at the end, None where nothing was answered."""

    number: int
    minutes: Mapping[str, float]
    cards_met: int
    exercises_done: int
    units_passed: int
    studied_days: int
    days_without_review: int
    most_cards_due: int
    most_exercises_due: int
    card_recall: float | None
    exercise_recall: float | None


class Statistics(NamedTuple):
    """What became of one learner's year.

    `end_day` is the day on which the path ended, None where it did not within `days`. Minutes, days and promises are
    counted until then, cards and recall over all days lived. `true_hours` are those of the whole path, `open_units`
    what is left of it; `minutes_of_goal` is the time spent over the goals of the days studied. Of the cards in passed
    units, `late_cards` were met, or still are not, more than 30 days after passing; `longest_wait` is the
    longest. `days_without_review` had cards due and no review block. `most_due` is the most cards due in a morning
    over twice the review cap, the fortnight after an absence left out. After an absence, `cleared_after` days the
    cards due are as few as before it, and `comeback_reviews` is the largest share of a day for reviews until then.
    `forecast_held` is the share of the looks from day 30 on whose range held the true end, of `forecast_looks` that
    can be judged; `forecast_width` the mean of half the range over the time until the likely day. `promises_exact` and
    `promises_units` are the shares of evenings on which `plan` said what `today` said next morning. `known_hours` are
    the true hours of what the learner knew before, `units_placed` are those that placement passed after `questions`,
    `units_reopened` those of them that came back to learning.
    """

    run: str
    seed: int
    days: int
    end_day: int | None
    open_units: int
    true_hours: float
    minutes: Mapping[str, float]
    minutes_of_goal: float | None
    unit_time_ratio: float | None
    cards_met: int
    cards_in_passed: int
    last_new_card: int
    longest_wait: int
    late_cards: int
    answers: int
    days_without_review: int
    studied_days: int
    empty_days: int
    days_without_unit: int
    most_due: float
    cleared_after: int | None
    comeback_reviews: float | None
    card_recall: float | None
    exercise_recall: float | None
    drill_recall: float | None
    skill_recall: float | None
    drills_done: int
    exercises_done: int
    forecast_looks: int
    forecast_held: float | None
    forecast_silent: int
    forecast_width: float | None
    units_overspent: int
    locked_minutes: int
    named_again: int
    stuck_lines: int
    longest_line: int
    rusty: int
    promises: int
    promises_exact: float | None
    promises_units: float | None
    first_ml_day: int | None
    known_hours: float
    questions: int
    units_placed: int
    units_reopened: int
    months: tuple[Month, ...]

    @property
    def shares(self) -> dict[str, float]:
        """The share of each kind in all minutes."""
        return shares(self.minutes)


def shares(minutes: Mapping[str, float]) -> dict[str, float]:
    """Return the share of each kind in all minutes; zeros where there are none."""
    total = sum(minutes.values())
    return {kind: minutes[kind] / total if total else 0.0 for kind in KINDS}


def summarize(
    run: Run, seed: int, record: Record, path: Sequence[str], pieces: Mapping[str, Piece], review_cap: int
) -> Statistics:
    """Return the numbers of a year."""
    until = record.ended or record.last_day
    mornings = [morning for morning in record.mornings if morning.day <= until]
    promises = [promise for promise in record.promises if promise.day <= until]
    spent = [entry for entry in record.spent if entry.day <= until]
    on_unit: defaultdict[str, float] = defaultdict(float)
    for entry in spent:
        on_unit[entry.unit] += entry.minutes
    passed = [unit for unit in path if unit in record.passed]
    needed = sum(record.needed[unit] for unit in passed)
    wished = sum(run.week[(morning.day - 1) % 7] for morning in mornings)
    waits = _waits(record, passed, pieces)
    runs = record.line_runs
    return Statistics(
        run=run.name,
        seed=seed,
        days=record.last_day,
        end_day=record.ended,
        open_units=len(path) - len(passed),
        true_hours=sum(record.needed.values()) / 60,
        minutes=_minutes(spent),
        minutes_of_goal=sum(entry.minutes for entry in spent) / wished if wished else None,
        unit_time_ratio=sum(on_unit[unit] for unit in passed) / needed if needed else None,
        cards_met=sum(card in record.met for unit in passed for card in pieces[unit].cards),
        cards_in_passed=sum(len(pieces[unit].cards) for unit in passed),
        last_new_card=max(record.met.values(), default=0),
        longest_wait=max(waits, default=0),
        late_cards=sum(wait > LATE for wait in waits),
        answers=record.answers,
        days_without_review=sum(bool(day.cards_due) and "review" not in day.kinds for day in mornings),
        studied_days=len(mornings),
        empty_days=sum(not set(day.kinds) - {"close"} for day in mornings),
        days_without_unit=sum(not {"study", "build", "project"} & set(day.kinds) for day in mornings),
        most_due=_most_due(run, record) / (2 * review_cap),
        **_comeback(run, record),
        **_recall(record),
        exercises_done=len(record.done),
        **_forecast(record),
        units_overspent=sum(on_unit[unit] > OVER * needs for unit, needs in record.needed.items()),
        locked_minutes=record.locked_minutes,
        named_again=record.named_again,
        stuck_lines=sum(days > STUCK for days in runs),
        longest_line=max(runs, default=0),
        rusty=record.rusty,
        promises=len(promises),
        promises_exact=_mean(promise.exact for promise in promises),
        promises_units=_mean(promise.units for promise in promises),
        first_ml_day=min((day for unit, day in record.begun.items() if unit.startswith("ml.")), default=None),
        known_hours=sum(minutes for unit, minutes in record.needed.items() if run.is_known(unit)) / 60,
        questions=record.questions,
        units_placed=len(record.placed) + len(record.reopened),
        units_reopened=len(record.reopened),
        months=tuple(_months(record)),
    )


def _waits(record: Record, passed: Iterable[str], pieces: Mapping[str, Piece]) -> list[int]:
    """Return for each card of the units passed how many days after passing it was met; so far, where it was not."""
    return [
        max(0, record.met.get(card, record.last_day) - record.passed[unit])
        for unit in passed
        for card in pieces[unit].cards
    ]


def _minutes(spent: Iterable[Any]) -> dict[str, float]:
    minutes = dict.fromkeys(KINDS, 0.0)
    for entry in spent:
        minutes[entry.kind] += entry.minutes
    return minutes


def _most_due(run: Run, record: Record) -> int:
    last = run.habits.away[1]
    return max(
        (day.cards_due for day in record.mornings if not last < day.day <= last + COMEBACK),
        default=0,
    )


def _comeback(run: Run, record: Record) -> dict[str, Any]:
    first, last = run.habits.away
    after = [evening for evening in record.evenings if evening.day > last]
    if not last or not after:
        return {"cleared_after": None, "comeback_reviews": None}
    before = max((evening for evening in record.evenings if evening.day < first), key=lambda evening: evening.day)
    cleared = next((evening.day for evening in after if evening.cards_due <= before.cards_due), None)
    until = cleared or after[-1].day
    shares_of_days = [
        shares(_minutes(entry for entry in record.spent if entry.day == evening.day))["review"]
        for evening in after
        if evening.day <= until
    ]
    return {"cleared_after": cleared and cleared - last, "comeback_reviews": max(shares_of_days)}


def _recall(record: Record) -> dict[str, float | None]:
    at = next((recall for recall in record.recalls if recall.day == YEAR), None) or Recall(0, None, None)
    return {
        "card_recall": at.cards,
        "exercise_recall": at.exercises,
        "drill_recall": at.drills,
        "skill_recall": at.skills,
        "drills_done": at.drills_done,
    }


def _forecast(record: Record) -> dict[str, Any]:
    looks = [look for look in record.looks if look.day >= FORECAST_FROM]
    held = []
    widths = []
    for look in looks:
        if look.early is None or look.likely is None or look.late is None:
            continue
        if look.likely > look.day:
            widths.append((look.late - look.early) / 2 / (look.likely - look.day))
        if record.ended:
            held.append(look.early <= record.ended <= look.late)
        elif look.late <= record.last_day:
            held.append(False)  # the end is still to come
    return {
        "forecast_looks": len(held),
        "forecast_held": _mean(held),
        "forecast_silent": sum(look.likely is None for look in looks),
        "forecast_width": _mean(widths),
    }


def _months(record: Record) -> Iterable[Month]:
    for number in range(1, -(-record.last_day // MONTH) + 1):
        days = range((number - 1) * MONTH + 1, number * MONTH + 1)
        mornings = [morning for morning in record.mornings if morning.day in days]
        recall = next((recall for recall in record.recalls if recall.day == days[-1]), Recall(0, None, None))
        yield Month(
            number=number,
            minutes=_minutes(entry for entry in record.spent if entry.day in days),
            cards_met=sum(day in days for day in record.met.values()),
            exercises_done=sum(day in days for day in record.done.values()),
            units_passed=sum(day in days for day in record.passed.values()),
            studied_days=len(mornings),
            days_without_review=sum(bool(day.cards_due) and "review" not in day.kinds for day in mornings),
            most_cards_due=max((day.cards_due for day in mornings), default=0),
            most_exercises_due=max((day.exercises_due for day in mornings), default=0),
            card_recall=recall.cards,
            exercise_recall=recall.exercises,
        )


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return fmean(found) if found else None
