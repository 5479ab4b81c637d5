"""`mlcoach memory status`: what is known of a memory, from the first answer to many."""

import json
import random
from collections.abc import Sequence

import pytest
from inline_snapshot import snapshot

from mlcoach.domain.events import ItemMarked
from mlcoach.domain.memory.fsrs6 import Memory
from mlcoach.domain.memory.intervals import fuzz_bounds
from mlcoach.domain.memory.learner_model import START, reasons
from mlcoach.domain.memory.trace import Trace
from mlcoach.render.memory.explain import explain_lines
from mlcoach.render.memory.memory import status_lines
from mlcoach.render.screen import Span
from mlcoach.services.context import Context
from mlcoach.services.memory import explain as memory_explain
from mlcoach.services.record import record
from mlcoach.views.calibration import BinView
from mlcoach.views.memory import MemoryStatusView, ModelView, ReasonView, RetentionView
from tests.conftest import Program
from tests.store.journals import FITTED

CARDS = ("dot-product-sign", "one-norm-likes-sparse", "outer-product-view", "column-view-of-product")


def text_of(line: Sequence[Span]) -> str:
    return "".join(text for text, _ in line)


def live(mlcoach: Program, days: int) -> None:
    """Answer some cards each day, as the days of the store go by."""
    chance = random.Random(1)
    for day in range(days):
        for card in CARDS:
            if day == 0 or chance.random() < 0.7:
                mlcoach(f"grade math.la.vectors/{card} {'good' if chance.random() < 0.85 else 'again'}")
        mlcoach.later(days=1)


def test_nothing_is_claimed_before_anything_was_scored(mlcoach: Program) -> None:
    mlcoach("grade math.la.vectors/dot-product-sign good")
    assert mlcoach("memory status", tty=80).out == snapshot("""\
No answer could be scored yet: that takes a second answer to the same item on a
later day.
""")
    data = json.loads(mlcoach("memory --json").out)["data"]
    assert (data["reviews"], data["scored"], data["models"]) == (1, 0, [])
    assert data["retention"] == {"actual": None, "desired": 0.9}


def test_few_answers_are_counted_and_not_judged(mlcoach: Program) -> None:
    live(mlcoach, 6)
    assert mlcoach("memory status", tty=80).out == snapshot("""\
You recalled 14 of 17 on a later day: too few answers to judge.
4 items, 21 answers, 17 of them on a later day · 82% recalled lately

After 43 more scored answers this page says how well your recall is predicted.
""")


@pytest.mark.slow
def test_one_sentence_says_how_it_goes_without_measures_of_the_trade(mlcoach: Program) -> None:
    live(mlcoach, 30)
    assert mlcoach("memory", tty=80).out == snapshot("""\
You recall 88%; you asked for 90%.
4 items, 86 answers, 82 of them on a later day · 88% recalled lately

You recall less often than FSRS-6 expects on average (89%, not 96%); corrected
by your answers it predicts your recall 16.0% better, and your dates follow. So
far the moving average does better still: the dates are still only a rough
guide. You recall about as often as you ask for: there is nothing to do.
Measures: mlcoach memory status --details
""")


@pytest.mark.slow
def test_models_side_by_side_and_the_calibration_are_details(mlcoach: Program) -> None:
    live(mlcoach, 30)
    assert mlcoach("memory status --details", tty=80).out == snapshot("""\
You recall 88%; you asked for 90%.
4 items, 86 answers, 82 of them on a later day · 88% recalled lately

You recall less often than FSRS-6 expects on average (89%, not 96%); corrected
by your answers it predicts your recall 16.0% better, and your dates follow. So
far the moving average does better still: the dates are still only a rough
guide. You recall about as often as you ask for: there is nothing to do.

How well answers were predicted  over the later 65
                     log loss    RMSE     AUC
  FSRS-6, corrected    0.4014  0.1697  0.5271  schedules
  FSRS-6, defaults     0.4780  0.1753  0.5000
  moving average       0.3588  0.1821  0.4236
  SM-2                 0.6675  0.1747  0.4667

Predicted and recalled  │ predicted  ● recalled  ◆ both
   76% ····················◆····················  75%  8 answers
   87% ······························│·········● 100%  8 answers
   92% ····················●·············│······  75%  8 answers
   95% ····································│···● 100%  8 answers
   97% ······························●·······│··  88%  8 answers
   98% ······································│·● 100%  8 answers
   99% ·······································│● 100%  8 answers
   99% ······················●················│·  78%  9 answers
       50%                                  100%
""")
    data = json.loads(mlcoach("memory status --json").out)["data"]
    assert [model["name"] for model in data["models"]] == ["current", "fsrs6_default", "moving_average", "sm2"]
    assert all(set(model) >= {"name", "log_loss", "rmse_bins", "auc"} for model in data["models"])
    assert all(0 <= model["auc"] <= 1 for model in data["models"])
    assert data["retention"]["actual"] == 72 / 82
    assert sum(entry["answers"] for entry in data["calibration"]) == data["measured"]
    mlcoach("undo")
    assert json.loads(mlcoach("memory --json").out)["data"]["reviews"] == data["reviews"] - 1


