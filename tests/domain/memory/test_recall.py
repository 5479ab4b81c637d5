import itertools
import math
import random
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.memory.fsrs6 import Memory
from mlcoach.domain.memory.intervals import (
    choose_by_weight,
    choose_day,
    fuzz_bounds,
    fuzzed,
    graded,
    next_interval,
    next_intervals,
    smallest_interval,
)
from mlcoach.domain.memory.ratings import AGAIN, EASY, GOOD, HARD, RATINGS
from mlcoach.domain.memory.recall import (
    DEFAULT_DECAY,
    MAXIMUM_INTERVAL,
    as_fsrs6,
    decay_of,
    from_sm2,
    is_leech,
    next_memory,
    raw_interval,
    retrievability,
    validate_retention,
)
from mlcoach.errors import UsageError

# Reference numbers: "V" from the test suites of py-fsrs, fsrs-rs and ts-fsrs; "A" from those of Anki.
DEFAULTS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614,
    0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
# Fitted to a real log by the optimiser of py-fsrs (V15).
FITTED = (
    0.12340357383516173, 1.2931, 2.397673571899466, 8.2956, 6.686820427099132, 0.45021679958387956,
    3.077875127553957, 0.053520395733247045, 1.6539992229052127, 0.1466206769107436, 0.6300772488850335,
    1.611965002575047, 0.012840136810798864, 0.34853762746216305, 1.8878958285806287, 0.8546376191171063,
    1.8729, 0.6748536823468675, 0.20451266082721842, 0.22622814695113844, 0.46030603398979064,
)  # fmt: skip

stabilities = st.floats(0.001, 36500)
memories = st.builds(Memory, stabilities, st.floats(1, 10))
retentions = st.floats(0.70, 0.99)
parameter_sets = st.sampled_from([None, FITTED])


def remember(history: list[tuple[int, int]], parameters: tuple[float, ...] | None = None) -> Memory:
    """The memory after (rating, elapsed days) in turn."""
    memory = None
    for rating, elapsed in history:
        memory = next_memory(memory, elapsed, rating, parameters)
    assert memory is not None
    return memory


def rounded(days: float) -> int:
    return min(max(1, math.floor(days + 0.5)), MAXIMUM_INTERVAL)


# --- vectors of the model

V2_HISTORY = [(1, 0), (3, 0), (3, 1), (3, 3), (3, 8), (3, 21)]


def test_v2_memory_after_a_history() -> None:
    assert remember(V2_HISTORY) == pytest.approx((53.62691, 6.3574867), abs=1e-4)
    assert remember(V2_HISTORY, DEFAULTS) == remember(V2_HISTORY)


def test_v3_without_the_short_term() -> None:
    parameters = (*DEFAULTS[:17], 0.0, 0.0, 0.0, DEFAULTS[20])
    assert remember(V2_HISTORY, parameters) == pytest.approx((53.335106, 6.3574867), abs=1e-4)


@pytest.mark.parametrize(("retention", "days"), [(0.7, 9), (0.8, 3), (0.9, 1)])
def test_v4_interval_of_stability_one(retention: float, days: int) -> None:
    assert rounded(raw_interval(1.0, retention)) == days


@pytest.mark.parametrize(
    ("elapsed", "stability", "expected"),
    [(0, 1, 1.0), (1, 2, 0.9403443), (2, 3, 0.9253786), (3, 4, 0.9185229), (4, 4, 0.9), (5, 2, 0.8261359)],
)
def test_v5_forgetting_curve(elapsed: int, stability: float, expected: float) -> None:
    assert retrievability(stability, elapsed) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("rating", "stability", "difficulty"),
    [(1, 0.212, 6.4133), (2, 1.2931, 5.11217071), (3, 2.3065, 2.11810397), (4, 8.2956, 1.0)],
)
def test_v6_first_rating(rating: int, stability: float, difficulty: float) -> None:
    assert next_memory(None, 0, rating) == pytest.approx((stability, difficulty), abs=1e-7)


