"""The learner's model gives the numbers it always gave: one history written by hand, and all that is made of it.

The values were computed by the program itself. They change only with the model, together with `MODEL_VERSION`.
"""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.events import Event, ItemScheduled
from mlcoach.domain.memory import intervals
from mlcoach.domain.memory.cholesky import factor, variance
from mlcoach.domain.memory.fsrs6 import Memory
from mlcoach.domain.memory.intervals import next_intervals
from mlcoach.domain.memory.learner_model import (
    SIZE,
    START,
    LearnerModel,
    corrected_interval,
    interval,
    learn,
    reasons,
    recall,
)
from mlcoach.domain.memory.recall import raw_interval
from mlcoach.domain.memory.trace import LearnedAnswer, Parameters, Trace, answered, order_of, trace_of, trials
from mlcoach.domain.memory.trace import after as after_event
from tests.domain.memory.learner_history import (
    AFRESH,
    DAY,
    FIRST_DAY,
    FIVE,
    FOUR,
    FROM_ELSEWHERE,
    NOON,
    ONE,
    THREE,
    TWO,
    history,
)
from tests.domain.memory.test_recall import FITTED

EXACT = {"rel": 0, "abs": 1e-9}
EASY_PLACE = 13  # of the feature "the last answer was easy"

# Study day, card, study days since its answer before, and what was predicted.
PREDICTIONS = (
    (1, THREE, 1, 0.78085027702),
    (1, ONE, 1, 0.948229970758),
    (2, TWO, 2, 0.91319527703),
    (2, FOUR, 2, 0.969805731248),
    (4, ONE, 3, 0.952357603831),
    (4, THREE, 3, 0.879796150164),
    (4, FIVE, 2, 0.878760761719),
    (7, TWO, 5, 0.951457358016),
    (7, FOUR, 5, 0.978778209061),
    (9, ONE, 5, 0.972031600285),
    (9, FIVE, 5, 0.93010212974),
    (9, THREE, 5, 0.920773968335),
    (11, AFRESH, 6, 0.844803485877),
    (12, ONE, 3, 0.990644375619),
    (12, TWO, 5, 0.974869608805),
    (12, THREE, 3, 0.914873005447),
    (13, FIVE, 4, 0.782086601572),
    (15, TWO, 3, 0.805944847598),
    (16, ONE, 4, 0.78220215401),
    (16, THREE, 4, 0.828318521483),
    (16, FIVE, 3, 0.818930023988),
    (18, TWO, 3, 0.667106343261),
    (18, FOUR, 11, 0.393821245911),
    (21, ONE, 5, 0.627028562283),
    (21, THREE, 5, 0.627981266264),
    (21, FIVE, 5, 0.639147014072),
    (22, AFRESH, 3, 0.799364030858),
    (28, FOUR, 10, 0.604504144739),
    (28, TWO, 10, 0.685872360398),
    (28, FIVE, 7, 0.759053407112),
    (29, ONE, 8, 0.696261632888),
    (30, FROM_ELSEWHERE, 13, 0.870845722195),
    (40, THREE, 19, 0.740888195722),
    (40, FOUR, 12, 0.645532014856),
    (40, ONE, 11, 0.777979297301),
    (40, FIVE, 12, 0.790017812333),
)  # fmt: skip
# After so many scored answers: the mood, the usual one, the logarithm of the usual seconds.
MOODS = {
    1: (1.26944256495, 1.20069442565, 2.484906649788),
    12: (1.848793590067, 1.243934067832, 2.427501503693),
    17: (0.665547269774, 1.237393978089, 2.399536229747),
    22: (0.270843477358, 1.206082166727, 2.407083482079),
    36: (1.487218829586, 1.182126219016, 2.39151239074),
}
WEIGHTS = (
    1.358319596399, 0.467851317541, 0.196545266753, -0.022396308589, 0.006623324265, -0.012803509524, 0.027454400374, 0.021772920538, 0.000233600419, 0.026803405923, -0.046965032266, -0.167932146967, -0.014335865688, -0.021302087464, 0.001574739449, -0.0483928825, -0.488317869939, -0.314667658541, 0.062460190398, 0.0, 0.0, -0.1,
)  # fmt: skip
VARIANCES = (
    0.081187633735, 0.072817797987, 0.047962774002, 0.009275171752, 0.009315078721, 0.009795959158, 0.042584713366, 0.045326164974, 0.049598788312, 0.04761735828, 0.047995944209, 0.048820273695, 0.048785195829, 0.049373176361, 0.047470703683, 0.048964364895, 0.122136333208, 0.139601163959, 0.046451158937, 0.1, 0.101078098768, 0.101078098768,
)  # fmt: skip
TRUST = 2.941542048002
TRACES = {
    ONE: Trace(Memory(41.899943259271, 7.606411689688), 40, True, 4, 8, 1, 4, 1, 1, 11, 5),
    TWO: Trace(Memory(5.034923997515, 8.976604161447), 28, True, 3, 6, 2, 1, 1, 1, 10, 0),
    THREE: Trace(Memory(5.48864512635, 9.685049169352), 40, True, 3, 7, 2, 2, 2, 1, 19, 7),
    FOUR: Trace(Memory(192.919551834244, 1.0), 40, True, 3, 5, 0, 6, 0, 1, 12, 4),
    FIVE: Trace(Memory(6.447728362788, 9.816544973832), 40, True, 3, 7, 2, 3, 2, 1, 12, 9),
    FROM_ELSEWHERE: Trace(Memory(59.710556994273, 5.978467510224), 30, True, 3, 1, 0, 2, 0, 1, 13, 6),
    AFRESH: Trace(Memory(13.826903694355, 2.111214235785), 22, True, 3, 1, 0, 2, 0, 1, 3, 7),
}
# After that study day: card, desired retention, study days.
INTERVALS = (
    (9, ONE, 0.9, 47.365508710048),
    (9, TWO, 0.9, 58.514219179032),
    (9, THREE, 0.9, 14.902605680254),
    (9, FOUR, 0.9, 59.18799410558),
    (9, FIVE, 0.9, 22.888544878053),
    (9, FROM_ELSEWHERE, 0.9, 13.598646422624),
    (9, AFRESH, 0.9, 2.655212728104),
    (40, TWO, 0.8, 15.626841268622),
    (40, THREE, 0.8, 36.400253039738),
    (40, THREE, 0.85, 11.751581269796),
    (40, FIVE, 0.8, 17.196024809899),
    (40, ONE, 0.9, 20.949971629635),
)  # fmt: skip
PREVIEWS = {
    ONE: (2, 63, 72, 94),
    TWO: (4, 85, 99, 132),
    THREE: (1, 24, 28, 36),
    FOUR: (2, 75, 88, 118),
    FIVE: (2, 31, 37, 51),
    FROM_ELSEWHERE: (1, 31, 39, 60),
    AFRESH: (1, 17, 27, 52),
}  # fmt: skip
REASONS = {
    "learner": 0.06307835841,
    "stability": -0.005468353078,
    "difficulty": 0.001459716976,
    "reviews": 0.002735956834,
    "lapses": 0.0,
    "run": -0.000804784928,
    "rating": 0.0,
    "repeats": 0.0,
    "growth": 0.094749462264,
}
FITTED_PREDICTIONS = (
    0.742588345612, 0.87808849242, 0.663740329501, 0.804648845442, 0.817731755784, 0.76322550673,
)  # fmt: skip

