"""Packages and logs of other people through the whole command: what comes, what is left out and why, all counted."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from mlcoach.domain.cloze import with_blanks
from tests.conftest import Program

FOLDER = Path(__file__).parents[2] / "fixtures" / "imports"
SUNDAY = "2026-11-22T08:00:00+01:00"


def data(result: Any) -> dict[str, Any]:
    return json.loads(result.out)["data"]


def imported(mlcoach: Program, kind: str, name: str, expect: int = 0) -> dict[str, Any]:
    return data(mlcoach.at(SUNDAY)(f"import {kind} {FOLDER / name} --json", expect=expect))


def reasons(done: dict[str, Any]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for entry in done["skipped"]:
        counts[entry["reason"]] += entry["entries"]
    return dict(counts)


def texts(mlcoach: Program) -> list[str]:
    """Return what the imported cards ask, in the order of their numbers."""
    from mlcoach.services.context import Context

    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": SUNDAY}, "test")
    cards = sorted(
        (item.id.rpartition("/")[2], item) for item in context.catalog.all_items() if item.id.startswith("anki.")
    )
    found = [
        with_blanks(card.question) if card.form == "cloze" else f"{card.question} => {card.answer}" for _, card in cards
    ]
    context.close()
    return found


def test_gaps_in_formulas_keep_their_braces(mlcoach: Program) -> None:
    done = imported(mlcoach, "anki", "cloze-in-formula.apkg")
    assert (done["read"], done["added"], done["skipped"]) == (8, 8, [])
    assert texts(mlcoach) == [
        r"Tight group \(x_{[…]}\)",
        r"Spaced group \(x_{ […] }\)",
        r"Fraction \(\frac{[…]}{b}\)",
        r"Whole \([…]\)",
        r"Whole spaced \([…]\)",
        r"Two \(p(y|x)=[…] (softmax)\)",
        r"Set \(\{[…]\}\)",
        '`{ { "{ {" } }c1` dict […]'.join(("Jinja ", "")),
    ]


def test_a_picture_is_not_nothing(mlcoach: Program) -> None:
    done = imported(mlcoach, "anki", "conditional-picture.apkg", expect=7)
    assert texts(mlcoach) == ["Which curve is this?\n(picture: relu.png) => ReLU"]
    assert (done["read"], done["added"], done["left_out"]) == (2, 1, 1)
    assert reasons(done) == {"a card that hides parts of a picture": 1}
    assert (done["pictures"], done["with_pictures"], done["only_pictures"]) == (1, 1, 0)


def test_readings_stand_where_their_filters_put_them(mlcoach: Program) -> None:
    imported(mlcoach, "anki", "furigana-filter.apkg")
    assert texts(mlcoach) == ["日本 => 日本(にほん) / にほん = Japan"]


def test_cards_left_out_are_counted_with_their_answers(mlcoach: Program) -> None:
    done = imported(mlcoach, "anki", "front-only-with-history.apkg", expect=7)
    assert (done["read"], done["added"], done["left_out"]) == (3, 0, 3)
    assert done["reviews"] == {"read": 12, "added": 0, "known": 0, "left_out": 12, "by_hand": 0}
    assert reasons(done) == {"a card without an answer": 3, "an answer to a card that was left out": 12}
    screen = mlcoach(f"import anki {FOLDER / 'front-only-with-history.apkg'}", expect=7).out
    assert screen.splitlines()[0] == "Nothing imported."
    assert "all of it is here" not in screen
    assert "left out 12 × an answer to a card that was left out" in screen
    assert not (mlcoach.home / "config" / "curriculum").exists()


@pytest.mark.parametrize(
    ("name", "cards", "answers", "code"),
    [("cloze.apkg", 5, 0, 0), ("latex-html.apkg", 4, 0, 0), ("states.apkg", 4, 8, 0), ("anki-newer.apkg", 49, 2, 7),
     ("anki-older.apkg", 49, 2, 7)],
)  # fmt: skip
def test_a_second_time_changes_nothing(mlcoach: Program, name: str, cards: int, answers: int, code: int) -> None:
    done = imported(mlcoach, "anki", name, code)
    assert (done["added"], done["reviews"]["added"]) == (cards, answers)
    assert done["read"] == done["added"] + done["left_out"]
    assert done["reviews"]["read"] == done["reviews"]["added"] + done["reviews"]["left_out"]
    before = (mlcoach.home / "data" / "mlcoach.db").read_bytes()
    again = imported(mlcoach, "anki", name, code)
    assert (again["added"], again["updated"], again["known"]) == (0, 0, cards)
    assert (again["reviews"]["added"], again["reviews"]["known"], again["scheduled"]) == (0, answers, 0)
    assert (mlcoach.home / "data" / "mlcoach.db").read_bytes() == before


def test_a_database_that_is_damaged_is_refused(mlcoach: Program) -> None:
    refused = imported(mlcoach, "anki", "apkg-0.apkg", expect=4)
    assert refused["code"] == "invalid_file"


def test_both_formats_become_the_same_cards(mlcoach: Program, tmp_path: Path) -> None:
    imported(mlcoach, "anki", "anki-older.apkg", expect=7)
    again = imported(mlcoach, "anki", "anki-newer.apkg", expect=7)
    assert (again["added"], again["updated"], again["known"], again["reviews"]["added"]) == (0, 0, 49, 0)


def times(mlcoach: Program) -> list[int]:
    rows = mlcoach("export reviews").out.splitlines()[1:]
    return [int(row.split(",")[1]) for row in rows]


def test_a_log_in_seconds_is_read_as_seconds(mlcoach: Program) -> None:
    done = imported(mlcoach, "reviews", "reviews-seconds.csv")
    assert (done["added"], done["unit"]) == (2, "seconds")
    assert times(mlcoach) == [1_711_684_180_000, 1_711_784_180_000]
    again = mlcoach(f"import reviews {FOLDER / 'reviews-seconds.csv'}").out
    assert (
        again == "Nothing to import: no answer that is not here already.\nthe times of the file were read as seconds\n"
    )


def test_a_log_with_a_byte_order_mark_is_read(mlcoach: Program) -> None:
    assert imported(mlcoach, "reviews", "reviews-bom.csv")["added"] == 2
    assert times(mlcoach) == [1_711_684_180_217, 1_711_784_180_217]


@pytest.mark.parametrize("name", ["reviews-semicolon.csv", "reviews-anki-revlog.csv"])
def test_a_log_of_another_shape_is_refused_with_what_is_needed(mlcoach: Program, name: str) -> None:
    refused = imported(mlcoach, "reviews", name, expect=4)
    assert "card_id,review_time,review_rating" in refused["hint"]


def test_fractions_of_seconds_are_kept_and_mixed_files_are_told(mlcoach: Program) -> None:
    header = "card_id,review_time,review_rating\n"
    file = mlcoach.write("log.csv", f"{header}1,1711684180.25,3\n1,1711784180,3\n")
    mlcoach.at(SUNDAY)(f"import reviews {file}")
    assert times(mlcoach) == [1_711_684_180_250, 1_711_784_180_000]
    file = mlcoach.write("log.csv", f"{header}1,1711684180,3\n1,1711984180217,3\n")
    done = data(mlcoach(f"import reviews {file} --json", expect=7))
    assert (done["added"], done["unit"]) == (1, "")
    assert done["skipped"] == [
        {"place": "line 2", "reason": "a time that would be seconds, among others that are milliseconds", "entries": 1}
    ]