@pytest.mark.parametrize(("rating", "difficulty"), [(1, 8.341763), (2, 6.6659956), (3, 4.990228), (4, 3.3144615)])
def test_v7_next_difficulty(rating: int, difficulty: float) -> None:
    assert next_memory(Memory(10.0, 5.0), 10, rating).difficulty == pytest.approx(difficulty, abs=1e-5)


def with_recall(stability: float, elapsed: int, recall: float) -> tuple[float, ...]:
    """The default parameters with the decay at which recall after `elapsed` days is `recall`."""
    low, high = 0.1, 0.8
    for _ in range(60):
        middle = (low + high) / 2
        # At several times the stability a steeper curve has more of its loss behind it.
        if retrievability(stability, elapsed, middle) > recall:
            low = middle
        else:
            high = middle
    assert retrievability(stability, elapsed, low) == pytest.approx(recall, abs=1e-6)
    return (*DEFAULTS[:20], low)


@pytest.mark.parametrize(
    ("difficulty", "recall", "elapsed", "rating", "stability"),
    [(2, 0.8, 14, 2, 28.226582), (3, 0.7, 35, 3, 58.656002), (4, 0.6, 70, 4, 127.226685)],
)
def test_v8_stability_after_success(
    difficulty: float, recall: float, elapsed: int, rating: int, stability: float
) -> None:
    parameters = with_recall(5.0, elapsed, recall)
    after = next_memory(Memory(5.0, difficulty), elapsed, rating, parameters)
    assert after.stability == pytest.approx(stability, rel=1e-5)


@pytest.mark.parametrize(
    ("difficulty", "recall", "elapsed", "stability"),
    [(1, 0.9, 5, 1.0525396), (2, 0.8, 14, 1.1894329), (3, 0.7, 35, 1.3680838), (4, 0.6, 70, 1.584989)],
)
def test_v9_stability_after_failure(difficulty: float, recall: float, elapsed: int, stability: float) -> None:
    parameters = DEFAULTS if recall == 0.9 else with_recall(5.0, elapsed, recall)
    after = next_memory(Memory(5.0, difficulty), elapsed, AGAIN, parameters)
    assert after.stability == pytest.approx(stability, rel=1e-5)


@pytest.mark.parametrize(("rating", "stability"), [(1, 1.596818), (2, 5.0), (3, 5.0), (4, 8.12961)])
def test_v10_same_day(rating: int, stability: float) -> None:
    assert next_memory(Memory(5.0, 5.0), 0, rating).stability == pytest.approx(stability, abs=1e-5)


@pytest.mark.parametrize(
    ("history", "stability", "difficulty"),
    [
        ([(1, 0), (1, 1)], 0.10088589, 8.806304),
        ([(2, 0), (2, 1)], 3.2494123, 6.7404594),
        ([(3, 0), (3, 1)], 7.3153, 2.1112142),
        ([(4, 0), (4, 1)], 18.014914, 1.0),
        ([(1, 0), (1, 2)], 0.112798266, 8.806304),
        ([(2, 0), (2, 2)], 4.4694576, 6.7404594),
    ],
)
def test_v11_two_steps(history: list[tuple[int, int]], stability: float, difficulty: float) -> None:
    assert remember(history) == pytest.approx((stability, difficulty), rel=1e-5)


@pytest.mark.parametrize(("elapsed", "expected"), [(0, 1.0), (1, 0.9), (2, 0.84028935), (3, 0.7985001)])
def test_v13_another_decay(elapsed: int, expected: float) -> None:
    assert retrievability(1.0, elapsed, 0.2) == pytest.approx(expected, abs=1e-7)


def test_v1_the_library_by_itself() -> None:
    from fsrs import Card, Rating, Scheduler

    scheduler = Scheduler(enable_fuzzing=False)
    card, now = Card(card_id=1), datetime(2022, 11, 29, 12, 30, tzinfo=UTC)
    days = []
    for rating in (3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3):
        card, _ = scheduler.review_card(card, Rating(rating), now)
        days.append((card.due - now).days)
        now = card.due
    assert days == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


# --- the model, in general