def test_answers_under_an_earlier_id_belong_to_the_item(mlcoach: Program) -> None:
    """A renamed item is one item, so its first answer on a later day is scored."""
    text = 'schema = 1\nid = "my"\ntitle = "Mine"\ntrack = "rl"\n[[unit]]\nid = "one"\ntitle = "One"\nhours = 2\n'
    card = '[[unit.card]]\nid = "{}"\n{}q = "?"\na = "!"\n'
    mlcoach.write("config/curriculum/my.toml", text + card.format("old", ""))
    mlcoach("grade my.one/old good")
    mlcoach.later(days=3)
    mlcoach.write("config/curriculum/my.toml", text + card.format("new", 'was = ["old"]\n'))
    mlcoach("grade my.one/new good")
    assert json.loads(mlcoach("memory --json").out)["data"]["scored"] == 1


def test_an_item_begun_afresh_has_a_first_answer_again(mlcoach: Program) -> None:
    card = f"math.la.vectors/{CARDS[0]}"
    mlcoach(f"grade {card} good")
    mlcoach.later(days=3)
    mlcoach(f"cards forget {card}")
    mlcoach(f"grade {card} again")
    data = json.loads(mlcoach("memory --json").out)["data"]
    assert (data["items"], data["reviews"], data["scored"]) == (1, 2, 0)
    mlcoach("undo")
    mlcoach("undo")
    mlcoach(f"grade {card} again")
    assert json.loads(mlcoach("memory --json").out)["data"]["scored"] == 1


class TestParameters:
    def test_too_few_answers(self, mlcoach: Program) -> None:
        live(mlcoach, 6)
        assert mlcoach("memory optimize", tty=80).out == snapshot("""\
Kept as it was: 17 scored answers are too few: with fewer than 400, fitting
mostly makes it worse.
""")
        data = json.loads(mlcoach("memory optimize --json").out)["data"]
        assert set(data) >= {"adopted", "reason", "before", "after", "parameters"}
        assert (data["adopted"], data["before"], len(data["parameters"])) == (False, {"log_loss": None}, 21)

    @pytest.mark.slow
    def test_parameters_of_one_s_own(self, mlcoach: Program) -> None:
        live(mlcoach, 30)
        numbers = " ".join(map(str, FITTED))
        assert mlcoach(f"memory use --details {numbers}", tty=80).out == snapshot("""\
Adopted: you chose them.
Log loss, lower is better: 0.4987 as it was, 0.4900 with the other parameters
(82 scored answers).
What is due keeps its day; from the next answer on, the dates follow them.
  0.212 1.2931 2.3065 8.2956 6.4133 0.8334 3.0194 0.001 1.6 0.1666 0.796 1.4835
  0.0614 0.2629 1.6483 0.6014 1.8729 0.5425 0.0912 0.0658 0.4
Undo: mlcoach undo
""")
        status = mlcoach("memory status --details", tty=80).out
        assert "adopted, corrected" in status
        assert "FSRS-6, defaults" in status
        names = [model["name"] for model in json.loads(mlcoach("memory --json").out)["data"]["models"]]
        assert names == ["current", "fsrs6_default", "moving_average", "sm2"]
        assert mlcoach("undo", tty=80).out == snapshot("""\
Took back: memory use --details 0.212 1.2931 2.3065 8.2956 6.4133 0.8334 3.0194
0.001 1.6 0.1666 0.796 1.4835 0.0614 0.2629 1.6483 0.6014 1.8729 0.5425 0.0912
0.0658 0.4 (parameters of memory adopted)
Redo: mlcoach redo
""")
        assert mlcoach("memory use default", tty=80).out == snapshot(
            "Kept as it was: these parameters are in force already.\n"
        )

    def test_what_are_no_parameters(self, mlcoach: Program) -> None:
        assert "21 of them" in mlcoach("memory use many", expect=2).err
        assert "no set of 2 parameters" in mlcoach("memory use 0.9 0.8", expect=2).err