# Repetition, memory, study days since, retention, interval before, maximum, days wanted where they are told: what again,
# hard, good and easy give.
INTERVALS_OF_ONE = (
    ((3, Memory(0.3, 4.0), 1, 0.9, 0, 36500, ()), (1, 2, 3, 6)),
    ((0, Memory(9.1, 9.9), 1, 0.9, 10, 36500, ()), (1, 11, 12, 13)),
    ((6, Memory(30.3, 5.8), 5, 0.9, 40, 36500, ()), (2, 42, 45, 51)),
    ((6, Memory(24.0, 4.8), 0, 0.95, 3, 36500, ()), (3, 10, 11, 15)),
    ((0, Memory(235.3, 2.0), 100, 0.95, 0, 3, ()), (2, 2, 3, 3)),
    ((6, Memory(22.1, 3.0), 100, 0.8, 0, 36500, (2.8, 18.7, 1.1, 31.9)), (1, 1, 1, 32)),
    ((4, Memory(0.6, 9.0), 0, 0.9, 40, 36500, (95.5, 60.2, 31.3, 6.7)), (33, 36, 39, 42)),
    ((7, Memory(0.3, 1.9), 100, 0.7, 10, 36500, (15.7, 2.0, 46.0, 18.4)), (2, 2, 43, 44)),
)
CHANCE = {"math.la/one:0": 0.493010020814836, "math.la/one:1": 0.6281975179444999, "prog.py/four:12": 0.278681918280199}


