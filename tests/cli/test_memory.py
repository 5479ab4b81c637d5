"""`mlcoach memory status`: what is known of a memory, from the first answer to many."""

import json
import random

from inline_snapshot import snapshot

from tests.conftest import Program

CARDS = ("dot-product-sign", "one-norm-likes-sparse", "outer-product-view", "column-view-of-product")


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
82% recalled of 17 answers on a later day · 82% lately · you ask for 90%
4 items, 21 answers in all

After 43 more scored answers this page says how well your memory is foretold.
""")


def test_models_side_by_side_and_the_calibration(mlcoach: Program) -> None:
    live(mlcoach, 30)
    assert mlcoach("memory", tty=80).out == snapshot("""\
88% recalled of 82 answers on a later day · 88% lately · you ask for 90%
4 items, 86 answers in all

How well answers were foretold  over the later 65
                  log loss    RMSE     AUC
  FSRS-6            0.4780  0.1753  0.5000  schedules
  moving average    0.3588  0.1821  0.4236
  SM-2              0.6675  0.1747  0.4667

So far the moving average does better than FSRS-6, whose dates are a rough guide
yet. You recall about as often as you ask for.

Foretold and recalled  │ foretold  ● recalled  ◆ both
   83% ····················●·····│··············  75%  8 answers
   94% ···································│····● 100%  8 answers
   97% ······························●·······│··  88%  8 answers
   99% ······························●········│·  88%  8 answers
   99% ·······································│● 100%  8 answers
   99% ········································◆ 100%  8 answers
  100% ······························●·········│  88%  8 answers
  100% ······················●·················│  78%  9 answers
       50%                                  100%
""")
    data = json.loads(mlcoach("memory status --json").out)["data"]
    assert [model["name"] for model in data["models"]] == ["current", "moving_average", "sm2"]
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