@given(memories | st.none(), st.integers(0, 5000), parameter_sets)
def test_better_answers_leave_stronger_memories(
    memory: Memory | None, elapsed: int, parameters: tuple[float, ...] | None
) -> None:
    again, hard, good, easy = (next_memory(memory, elapsed, rating, parameters) for rating in RATINGS.values())
    assert 0.001 <= again.stability <= hard.stability <= good.stability <= easy.stability <= 36500
    assert 10 >= again.difficulty >= hard.difficulty >= good.difficulty >= easy.difficulty >= 1
    if memory is not None:
        assert again.stability <= memory.stability <= hard.stability


def test_a_thousand_lapses_and_ten_easy_answers() -> None:
    assert remember([(AGAIN, 1)] * 1000).stability >= 0.001
    assert remember([(EASY, 5)] * 10).difficulty == 1.0


def test_days_do_not_run_backwards() -> None:
    memory = Memory(20.0, 5.0)
    assert next_memory(memory, -3, GOOD) == next_memory(memory, 0, GOOD)
    assert retrievability(20.0, -3) == 1.0


def test_no_gap_is_too_long() -> None:
    memory = Memory(20.0, 5.0)
    assert next_memory(memory, 4_000_000, GOOD) == next_memory(memory, MAXIMUM_INTERVAL, GOOD)


@given(stabilities, st.integers(0, 40_000), st.integers(0, 1000), st.floats(0.1, 0.8))
def test_recall_is_a_probability_that_falls(stability: float, elapsed: int, more: int, decay: float) -> None:
    now, later = retrievability(stability, elapsed, decay), retrievability(stability, elapsed + more, decay)
    assert 0 < later <= now <= 1
    assert retrievability(stability, 0, decay) == 1
    if more and later > 0 and elapsed < 100 * stability and stability < 1000:
        assert later < now


@given(st.integers(1, 36500), st.floats(0.1, 0.8))
def test_stability_is_the_time_to_ninety_per_cent(stability: int, decay: float) -> None:
    assert retrievability(stability, stability, decay) == pytest.approx(0.9)
    assert raw_interval(stability, 0.9, decay) == pytest.approx(stability)


@given(st.integers(1, 5000), retentions, st.floats(0.1, 0.8))
def test_the_interval_solves_the_curve(elapsed: int, retention: float, decay: float) -> None:
    stability = elapsed / raw_interval(1.0, retention, decay)
    assert retrievability(stability, elapsed, decay) == pytest.approx(retention)


def test_the_curve_is_that_of_the_library() -> None:
    from fsrs import Card, Scheduler, State
    from fsrs.scheduler import DEFAULT_PARAMETERS

    assert DEFAULT_PARAMETERS == DEFAULTS
    assert decay_of(None) == decay_of(DEFAULTS) == DEFAULT_DECAY
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    for parameters in (DEFAULTS, FITTED):
        scheduler = Scheduler(parameters)
        for elapsed in (0, 1, 7, 100, 3000):
            card = Card(1, State.Review, None, 12.5, 5.0, now, now)
            theirs = scheduler.get_card_retrievability(card, now + timedelta(days=elapsed))
            assert retrievability(12.5, elapsed, decay_of(parameters)) == pytest.approx(theirs, rel=1e-12)