class TestSimulate:
    def test_targets_side_by_side(self, mlcoach: Program) -> None:
        live(mlcoach, 6)
        assert mlcoach("memory simulate --days 25 --new 2 --retention 0.78", tty=80).out == snapshot("""\
25 study days from today. 4 cards met; up to 2 new ones a day of the 57 waiting
on your path.

recall  answers/day  min/day  min/day at the end  known then  min/card
   70%            3      1.0                 1.2          44      0.56
   75%            5      1.3                 1.7          47      0.69
   78%            5      1.4                 1.6          48      0.73
   80%            5      1.3                 1.3          47      0.70
   85%            7      1.7                 2.2          49      0.86
   90%            8      2.0                 2.3          50      1.00
   95%           13      3.0                 4.1          52      1.47
   97%           17      3.8                 5.1          52      1.81

You ask for 90%: 2 minutes a day for 50 cards known. 85% would take 0.3 minutes
a day less, and leave 1 cards fewer. 95% would take 1.0 minutes a day more, and
leave 2 cards more.
Choose: mlcoach config set retention 0.85, say
""")

    def test_the_document(self, mlcoach: Program) -> None:
        data = json.loads(mlcoach("memory simulate --days 20 --new 3 --json").out)["data"]
        assert (data["days"], data["new"], data["desired"]) == (20, 3, 0.9)
        assert [target["retention"] for target in data["targets"]] == [0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.97]
        assert mlcoach.files() == set(), "nothing is written"

    def test_no_cards_to_meet(self, mlcoach: Program) -> None:
        assert "Nothing would be asked" in mlcoach("memory simulate --new 0", tty=80).out

    def test_what_cannot_be_simulated(self, mlcoach: Program) -> None:
        for words in ("--days 0", "--days 99999", "--new -1", "--new 999", "--retention 0.5"):
            mlcoach(f"memory simulate {words}", expect=2)


@pytest.mark.slow
def test_how_sure_one_was_and_what_came(mlcoach: Program) -> None:
    from mlcoach.services.review import grade

    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
    card = f"math.la.vectors/{CARDS[0]}"
    for confidence, rating in ((4, 3), (4, 3), (4, 1), (2, 1)):
        grade.record_answer(context, card, rating, 5, context.today, confidence)
    context.close()
    live(mlcoach.later(days=1), 30)
    assert mlcoach("memory", tty=80).out.partition("How sure")[2] == snapshot("""\
 you were, and how often you recalled
  doubtful   0% recalled   1 answer
  certain   67% recalled  3 answers
Measures: mlcoach memory status --details
""")
    assert json.loads(mlcoach("memory --json").out)["data"]["confidence"] == [
        {"level": 2, "answers": 1, "recalled": 0},
        {"level": 4, "answers": 3, "recalled": 2},
    ]