def histories(events: list[Event], until: int = 40) -> dict[str, list[Event]]:
    """Return what happened to each card up to a study day, in the order of time."""
    found: dict[str, list[Event]] = {}
    for event in sorted(events, key=order_of):
        if event.study_day.toordinal() <= FIRST_DAY.toordinal() + until:
            found.setdefault(event.body.item, []).append(event)
    return found


def scored(events: list[Event], until: int = 40, parameters: Parameters = None) -> list[tuple[LearnedAnswer, str]]:
    """Return what is learned from, with its card, in the order of time."""
    found = [(trial, card) for card, own in histories(events, until).items() for trial in trials(own, parameters)]
    return sorted(found, key=lambda one: one[0].place)


def known_after(answers: int, until: int = 40) -> LearnerModel:
    known = START
    for trial, _ in scored(history(), until)[:answers]:
        known = learn(known, trial.trace, trial.elapsed, trial.recalled)
    return known


def predicted(parameters: Parameters = None) -> list[float]:
    known, found = START, []
    for trial, _ in scored(history(), parameters=parameters):
        found.append(recall(known, trial.trace, trial.elapsed, parameters))
        known = learn(known, trial.trace, trial.elapsed, trial.recalled, parameters)
    return found


def test_what_is_learned_from_is_in_the_order_of_study_days() -> None:
    """The answer told on the last day stands where it belongs, and two of one instant keep their order."""
    places = [
        ((date.fromisoformat(trial.place[0]) - FIRST_DAY).days, card, trial.elapsed)
        for trial, card in scored(history())
    ]
    assert places == [(day, card, elapsed) for day, card, elapsed, _ in PREDICTIONS]


def test_every_prediction() -> None:
    assert predicted() == pytest.approx([recall for *_, recall in PREDICTIONS], **EXACT)


def test_predictions_with_parameters_of_the_learner_s_own() -> None:
    assert predicted(FITTED)[-len(FITTED_PREDICTIONS) :] == pytest.approx(FITTED_PREDICTIONS, **EXACT)


@pytest.mark.parametrize("answers", MOODS)
def test_mood_and_pace(answers: int) -> None:
    known = known_after(answers)
    assert known.answers == answers
    assert (known.mood, known.usual, known.pace) == pytest.approx(MOODS[answers], **EXACT)


def test_what_is_known_at_the_end() -> None:
    known = known_after(len(PREDICTIONS))
    assert known.weights == pytest.approx(WEIGHTS, **EXACT)
    assert known.trust == pytest.approx(TRUST, **EXACT)
    rows = factor(known.information)
    units = [tuple(float(place == at) for at in range(SIZE)) for place in range(SIZE)]
    assert [variance(rows, unit) for unit in units] == pytest.approx(VARIANCES, **EXACT)


@pytest.mark.parametrize("card", TRACES)
def test_the_trace_of_each_card(card: str) -> None:
    trace, expected = trace_of(histories(history())[card]), TRACES[card]
    assert trace.memory == pytest.approx(expected.memory, **EXACT)
    assert trace._replace(memory=None, day=trace.day - FIRST_DAY.toordinal()) == expected._replace(memory=None)