@given(memories | st.none(), st.integers(0, 5000), st.integers(1, 4), parameter_sets)
def test_agreement_with_the_implementation_in_python(
    memory: Memory | None, elapsed: int, rating: int, parameters: tuple[float, ...] | None
) -> None:
    from fsrs import Card, Rating, Scheduler, State

    seven_digits = [round(parameter, 7) for parameter in parameters or DEFAULTS]
    scheduler = Scheduler(seven_digits, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    noon = datetime(2000, 1, 1, 12, tzinfo=UTC)
    before = memory or Memory(1.0, 5.0)
    card = Card(1, State.Review, None, *before, noon, noon) if memory else Card(card_id=1, due=noon)
    theirs, _ = scheduler.review_card(card, Rating(rating), noon + timedelta(days=elapsed if memory else 0))
    ours = next_memory(memory, elapsed, rating, parameters)
    assert theirs.stability is not None
    assert ours.stability == pytest.approx(min(theirs.stability, 36500), rel=1e-9)
    assert ours.difficulty == pytest.approx(theirs.difficulty, rel=1e-9)


@pytest.mark.parametrize(
    ("parameters", "histories", "longest"),
    # Theirs has 32 bits, so half a day can round the other way, with other parameters mostly beyond a year.
    [pytest.param(DEFAULTS, 2000, MAXIMUM_INTERVAL, marks=pytest.mark.slow), (FITTED, 300, 365)],
)
def test_agreement_with_the_implementation_in_rust(parameters: tuple[float, ...], histories: int, longest: int) -> None:
    rust = pytest.importorskip("fsrs_rs_python")
    oracle = rust.FSRS(list(parameters))
    chance = random.Random(20261122)
    compared = mismatches = 0
    for _ in range(histories):
        memory, theirs, elapsed = None, None, 0
        for _ in range(30):
            states = oracle.next_states(theirs, 0.9, elapsed)
            rating = chance.choices((1, 2, 3, 4), (3, 2, 12, 2))[0]
            state = (states.again, states.hard, states.good, states.easy)[rating - 1]
            memory, theirs = next_memory(memory, elapsed, rating, parameters), state.memory
            assert memory.stability == pytest.approx(theirs.stability, rel=2e-5)
            assert memory.difficulty == pytest.approx(theirs.difficulty, rel=2e-5)
            ours = rounded(raw_interval(memory.stability, 0.9, decay_of(parameters)))
            assert abs(ours - rounded(state.interval)) <= 1
            if ours <= longest:
                compared += 1
                mismatches += ours != rounded(state.interval)
            elapsed = chance.choice((0, 1, chance.randrange(60), min(ours, 365)))
    assert mismatches <= compared * 0.0002


# --- schedules and parameters from elsewhere


@pytest.mark.parametrize(
    ("ease", "interval", "retention", "stability", "difficulty"),
    [
        (2.5, 10, 0.9, 10.0, 6.9140563),
        (2.5, 10, 0.8, 3.01572, 9.393428),
        (2.5, 10, 0.95, 24.841097, 1.2974405),
        (1.3, 20, 0.9, 20.0, 10.0),
    ],
)
def test_v12_memory_of_an_sm2_schedule(
    ease: float, interval: float, retention: float, stability: float, difficulty: float
) -> None:
    assert from_sm2(ease, interval, retention) == pytest.approx((stability, difficulty), rel=2e-6)


@given(st.floats(1.0, 10.0), st.floats(0, 1e6), retentions, parameter_sets)
def test_any_sm2_schedule_makes_a_memory(
    ease: float, interval: float, retention: float, parameters: tuple[float, ...] | None
) -> None:
    stability, difficulty = from_sm2(ease, interval, retention, parameters)
    assert 0.001 <= stability <= 36500
    assert 1 <= difficulty <= 10


def test_v14_older_parameters_mean_the_same() -> None:
    old = (0.4, 0.6, 2.4, 5.8, 4.93, 0.94, 0.86, 0.01, 1.49, 0.14, 0.94, 2.18, 0.05, 0.34, 1.26, 0.29, 2.61)
    renewed = (0.4, 0.6, 2.4, 5.8, 6.81, 0.44675013, 1.36, *old[7:], 0.0, 0.0, 0.0, 0.5)
    assert as_fsrs6(old) == pytest.approx(renewed, rel=1e-6)
    assert as_fsrs6((*DEFAULTS[:19],)) == (*DEFAULTS[:19], 0.0, 0.5)
    assert as_fsrs6(FITTED) == FITTED


@pytest.mark.parametrize(
    "parameters",
    [
        (),
        DEFAULTS[:18],
        (*DEFAULTS, 1.0),
        (math.nan, *DEFAULTS[1:]),
        (-9.0,) * 17,
        (0.4,) * 5 + (-1 / 3,) + (0.4,) * 11,
    ],
)
def test_parameters_that_are_none(parameters: tuple[float, ...]) -> None:
    with pytest.raises(UsageError, match="parameters"):
        as_fsrs6(parameters)


# --- what the model refuses


@pytest.mark.parametrize("rating", [0, 5, -1, 7])
def test_there_are_four_ratings(rating: int) -> None:
    with pytest.raises(UsageError, match=f"there is no rating `{rating}`"):
        next_memory(None, 0, rating)
    with pytest.raises(UsageError, match=f"there is no rating `{rating}`"):
        graded("a/b", 0, None, 0, rating, 0.9)


@pytest.mark.parametrize(
    "parameters",
    [(), DEFAULTS[:19], (*DEFAULTS[:20], 0.81), (math.nan, *DEFAULTS[1:]), (-1.0, *DEFAULTS[1:])],
)
def test_parameters_out_of_bounds(parameters: tuple[float, ...]) -> None:
    with pytest.raises(UsageError, match="cannot use these parameters") as caught:
        graded("a/b", 0, None, 0, GOOD, 0.9, parameters=parameters)
    assert "\n" not in caught.value.message
    assert not caught.value.message.endswith(".")


def test_bounds_in_32_bits_are_within_bounds() -> None:
    single = 0.800000011920929  # 0.8 as an optimiser working with 32 bits returns it
    parameters = (*DEFAULTS[:9], single, *DEFAULTS[10:20], single)
    assert next_memory(None, 0, GOOD, parameters).stability == pytest.approx(2.3065)


@pytest.mark.parametrize("value", [0.70, 0.9, 0.99])
def test_retention_allowed(value: float) -> None:
    assert validate_retention(value) == value


@pytest.mark.parametrize("value", [0.0, 0.69, 0.991, 1.0, 1.2, 90, -0.9, math.nan, math.inf])
def test_retention_refused(value: float) -> None:
    for refuse in (validate_retention, lambda retention: raw_interval(1.0, retention)):
        with pytest.raises(UsageError) as caught:
            refuse(value)
        assert caught.value.message == f"retention `{value}` is not between 0.70 and 0.99"


# --- fuzz


@pytest.mark.parametrize(
    ("interval", "minimum", "maximum", "first", "middle", "last"),
    [
        (1.0, 1, 1000, 1, 1, 1), (2.49, 1, 1000, 2, 2, 2), (2.5, 1, 1000, 2, 3, 4), (7.0, 1, 1000, 5, 7, 9),
        (17.0, 1, 1000, 14, 17, 20), (37.0, 1, 1000, 33, 37, 41), (2.0, 2, 1000, 2, 2, 2),
        (2.0, 3, 1000, 3, 4, 4), (2.0, 3, 3, 3, 3, 3), (6.9, 3, 1000, 5, 7, 9), (19.9, 3, 1000, 17, 20, 23),
        (20.1, 3, 1000, 17, 20, 23), (100.0, 101, 1000, 101, 105, 108), (100.0, 1, 99, 92, 96, 99),
        (100.0, 97, 103, 97, 100, 103),
    ],
)  # fmt: skip
def test_a1_fuzz(interval: float, minimum: int, maximum: int, first: int, middle: int, last: int) -> None:
    low, high = fuzz_bounds(interval, minimum, maximum)
    assert (low, high) == (first, last)
    assert [choose_day(low, high, factor) for factor in (0.0, 0.5, 0.99)] == [first, middle, last]


@pytest.mark.parametrize(("interval", "previous", "least"), [(2.7269483, 4, 4), (2.7269483, 5, 0), (4.591988, 4, 5)])
def test_a2_smallest_interval(interval: float, previous: int, least: int) -> None:
    assert smallest_interval(interval, previous) == least


@given(st.floats(0.001, 50_000), st.text(max_size=20), st.integers(1, 400), st.integers(1, 40_000))
def test_fuzz_stays_in_its_bounds(interval: float, seed: str, minimum: int, maximum: int) -> None:
    low, high = fuzz_bounds(interval, minimum, maximum)
    assert min(minimum, maximum) <= low <= high <= maximum
    assert low <= fuzzed(interval, seed, minimum, maximum) <= high


@given(memories, retentions, st.integers(0, 40_000), st.integers(1, 200), st.integers(1, 36500))
def test_an_interval_that_grows_never_shrinks(
    memory: Memory, retention: float, previous: int, repetition: int, maximum: int
) -> None:
    raw = raw_interval(memory.stability, retention)
    interval = next_interval("a/b", repetition, memory, retention, previous, maximum=maximum)
    assert 1 <= interval <= maximum
    if raw > previous:
        # One more day, unless even the widest fuzz does not reach it.
        _, high = fuzz_bounds(raw, 1, maximum)
        assert interval >= min(previous + 1, high)
        assert interval >= min(previous, maximum)


@given(st.floats(2.5, 30_000), st.integers(1, 200))
def test_an_interval_that_grows_by_days_is_longer(raw: float, repetition: int) -> None:
    previous = math.ceil(raw) - 1
    assert next_interval("a/b", repetition, Memory(raw, 5.0), 0.9, previous) > previous


@given(st.integers(1, 50), st.integers(0, 40), st.floats(0, 1, exclude_max=True), st.data())
def test_days_are_chosen_as_they_weigh(low: int, more: int, factor: float, data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.floats(0, 100), min_size=more + 1, max_size=more + 1))
    chosen = choose_by_weight(low, low + more, factor, lambda day: weights[day - low])
    assert low <= chosen <= low + more
    if sum(weights) > 1e-6:
        assert weights[chosen - low] > 0 or factor > 0.999