class TestExplain:
    def test_why_a_card_is_due_when_it_is(self, mlcoach: Program) -> None:
        live(mlcoach, 12)
        assert mlcoach(f"memory explain {CARDS[0]}", tty=80).out == snapshot("""\
math.la.vectors/dot-product-sign
What does the sign of xᵀy tell you about the angle between two nonzero vectors,
and why?

Asked again on Wed 23 Dec: 21 days after Wed 2 Dec.

  FSRS-6 alone       39.7 days  until recall is down to 90%
  corrected for you  22.3 days  learned from 32 answers

Today you would recall it with 98%. The correction makes it 44% shorter. The day
itself is chosen near the result, where days are light. What counts most:
  shorter  its last wait was 4 days: you recall such ones less often
  shorter  where FSRS-6 says 90%, you recall less often than that
""")
        data = json.loads(mlcoach(f"memory explain {CARDS[0]} --json").out)["data"]
        assert set(data) >= {"item", "due", "interval_days", "days", "answers", "reasons", "adaptive"}
        assert 0.5 <= data["days"]["corrected"] / data["days"]["fsrs"] <= 2
        strengths = [abs(reason["logits"]) for reason in data["reasons"]]
        assert strengths == sorted(strengths, reverse=True)

    def test_a_day_that_was_chosen_otherwise_is_not_explained_by_what_is_known_now(self, mlcoach: Program) -> None:
        live(mlcoach, 12)
        near = "The day itself is chosen near the result"
        assert near in " ".join(mlcoach(f"memory explain {CARDS[0]}").out.split())
        mlcoach("config set retention 0.7")
        shown = " ".join(mlcoach(f"memory explain {CARDS[0]}").out.split())
        assert near not in shown
        assert (
            "it was chosen when your answers had shown something else, by other settings, or on another machine"
            in shown
        )

    def test_switched_off_the_day_is_near_what_fsrs_says(self, mlcoach: Program) -> None:
        mlcoach("config set memory.adaptive false")
        live(mlcoach, 12)
        shown = " ".join(mlcoach(f"memory explain {CARDS[0]}").out.split())
        assert "The day itself is chosen near what FSRS-6 says" in shown

    def test_a_card_whose_answers_are_not_known_was_not_asked_zero_times(self, mlcoach: Program) -> None:
        live(mlcoach, 12)
        context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
        view = memory_explain.explain(context, CARDS[0])._replace(reviews=0, reasons=(ReasonView("reviews", -0.4),))
        context.close()
        assert "  shorter  not yet answered on a later day: you recall such ones less often" in [
            "".join(text for text, _ in line) for line in explain_lines(view, 80)
        ]

    def test_each_reason_fits_a_line_and_says_which_way(self, mlcoach: Program) -> None:
        live(mlcoach, 2)
        context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
        view = memory_explain.explain(context, CARDS[0])
        names = reasons(START, Trace(Memory(3.0, 5.0), 1, True), 0.9)
        context.close()
        for counts in (0, 120):
            counted = dict.fromkeys(("reviews", "lapses", "run", "repeats", "gap"), counts)
            for name in names:
                for logits, ends in (
                    (0.4, ("more often", "more often than that")),
                    (-0.4, ("less often", "than that")),
                ):
                    found = view._replace(
                        reasons=(ReasonView(name, logits),), stability=1200.4, rating="again", **counted
                    )
                    last = text_of(explain_lines(found, 80)[-1])
                    assert last.startswith("  longer" if logits > 0 else "  shorter") and last.endswith(ends), last
                    assert len(last) <= 80

    def test_what_is_not_asked_or_comes_from_elsewhere_or_waits_a_day_says_so(self, mlcoach: Program) -> None:
        live(mlcoach, 12)
        context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()})
        view = memory_explain.explain(context, CARDS[0])
        assert view.days is not None

        def shown(**fields: object) -> str:
            return " ".join(" ".join(map(text_of, explain_lines(view._replace(**fields), 80))).split())  # type: ignore[arg-type]

        assert "It is suspended, so it is not asked. Its day was" in shown(suspended=True)
        assert "the one it had in the program that it came from" in shown(elsewhere=True, interval_days=300)
        soon = view.days._replace(fsrs=0.4, corrected=0.2)
        assert "less than a day" in shown(days=soon, interval_days=1)
        assert "Nothing is asked again sooner than the next day" in shown(days=soon, interval_days=1)
        assert "It waits a year all the same" in shown(exercise=True, ladder=True, interval_days=365)
        assert "It waits 5 days all the same" in shown(exercise=True, ladder=True, interval_days=5)
        assert "The day is a different one" in shown(exercise=True, ladder=True, interval_days=300)
        record(context, ItemMarked(view.item, "forgotten"))
        again = memory_explain.explain(context, CARDS[0])
        context.close()
        assert "It was started again and not answered since" in " ".join(map(text_of, explain_lines(again, 80)))

    def test_nothing_to_explain_before_the_first_answer(self, mlcoach: Program) -> None:
        assert mlcoach(f"memory explain {CARDS[0]}", tty=80).out == snapshot("""\
math.la.vectors/dot-product-sign
What does the sign of xᵀy tell you about the angle between two nonzero vectors,
and why?

It was never answered, so there is no date to explain.
""")
        assert json.loads(mlcoach(f"memory explain {CARDS[0]} --json").out)["data"]["days"] is None
        assert not (mlcoach.home / "data").exists()

    def test_a_name_that_fits_nothing(self, mlcoach: Program) -> None:
        assert "no card or exercise" in mlcoach("memory explain dot-produkt-sign", expect=3).err

    def test_a_question_is_data(self, mlcoach: Program) -> None:
        text = 'schema = 1\nid = "my"\ntitle = "Mine"\ntrack = "rl"\n[[unit]]\nid = "one"\ntitle = "One"\nhours = 2\n'
        card = '[[unit.card]]\nid = "bold"\nq = "[bold]what[/bold]?"\na = "!"\n'
        mlcoach.write("config/curriculum/my.toml", text + card)
        mlcoach("grade my.one/bold good")
        shown = mlcoach("memory explain my.one/bold", tty=80).out
        assert "[bold]what[/bold]" in shown
        assert "\x1b" not in shown