def test_when_to_ask() -> None:
    for until, card, retention, days in INTERVALS:
        known = known_after(len(PREDICTIONS), until)
        trace = trace_of(histories(history(), until)[card])
        assert interval(known, trace, retention) == pytest.approx(days, **EXACT), (until, card)


def test_what_the_four_answers_would_give() -> None:
    known, day = known_after(len(PREDICTIONS), 9), FIRST_DAY.toordinal() + 14
    shown = {}
    for card, own in histories(history(), 9).items():
        trace = trace_of(own)
        days = corrected_interval(known, trace, day, 0.9)
        shown[card] = next_intervals(
            card, trace.reviews + 1, trace.memory, day - trace.day, 0.9, 3, corrected_interval=days
        )
    assert shown == PREVIEWS


@pytest.mark.parametrize(("asked", "expected"), INTERVALS_OF_ONE)
def test_intervals_at_the_edges(asked: tuple[Any, ...], expected: tuple[int, ...]) -> None:
    repetition, memory, elapsed, retention, previous, maximum, wanted = asked
    days = (lambda rating, after: wanted[rating - 1]) if wanted else None
    shown = next_intervals(
        ONE, repetition, memory, elapsed, retention, previous, maximum=maximum, corrected_interval=days
    )
    assert shown == expected


@pytest.mark.parametrize("seed", CHANCE)
def test_the_choice_of_a_day_is_the_same_on_every_machine(seed: str) -> None:
    assert intervals._seed_factor(seed) == pytest.approx(CHANCE[seed], rel=0, abs=1e-15)


def test_why_that_long() -> None:
    found = reasons(known_after(len(PREDICTIONS), 9), trace_of(histories(history(), 9)[ONE]), 0.9)
    assert found == pytest.approx(REASONS, **EXACT)


@given(st.permutations(range(len(history()))))
def test_events_in_any_order_are_the_same_history(order: list[int]) -> None:
    written = history()
    assert scored([written[number] for number in order]) == scored(written)


# --- the limits of what is believed


def test_recall_is_never_quite_certain_nor_impossible() -> None:
    trace = answered(Trace(), 0, 3, 8)
    sure, hopeless = (START._replace(weights=(weight, *START.weights[1:]), trust=6.0) for weight in (40.0, -40.0))
    assert recall(sure, trace, 1) == pytest.approx(0.999898970805, **EXACT)
    assert recall(hopeless, trace, 1) == pytest.approx(0.000101029195, **EXACT)


@pytest.mark.parametrize(
    ("stability", "elapsed", "expected"), [(36500.0, 1, 0.997527376843), (0.001, 36500, 0.017986209962)]
)
def test_how_well_fsrs_expects_recall_counts_within_limits(stability: float, elapsed: int, expected: float) -> None:
    """The logit of recall counts as at most 6 and at least -4."""
    trace = answered(Trace(), 0, 3, 8)._replace(memory=Memory(stability, 5.0))
    assert recall(START, trace, elapsed, FITTED) == pytest.approx(expected, **EXACT)


@pytest.mark.parametrize(
    ("one", "other", "differs"),
    [
        ({"memory": Memory(3e4, 5.0)}, {"memory": Memory(2e4, 5.0)}, False),
        ({"memory": Memory(1e3, 5.0)}, {"memory": Memory(2e4, 5.0)}, True),
        ({"memory": Memory(1.0, 5.0), "gap": 3650}, {"memory": Memory(1.0, 5.0), "gap": 7300}, False),
        ({"memory": Memory(1.0, 5.0), "gap": 3}, {"memory": Memory(1.0, 5.0), "gap": 7300}, True),
        ({"seconds": 1}, {"seconds": 2}, False),
        ({"seconds": 1}, {"seconds": 9}, True),
    ],
)
def test_what_is_far_out_counts_no_more_than_what_is_far(
    one: dict[str, Any], other: dict[str, Any], differs: bool
) -> None:
    known = known_after(len(PREDICTIONS))._replace(pace=4.0)
    trace = answered(Trace(), 0, 3, 8)._replace(memory=Memory(2e4, 5.0))
    assert (recall(known, trace._replace(**one), 1) != recall(known, trace._replace(**other), 1)) is differs