def test_a_day_that_weighs_nothing_is_left_alone() -> None:
    seeds = [f"math.la.eigen/c{number}" for number in range(400)]
    days = [fuzzed(30.0, seed, day_weight=lambda day: 0.0 if day % 7 == 0 else 1.0) for seed in seeds]
    assert set(days) == {27, 29, 30, 31, 32, 33}
    assert {fuzzed(30.0, seed, day_weight=lambda day: 0.0) for seed in seeds} == {27, 28, 29, 30, 31, 32, 33}


def test_the_choice_of_an_item_is_the_same_on_every_machine() -> None:
    memory = Memory(100.0, 5.0)
    chosen = [next_interval("math.la.eigen/eig-def", repetition, memory, 0.9) for repetition in range(8)]
    assert chosen == [101, 99, 107, 104, 93, 99, 99, 99]


def test_every_day_of_the_bounds_is_as_likely() -> None:
    low, high = fuzz_bounds(100.0)
    counts = dict.fromkeys(range(low, high + 1), 0)
    for unit, card, repetition in itertools.product(range(50), range(20), (3, 4)):
        counts[fuzzed(100.0, f"math.la.unit{unit}/card-{card}:{repetition}")] += 1
    expected = sum(counts.values()) / len(counts)
    # Chi-square with 14 degrees of freedom: 36 is passed by chance once in a thousand.
    assert len(counts) == 15
    assert sum((count - expected) ** 2 / expected for count in counts.values()) < 36