class TestWithoutCorrection:
    @pytest.mark.slow
    def test_it_can_be_switched_off_and_on_and_history_stays(self, mlcoach: Program) -> None:
        live(mlcoach, 30)
        corrected = json.loads(mlcoach("memory --json").out)["data"]
        shown = json.loads(mlcoach(f"cards show math.la.vectors/{CARDS[0]} --json").out)["data"]
        mlcoach("config set memory.adaptive false")
        after = json.loads(mlcoach(f"cards show math.la.vectors/{CARDS[0]} --json").out)["data"]
        # Recall is shown as the schedule takes it; what is recorded, the due day among it, stays.
        recalls = ("retrievability", "curve")
        assert all(after[name] != shown[name] for name in recalls)
        assert {**after, **{name: shown[name] for name in recalls}} == shown
        alone = json.loads(mlcoach("memory --json").out)["data"]
        assert [model["name"] for model in alone["models"]] == ["current", "adaptive", "moving_average", "sm2"]
        figures = {model["name"]: model["log_loss"] for model in corrected["models"]}
        assert {model["name"]: model["log_loss"] for model in alone["models"]} == {
            "current": figures["fsrs6_default"],
            "adaptive": figures["current"],
            "moving_average": figures["moving_average"],
            "sm2": figures["sm2"],
        }
        assert "is off" in mlcoach(f"memory explain {CARDS[0]}", tty=80).out
        mlcoach("undo")
        assert mlcoach("config get memory.adaptive").out == "true\n"
        assert json.loads(mlcoach("memory --json").out)["data"] == corrected

    def test_without_it_the_dates_are_those_of_fsrs(self, mlcoach: Program) -> None:
        mlcoach("config set memory.adaptive false")
        live(mlcoach, 12)
        mlcoach(f"grade math.la.vectors/{CARDS[0]} good")
        data = json.loads(mlcoach(f"memory explain {CARDS[0]} --json").out)["data"]
        low, high = fuzz_bounds(data["days"]["fsrs"])
        # Kept a day apart from what hard would have given.
        assert low <= data["interval_days"] <= high + 1
        assert not data["adaptive"]


class TestFairness:
    """Parameters that were fitted to all answers predict these very answers best; that proves nothing."""

    @staticmethod
    def screen(*, fitted: float, average: float, default: bool = False) -> str:
        losses = {"current": 0.55, "fsrs6_default": 0.61, "fsrs6_fitted": fitted, "moving_average": average}
        models = tuple(ModelView(name, loss, 0.1, 0.6) for name, loss in losses.items())
        bins = (BinView(0.9, 0.9, 500),)
        view = MemoryStatusView(
            90, 700, 600, 60, RetentionView(0.9, 0.9), 0.9, 500, models, bins, (), default, False, None
        )
        return " ".join("".join(text for text, _ in line) for line in status_lines(view, 80, details=True))

    def test_what_learned_from_the_answers_is_no_judge(self) -> None:
        shown = self.screen(fitted=0.58, average=0.57)
        assert "So far the moving average does better than FSRS-6" in shown
        assert "its row flatters it" in shown
        assert "memory optimize" not in shown

    def test_fitted_to_earlier_answers_it_may_be_trusted(self) -> None:
        assert "so its dates can be trusted" in self.screen(fitted=0.58, average=0.6)
        assert "mlcoach memory optimize" in self.screen(fitted=0.54, average=0.6)

    def test_the_defaults_learned_from_no_answers_here(self) -> None:
        shown = self.screen(fitted=0.58, average=0.57, default=True)
        assert "so its dates can be trusted" in shown
        assert "flatters" not in shown
