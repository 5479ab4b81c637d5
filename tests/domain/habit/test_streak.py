"""The walk over the days: freezes, rest, repair, score, and going on from a checkpoint."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.habit.streak import DayMinutes, Streak, walk

TODAY = date(2026, 11, 23)


def days_back(minutes: dict[int, int], goal: int = 120, floor: int = 20) -> list[DayMinutes]:
    """Days by how long ago they were, with the minutes studied."""
    return [
        ((TODAY - timedelta(days=ago)).toordinal(), minutes[ago] * 60, goal, floor) for ago in sorted(minutes)[::-1]
    ]


def states(streak: Streak) -> list[str]:
    return [streak.states[number] for number in sorted(streak.states)]


def test_nothing_yet() -> None:
    assert walk([], [], TODAY) == Streak()


def test_today_is_open_until_its_floor_is_reached() -> None:
    assert walk(days_back({1: 30, 0: 19}), [], TODAY)[:3] == (1, 1, "open")
    assert walk(days_back({1: 30, 0: 20}), [], TODAY)[:3] == (2, 2, "kept")
    assert walk(days_back({1: 30, 0: 120}), [], TODAY)[:3] == (2, 2, "goal")


def test_a_missed_day_without_a_freeze_ends_the_streak() -> None:
    streak = walk(days_back({5: 30, 4: 30, 2: 30}), [], TODAY)
    assert (streak.current, streak.best) == (0, 2)
    assert states(streak) == ["kept", "kept", "missed", "kept", "missed"]


def test_time_below_the_floor_is_a_missed_day() -> None:
    assert states(walk(days_back({3: 30, 2: 10, 1: 30}), [], TODAY)) == ["kept", "missed", "kept"]


def test_seven_goal_days_earn_a_freeze_and_it_is_spent_by_itself() -> None:
    goal_days = dict.fromkeys(range(3, 10), 120)
    streak = walk(days_back(goal_days), [], TODAY - timedelta(days=2))
    assert (streak.current, streak.freezes) == (7, 1)
    held = walk(days_back(goal_days | {1: 30}), [], TODAY)
    assert (held.current, held.freezes) == (8, 0)
    assert states(held)[-2:] == ["frozen", "kept"]


def test_kept_days_below_the_goal_earn_nothing() -> None:
    assert walk(days_back(dict.fromkeys(range(1, 30), 60)), [], TODAY).freezes == 0


def test_never_more_than_two_freezes() -> None:
    assert walk(days_back(dict.fromkeys(range(1, 60), 120)), [], TODAY).freezes == 2
    # 59 goal days award eight times; the ninth award is seven goal days after the eighth, not after the spending.
    spent = walk(days_back(dict.fromkeys(range(4, 63), 120)), [], TODAY)
    assert (spent.current, spent.freezes) == (0, 0)


def test_two_freezes_cover_two_missed_days_and_no_more() -> None:
    minutes = dict.fromkeys(range(3, 17), 120)
    assert walk(days_back(minutes), [], TODAY).current == 14
    assert walk(days_back(minutes), [], TODAY + timedelta(days=1)).current == 0


def test_planned_rest_holds_without_counting_and_without_a_freeze() -> None:
    rest = [(TODAY - timedelta(days=3), TODAY - timedelta(days=2))]
    streak = walk(days_back({5: 30, 4: 30, 1: 30}), rest, TODAY)
    assert (streak.current, streak.best) == (3, 3)
    assert states(streak) == ["kept", "kept", "rest", "rest", "kept"]


def test_studying_on_a_rest_day_counts() -> None:
    rest = [(TODAY - timedelta(days=1), TODAY)]
    assert walk(days_back({2: 30, 1: 30}), rest, TODAY).current == 2
    assert walk(days_back({2: 30}), rest, TODAY).today == "rest"


def test_a_backdated_entry_repairs_the_streak() -> None:
    broken = {4: 30, 3: 30, 1: 30}
    assert walk(days_back(broken), [], TODAY).current == 1
    assert walk(days_back(broken | {2: 20}), [], TODAY).current == 4


def test_the_floor_of_its_own_day_judges_each_day() -> None:
    number = TODAY.toordinal()
    days = [(number - 2, 15 * 60, 60, 10), (number - 1, 15 * 60, 60, 20)]
    assert states(walk(days, [], TODAY)) == ["kept", "missed"]


def test_days_to_come_are_not_looked_at() -> None:
    days = [*days_back({1: 30}), (TODAY.toordinal() + 3, 7200, 120, 20)]
    assert walk(days, [], TODAY)[:3] == (1, 1, "open")


def test_one_miss_hardly_moves_the_score() -> None:
    steady = walk(days_back(dict.fromkeys(range(1, 120), 30)), [], TODAY)
    missed = walk(days_back({ago: 30 for ago in range(1, 120) if ago != 5}), [], TODAY)
    assert steady.score >= 99
    assert 93 <= missed.score < steady.score


def test_half_of_the_score_is_there_after_thirteen_days_and_half_of_that_is_lost_in_thirteen_more() -> None:
    kept = days_back(dict.fromkeys(range(14, 27), 30))
    assert walk(kept, [], TODAY - timedelta(days=13)).score == 50
    assert walk(kept, [], TODAY).score == 25


def test_a_day_without_any_study_is_not_kept_whatever_its_floor() -> None:
    number = TODAY.toordinal()
    days = [(number - 3, 1800, 60, 20), (number - 2, 0, 60, 0), (number - 1, 1, 60, 0)]
    assert states(walk(days, [], TODAY)) == ["kept", "missed", "kept"]


minutes_by_age = st.dictionaries(st.integers(0, 90), st.integers(0, 200), max_size=60)
rest_ages = st.lists(st.tuples(st.integers(-3, 90), st.integers(0, 5)), max_size=4)


def spans(ages: list[tuple[int, int]]) -> list[tuple[date, date]]:
    return [(TODAY - timedelta(days=ago), TODAY - timedelta(days=ago - length)) for ago, length in ages]


@given(minutes_by_age, rest_ages)
def test_every_day_since_the_first_kept_one_is_judged_once(
    minutes: dict[int, int], rest: list[tuple[int, int]]
) -> None:
    streak = walk(days_back(minutes), spans(rest), TODAY)
    judged = sorted(streak.states)
    assert judged == list(range(judged[0], judged[-1] + 1)) if judged else True
    assert set(streak.states.values()) <= {"goal", "kept", "missed", "frozen", "rest"}
    assert 0 <= streak.current <= streak.best
    assert 0 <= streak.freezes <= 2
    assert streak.current or not streak.freezes, "a streak ends only when no freeze is left"
    assert 0 <= streak.score <= 100


@given(minutes_by_age, rest_ages, st.integers(0, 120))
def test_going_on_from_a_checkpoint_is_the_same_walk(
    minutes: dict[int, int], rest: list[tuple[int, int]], cut: int
) -> None:
    days = days_back(minutes)
    whole = walk(days, spans(rest), TODAY)
    checkpoint = walk(days, spans(rest), TODAY - timedelta(days=cut)).closed
    rest_of_days = [day for day in days if day[0] > checkpoint.judged]
    resumed = walk(rest_of_days, spans(rest), TODAY, checkpoint)
    assert resumed._replace(states={}) == whole._replace(states={})


def test_days_missed_before_an_entry_of_the_future_are_judged() -> None:
    """A clock that went back, or a flight over the date line, leaves days that are still to come."""
    to_come = (TODAY.toordinal() + 3, 7200, 120, 20)
    streak = walk([*days_back({9: 30}), to_come], [], TODAY)
    assert streak == walk(days_back({9: 30}), [], TODAY)
    assert (streak.current, streak.closed.judged) == (0, TODAY.toordinal() - 1)


def test_a_weekday_off_holds_the_streak_without_counting() -> None:
    number = TODAY.toordinal()
    days = [(number - 3, 1800, 60, 20), (number - 2, 0, 0, 20), (number - 1, 1800, 60, 20)]
    streak = walk(days, [], TODAY)
    assert (streak.current, states(streak)) == (2, ["kept", "rest", "kept"])


def test_studying_on_a_weekday_off_counts_but_is_no_goal_day() -> None:
    number = TODAY.toordinal()
    assert states(walk([(number - 2, 1800, 60, 20), (number - 1, 1800, 0, 20)], [], TODAY)) == ["kept", "kept"]