# --- the four answers


@given(
    st.integers(0, 300),
    memories | st.none(),
    st.integers(0, 3000),
    retentions,
    st.integers(0, 3000),
    parameter_sets,
    st.sampled_from([1, 3, 30, 36500]),
)
def test_the_preview_is_what_grading_gives(
    repetition: int,
    memory: Memory | None,
    elapsed: int,
    retention: float,
    previous: int,
    parameters: tuple[float, ...] | None,
    maximum: int,
) -> None:
    preview = next_intervals(
        "a/b", repetition, memory, elapsed, retention, previous, parameters=parameters, maximum=maximum
    )
    answers = [
        graded(
            "a/b", repetition, memory, elapsed, rating, retention, previous,
            parameters=parameters, maximum=maximum,
        )
        for rating in RATINGS.values()
    ]  # fmt: skip
    assert preview == tuple(answer.interval for answer in answers)
    again, hard, good, easy = preview
    assert 1 <= again <= hard <= good <= easy <= maximum
    memories_after = [answer.memory for answer in answers]
    assert memories_after == [next_memory(memory, elapsed, rating, parameters) for rating in RATINGS.values()]
    # A lapse starts afresh.
    assert again == next_interval(
        "a/b", repetition, memories_after[0], retention, maximum=maximum, decay=decay_of(parameters)
    )
    decay = decay_of(parameters)
    days = [math.floor(raw_interval(after.stability, retention, decay) + 0.5) for after in memories_after]
    for worse, better in ((HARD, GOOD), (GOOD, EASY)):
        if days[worse - 1] + 1 < days[better - 1]:
            assert preview[worse - 1] < preview[better - 1] or preview[better - 1] == maximum