def test_an_interval_is_half_to_twice_that_of_fsrs_at_first_and_where_the_curve_is_flat_its_own() -> None:
    trace = answered(Trace(), 0, 4, 0)
    assert trace.memory is not None
    own = raw_interval(trace.memory.stability, 0.9)
    for weights, times in (((4.0, 1.0), 2.0), ((-2.0, 1.0), 0.5), ((1.5, 0.051), 0.5), ((1.5, 0.0), 1.0)):
        known = START._replace(weights=(*weights, *START.weights[2:]), trust=6.0)
        assert interval(known, trace, 0.9) == pytest.approx(times * own, **EXACT)


def test_an_answer_on_the_day_of_the_last_one_teaches_nothing() -> None:
    known, trace = known_after(12), trace_of(histories(history(), 9)[ONE])
    assert trace.memory is not None
    after = answered(trace, trace.day, 1)
    assert after.memory is not None
    assert corrected_interval(known, trace, trace.day, 0.9)(1, after.memory) == interval(known, after, 0.9)


def test_a_failure_on_the_day_of_a_recall_ends_the_run() -> None:
    recalled = answered(answered(Trace(), 0, 3), 2, 3)
    failed = answered(recalled, 2, 1)
    assert (recalled.run, failed.run, answered(failed, 2, 3).run, answered(failed, 4, 3).run) == (2, 0, 0, 1)


def test_a_schedule_from_elsewhere_begins_a_trace_of_its_own() -> None:
    told = next(event for event in history() if isinstance(event.body, ItemScheduled))
    known = after_event(answered(Trace(), 0, 3, 8), told)
    assert known == Trace(Memory(12.0, 6.0), told.study_day.toordinal())


def test_a_place_in_time_is_when_it_happened_not_when_it_was_written() -> None:
    told = history()[0]._replace(recorded=NOON + DAY)
    assert order_of(told) == (FIRST_DAY.isoformat(), NOON, "aa", 1)


# --- mood, drift, days that run backwards


def test_a_bad_evening_lowers_what_is_expected_of_every_card_and_a_good_one_raises_it() -> None:
    slept_on = answered(Trace(), 0, 3, 8)
    bad = good = known_after(12)
    for _ in range(4):
        bad, good = (learn(known, slept_on, 3, recalled) for known, recalled in ((bad, False), (good, True)))
    assert bad.mood < known_after(12).mood < good.mood
    for card in (ONE, FOUR, FROM_ELSEWHERE):
        trace = trace_of(histories(history())[card])
        with_mood = [recall(bad._replace(mood=mood), trace, 9) for mood in (bad.mood, known_after(12).mood, good.mood)]
        assert with_mood == sorted(set(with_mood))


def test_the_mood_of_an_evening_does_not_move_when_to_ask() -> None:
    known, trace = known_after(12), trace_of(histories(history(), 9)[ONE])
    assert interval(known._replace(mood=-3.0), trace, 0.9) == interval(known, trace, 0.9)
    assert interval(known._replace(usual=0.9), trace, 0.9) < interval(known, trace, 0.9)


def test_what_was_learned_fades() -> None:
    """Learners change: an old answer must not hold for ever."""
    known = known_after(len(PREDICTIONS))
    place = EASY_PLACE * (EASY_PLACE + 1) // 2 + EASY_PLACE
    learned = known.information[place] - START.information[place]
    assert learned > 0
    for _ in range(40):
        known = learn(known, answered(Trace(), 0, 3, 8), 3, True)
    # By a ten-thousandth an answer, and a little with the learner's own weight, which becomes uncertain faster.
    left = (known.information[place] - START.information[place]) / learned
    assert 0.999 * (1 - 1e-4) ** 40 < left < (1 - 1e-4) ** 40


def test_where_days_run_backwards_the_later_one_holds() -> None:
    once = answered(Trace(), 9, 3, 8)
    back = answered(once, 6, 3, 8)
    assert (back.day, back.repeats, back.reviews) == (9, 1, 0)
    assert answered(back, 11, 3, 8).gap == 2
