"""The numbers of simulated years as text: a row for each run, the mean over its seeds, and its months."""

from collections.abc import Callable, Iterable, Sequence
from statistics import fmean

from tests.benchmarks.year.statistics import KINDS, Month, Statistics, shares

Cell = Callable[[Statistics], float | None]


def _percent(cell: Cell) -> Callable[[Sequence[Statistics]], str]:
    return lambda lives: _shown(lives, cell, "{:.0%}")


def _number(cell: Cell, form: str = "{:.0f}") -> Callable[[Sequence[Statistics]], str]:
    return lambda lives: _shown(lives, cell, form)


def _share(kind: str) -> Callable[[Sequence[Statistics]], str]:
    return _percent(lambda life: life.shares[kind])


def _end(lives: Sequence[Statistics]) -> str:
    """Return the mean day of the end, or what is left where a path did not end."""
    ended = [life.end_day for life in lives if life.end_day]
    if len(ended) == len(lives):
        return f"{fmean(ended):.0f}"
    left = fmean(life.open_units for life in lives if not life.end_day)
    return f"{left:.0f} left" if not ended else f"{fmean(ended):.0f}, {left:.0f} left"


COLUMNS: tuple[tuple[str, Callable[[Sequence[Statistics]], str]], ...] = (
    ("path ends on day", _end),
    ("days lived", _number(lambda life: life.days)),
    ("true hours of the path", _number(lambda life: life.true_hours)),
    ("minutes on units", _share("units")),
    ("on reviews", _share("review")),
    ("on practice", _share("practice")),
    ("on papers", _share("papers")),
    ("on the close", _share("close")),
    ("on other things", _share("other")),
    ("minutes / goal", _number(lambda life: life.minutes_of_goal, "{:.2f}")),
    ("unit minutes / true", _number(lambda life: life.unit_time_ratio, "{:.2f}")),
    ("units over 1.6 x true", _number(lambda life: life.units_overspent)),
    ("minutes on locked units", _number(lambda life: life.locked_minutes)),
    ("cards met", _number(lambda life: life.cards_met)),
    ("cards in passed units", _number(lambda life: life.cards_in_passed)),
    ("last new card on day", _number(lambda life: life.last_new_card)),
    ("cards met late (> 30 days)", _number(lambda life: life.late_cards)),
    ("longest wait, days", _number(lambda life: life.longest_wait)),
    ("answers", _number(lambda life: life.answers)),
    ("days studied", _number(lambda life: life.studied_days)),
    ("days due, no review", _number(lambda life: life.days_without_review)),
    ("empty days", _number(lambda life: life.empty_days)),
    ("days without a unit", _number(lambda life: life.days_without_unit)),
    ("most due / (2 x cap)", _number(lambda life: life.most_due, "{:.2f}")),
    ("backlog cleared after", _number(lambda life: life.cleared_after)),
    ("most reviews in a day", _percent(lambda life: life.comeback_reviews)),
    ("recall of cards, day 365", _number(lambda life: life.card_recall, "{:.2f}")),
    ("recall of exercises", _number(lambda life: life.exercise_recall, "{:.2f}")),
    ("recall of drills", _number(lambda life: life.drill_recall, "{:.2f}")),
    ("drills tried", _number(lambda life: life.drills_done)),
    ("recall of both: skills", _number(lambda life: life.skill_recall, "{:.2f}")),
    ("exercises done", _number(lambda life: life.exercises_done)),
    ("forecast held", _percent(lambda life: life.forecast_held)),
    ("looks judged", _number(lambda life: life.forecast_looks)),
    ("looks without a word", _number(lambda life: life.forecast_silent)),
    ("forecast half-width", _percent(lambda life: life.forecast_width)),
    ("finished steps named", _number(lambda life: life.named_again)),
    ("lines shown > 5 days", _number(lambda life: life.stuck_lines)),
    ("longest of these, days", _number(lambda life: life.longest_line)),
    ("rusty units at the end", _number(lambda life: life.rusty)),
    ("plan = today, units", _percent(lambda life: life.promises_units)),
    ("plan = today, exactly", _percent(lambda life: life.promises_exact)),
    ("hours until the end", _number(lambda life: sum(life.minutes.values()) / 60)),
    ("hours known before", _number(lambda life: life.known_hours)),
    ("questions of placement", _number(lambda life: life.questions)),
    ("units passed by it", _number(lambda life: life.units_placed)),
    ("of these reopened", _number(lambda life: life.units_reopened)),
    ("first unit of ml on day", _number(lambda life: life.first_ml_day)),
)


def _shown(lives: Sequence[Statistics], cell: Cell, form: str) -> str:
    known = [value for life in lives if (value := cell(life)) is not None]
    return form.format(fmean(known)) if known else "-"


def table(found: Iterable[Statistics]) -> list[str]:
    """Return the lines of the table: a column for each run, the means over its seeds."""
    by_run: dict[str, list[Statistics]] = {}
    for life in found:
        by_run.setdefault(life.run, []).append(life)
    head = [f"{name} ({len(lives)})" if len(lives) > 1 else name for name, lives in by_run.items()]
    rows = [["", *head], *([name, *(show(lives) for lives in by_run.values())] for name, show in COLUMNS)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(
            text.ljust(width) if not place else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def months(life: Statistics) -> list[str]:
    """Return the lines of one life's months."""
    head = f"{'month':>5} {'hours':>6} " + " ".join(f"{kind:>8}" for kind in KINDS)
    head += "  cards  exercises  units  no review  cards due  exercises due  recall of both"
    return [head, *map(_month, life.months)]


def _month(month: Month) -> str:
    recalls = "  ".join(
        "-" if recall is None else f"{recall:.2f}" for recall in (month.card_recall, month.exercise_recall)
    )
    return (
        f"{month.number:>5} {sum(month.minutes.values()) / 60:>6.0f} "
        + " ".join(f"{share:>8.0%}" for share in shares(month.minutes).values())
        + f"  {month.cards_met:>5}  {month.exercises_done:>9}  {month.units_passed:>5}"
        + f"  {month.days_without_review:>4} / {month.studied_days:<2}"
        + f"  {month.most_cards_due:>9}  {month.most_exercises_due:>13}  {recalls:>14}"
    )