def test_good_keeps_its_own_days_where_a_curve_puts_hard_behind_it() -> None:
    wanted = {AGAIN: 1.0, HARD: 40.0, GOOD: 12.0, EASY: 9.0}
    again, hard, good, easy = next_intervals(
        "a/b", 3, Memory(10.0, 5.0), 10, 0.9, 8, corrected_interval=lambda rating, after: wanted[rating]
    )
    low, high = fuzz_bounds(12.0)
    assert again == 1
    assert low <= hard <= good <= easy <= high


def test_a_weak_card_waits_no_longer_for_being_distinguished() -> None:
    """All four answers would have it asked within a day, so none of them puts it off to the day after."""
    weak = Memory(0.2, 9.0)
    after = [next_memory(weak, 1, rating).stability for rating in RATINGS.values()]
    assert after[GOOD - 1] < 1.5 < after[EASY - 1]
    again, hard, good, easy = next_intervals("a/b", 5, weak, 1, 0.9, 1)
    assert (again, hard, good) == (1, 1, 1)
    assert easy > good


def test_first_answers_are_kept_apart() -> None:
    again, hard, good, easy = next_intervals("a/b", 0, None, 0, 0.9)
    assert (again, hard) == (1, 1)
    assert good == 2
    assert 6 <= easy <= 10


def test_answers_the_model_cannot_tell_apart_share_a_day() -> None:
    # On the same day neither hard nor good changes a stability of five days.
    _, hard, good, easy = next_intervals("a/b", 3, Memory(5.0, 5.0), 0, 0.9)
    assert hard == good < easy


def test_intervals_follow_the_fitted_curve() -> None:
    answer = graded("a/b", 3, Memory(50.0, 5.0), 50, GOOD, 0.8, parameters=FITTED)
    raw = raw_interval(answer.memory.stability, 0.8, FITTED[-1])
    low, high = fuzz_bounds(raw)
    assert low <= answer.interval <= high
    assert not low <= raw_interval(answer.memory.stability, 0.8) <= high


def test_a_lapse_does_not_keep_its_old_interval() -> None:
    # Ten days are within the fuzz of what is left after the lapse, and yet it may fall below them.
    chosen = {next_intervals("a/b", repetition, Memory(4.0, 5.0), 4, 0.7, 10)[0] for repetition in range(50)}
    assert min(chosen) < 10 <= max(chosen)


# --- leeches and imports


@pytest.mark.parametrize(
    ("threshold", "speaks", "silent"),
    [
        (3, (3, 5, 7), (0, 1, 2, 4, 6)),
        (8, (8, 12, 16), (0, 7, 9, 10, 11, 13)),
        (1, (1, 2, 3), (0,)),
        (0, (), (0, 1, 5, 8)),
    ],
)
def test_a3_leech(threshold: int, speaks: tuple[int, ...], silent: tuple[int, ...]) -> None:
    assert [lapses for lapses in sorted(speaks + silent) if is_leech(lapses, threshold)] == list(speaks)


def test_leech_threshold_by_default() -> None:
    assert [lapses for lapses in range(14) if is_leech(lapses)] == [8, 12]


def test_reading_imports_no_scheduler() -> None:
    program = (
        "import sys; from mlcoach.domain.memory import intervals, recall; recall.retrievability(3.0, 2);"
        "intervals.next_interval('a/b', 1, recall.fsrs6.Memory(30.0, 5.0), 0.9);"
        "heavy = {'fsrs', 'random', 'hashlib', 'datetime', 'dataclasses'};"
        "sys.exit(' '.join(heavy & sys.modules.keys()) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
