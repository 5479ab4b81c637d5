"""Decks from Anki: a year of somebody's work comes over whole, once, with its history, and goes again with one undo."""

import json
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters import whole_file
from mlcoach.curriculum.write import anki_decks, deck_file
from mlcoach.domain.events import ItemAdopted
from mlcoach.errors import InvalidFileError, StoreError
from mlcoach.services.context import Context
from mlcoach.services.exchange import import_anki
from mlcoach.services.record import record
from tests import anki_packages as make
from tests.anki_packages import BEGAN, PackedCard, PackedNote, PackedReview, milliseconds
from tests.conftest import MONDAY, Program

DAY = 86_400


def data(result: Any) -> dict[str, Any]:
    return dict(json.loads(result.out)["data"])


def days_since_began(day: int, month: int = 11) -> int:
    """Return Anki's number of a day of 2026."""
    return (milliseconds(day, 12, month) // 1000 - BEGAN) // DAY


def shown(mlcoach: Program, item: str) -> dict[str, Any]:
    return data(mlcoach(f"cards show {item} --json"))


def own(mlcoach: Program) -> dict[str, str]:
    folder = mlcoach.home / "config" / "curriculum"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.toml"))}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "all.apkg"


def deck(file: Path, *, text: str = "What is a rank?", reviews: tuple[PackedReview, ...] = ()) -> Path:
    """Write a package of one card with a history: reviewed on 1 and 5 November, due on the 25th."""
    log = [
        PackedReview(milliseconds(1), 11, 3, -600, 0, 8000, 0),
        PackedReview(milliseconds(1, 13), 11, 3, 4, 2500, 7000, 0),
        PackedReview(milliseconds(5), 11, 1, 1, 2300, 9000, 1),
        PackedReview(milliseconds(6), 11, 3, 18, 2300, 90_000, 1),
        *reviews,
    ]
    card = PackedCard(11, 1, 7, type=2, queue=2, due=days_since_began(25), ivl=19, factor=2300, reps=4)
    return make.package(file, [PackedNote(1, (text, "The dimension"))], [card], log, decks={7: "Maths::Linear algebra"})


def test_a_card_comes_with_its_history_and_the_day_it_is_due(mlcoach: Program, file: Path) -> None:
    done = data(mlcoach(f"import anki {deck(file)} --json"))
    assert (done["read"], done["added"], done["updated"], done["skipped"]) == (1, 1, 0, [])
    assert done["reviews"] == {"read": 4, "added": 4, "known": 0, "left_out": 0, "by_hand": 0}
    assert done["decks"] == [{"unit": "anki.maths.linear-algebra", "title": "Linear algebra", "cards": 1}]
    card = shown(mlcoach, "anki.maths.linear-algebra/c11")
    assert card["due"] == "2026-11-25"
    assert [(answer["day"], answer["rating"], answer["seconds"]) for answer in card["history"]] == [
        ("2026-11-01", "good", 8), ("2026-11-01", "good", 7), ("2026-11-05", "again", 9), ("2026-11-06", "good", 90),
    ]  # fmt: skip
    assert card["lapses"] == 1
    assert data(mlcoach("curriculum check --json"))["errors"] == []
    assert data(mlcoach("curriculum check --json"))["warnings"] == []


def test_its_units_are_passed_and_take_no_study_time(mlcoach: Program, file: Path) -> None:
    plan = data(mlcoach("today --json"))
    mlcoach(f"import anki {deck(file)}")
    assert data(mlcoach("curriculum show anki.maths.linear-algebra --json"))["unit"]["status"] in ("passed", "rusty")
    after = data(mlcoach("today --json"))
    assert after["minutes"]["done"] == 0
    assert [block["unit"] for block in after["blocks"]] == [block["unit"] for block in plan["blocks"]]
    assert [block["done"] for block in after["blocks"]] == [block["done"] for block in plan["blocks"]]
    mlcoach.later(days=2)
    assert "anki.maths.linear-algebra/c11" in [item["item"] for item in data(mlcoach("review --json"))["due"]]


def test_one_undo_takes_back_files_and_answers_and_redo_brings_them(mlcoach: Program, file: Path) -> None:
    mlcoach(f"import anki {deck(file)}")
    texts, card = own(mlcoach), shown(mlcoach, "c11")
    said = data(mlcoach("undo --json"))["summary"]
    assert said == "anki-maths.toml written; Linear algebra passed, Mon 23 Nov; 4 answers"
    assert own(mlcoach) == {}
    assert mlcoach("cards show c11", expect=3).err
    assert data(mlcoach("memory status --json"))["reviews"] == 0
    mlcoach("redo")
    assert (own(mlcoach), shown(mlcoach, "c11")) == (texts, card)
    assert data(mlcoach("doctor --json"))["ok"]


def test_a_second_import_adds_and_changes_nothing(mlcoach: Program, file: Path) -> None:
    mlcoach(f"import anki {deck(file)}")
    before = (mlcoach.home / "data" / "mlcoach.db").read_bytes(), own(mlcoach)
    done = data(mlcoach(f"import anki {file} --json"))
    assert (done["read"], done["added"], done["updated"], done["reviews"]["added"]) == (1, 0, 0, 0)
    assert ((mlcoach.home / "data" / "mlcoach.db").read_bytes(), own(mlcoach)) == before


def test_a_later_package_renews_texts_and_adds_what_is_new(mlcoach: Program, file: Path) -> None:
    mlcoach(f"import anki {deck(file)}")
    more = (PackedReview(milliseconds(20), 11, 4, 40),)
    done = data(mlcoach(f"import anki {deck(file, text='What is the rank of A?', reviews=more)} --json"))
    assert (done["added"], done["updated"], done["reviews"]["added"]) == (0, 1, 1)
    card = shown(mlcoach, "c11")
    assert [answer["day"] for answer in card["history"]][-1] == "2026-11-20"
    assert "What is the rank of A?" in own(mlcoach)["anki-maths.toml"]
    mlcoach("undo")
    assert "What is a rank?" in own(mlcoach)["anki-maths.toml"]
    assert len(shown(mlcoach, "c11")["history"]) == 4


def test_what_the_learner_changed_is_kept_and_named(mlcoach: Program, file: Path) -> None:
    mlcoach(f"import anki {deck(file)}")
    path = mlcoach.home / "config" / "curriculum" / "anki-maths.toml"
    mine = path.read_text().replace('"The dimension"', '"The dimension of the image"  # shorter').replace(
        'hours  = 2', "hours  = 5"
    )  # fmt: skip
    path.write_text(mine)
    assert data(mlcoach(f"import anki {file} --json"))["skipped"] == []  # Anki's is as it was
    done = data(mlcoach(f"import anki {deck(file, text='Another question')} --json", expect=7))
    assert (done["updated"], done["skipped"]) == (
        0,
        [{"place": "anki.maths.linear-algebra/c11", "reason": anki_decks.CHANGED_BY_LEARNER, "entries": 1}],
    )
    assert path.read_text() == mine


def test_new_cards_come_into_a_file_that_was_changed(mlcoach: Program, file: Path) -> None:
    mlcoach(f"import anki {make.basic(file, ('one', '1'), ('two', '2'))}")
    path = mlcoach.home / "config" / "curriculum" / "anki-default.toml"
    head, tail = path.read_text().split("  [[unit.card]]\n", 1)
    own_card = '  [[unit.card]]\n  id = "mine"\n  q = "my own"\n  a = "[[unit]] in a text"\n'
    path.write_text(f"{head}# a remark\n{own_card}\n  [[unit.card]]\n{tail}\n[resources.book]\ntitle = 'A book'\n")
    make.basic(file, ("one!", "1"), ("two", "2"), ("three", "3"))
    done = data(mlcoach(f"import anki {file} --json"))
    assert (done["added"], done["updated"], done["skipped"]) == (1, 1, [])
    text = path.read_text()
    assert "# a remark" in text
    assert text.index('"mine"') < text.index('"one!"') < text.index('"two"') < text.index('"three"')
    assert "[resources.book]" in text
    assert data(mlcoach("curriculum check --json"))["errors"] == []
    assert {card["item"] for card in data(mlcoach("cards search one! --json"))["cards"]} == {"anki.default.default/c1"}
    assert shown(mlcoach, "anki.default.default/c3")["item"]


def test_a_card_that_moved_to_another_deck_stays_where_its_progress_is(mlcoach: Program, file: Path) -> None:
    notes, decks = [PackedNote(1, ("q", "a")), PackedNote(2, ("r", "b"))], {7: "One", 8: "Two"}
    make.package(file, notes, [PackedCard(11, 1, 7), PackedCard(12, 2, 8)], decks=decks)
    mlcoach(f"import anki {file}")
    make.package(file, notes, [PackedCard(11, 1, 8), PackedCard(12, 2, 8)], decks=decks)
    done = data(mlcoach(f"import anki {file} --json"))
    assert (done["added"], done["updated"], done["files"]) == (0, 0, [])


def test_a_card_that_the_learner_took_elsewhere_is_found_there(mlcoach: Program, file: Path) -> None:
    mlcoach(f"import anki {deck(file)}")
    folder = mlcoach.home / "config" / "curriculum"
    (folder / "anki-maths.toml").unlink()
    mine = """\
schema = 1
id = "my.maths"
title = "Mine"
track = "math"
[[unit]]
id = "ranks"
title = "Ranks"
hours = 2
[[unit.card]]
id = "rank"
q = "What is a rank, in my words?"
a = "The dimension of the image"
"""
    mlcoach.write("config/curriculum/mine.toml", mine)
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": MONDAY}, "cards adopt")
    record(context, ItemAdopted("anki.maths.linear-algebra/c11", "my.maths.ranks/rank"))
    context.close()
    done = data(mlcoach(f"import anki {deck(file, reviews=(PackedReview(milliseconds(20), 11, 4, 40),))} --json"))
    assert (done["added"], done["files"], done["reviews"]["added"]) == (0, [], 1)
    assert len(shown(mlcoach, "my.maths.ranks/rank")["history"]) == 5
    header = "card_id,review_time,review_rating,review_state,review_duration\n"
    for number, card in enumerate(("11", "my.maths.ranks/rank"), start=12):
        log = mlcoach.write("log.csv", header + f"{card},{milliseconds(number)},3,,\n")
        assert data(mlcoach(f"import reviews {log} --json"))["items"] == 1
    assert len(shown(mlcoach, "my.maths.ranks/rank")["history"]) == 7


def test_decks_of_like_names_stay_apart(mlcoach: Program, file: Path) -> None:
    decks = {7: "C++", 8: "C#", 9: "日本語", 10: "中文", 11: "A::x y", 12: "A::x-y", 13: "A"}
    notes = [PackedNote(number, (f"q{number}", "a")) for number in decks]
    make.package(file, notes, [PackedCard(number, number, number) for number in decks], decks=decks)
    mlcoach(f"import anki {file}")
    assert data(mlcoach("curriculum check --json"))["errors"] == []
    done = {
        card["item"] for card in data(mlcoach("cards search '' --json"))["cards"] if card["item"].startswith("anki.")
    }
    units = {item.partition("/")[0] for item in done}
    assert len(done) == len(units) == len(decks)
    # Every import comes to the same.
    assert data(mlcoach(f"import anki {file} --json"))["added"] == 0


def test_hostile_names_and_texts_are_text(mlcoach: Program, file: Path) -> None:
    nasty = '\x1b[2J"""\'\'\'\\u202e] [[unit]]\nid = "x"\u202e'
    decks = {7: f"{nasty}::{nasty}", 8: "../../etc/passwd", 9: "a" * 5000, 10: "", 11: "::", 12: "con"}
    notes = [PackedNote(number, (f"<script>x</script>{nasty}{number}", nasty)) for number in decks]
    make.package(file, notes, [PackedCard(number, number, number) for number in decks], decks=decks)
    done = data(mlcoach(f"import anki {file} --json"))
    assert done["added"] == len(decks)
    assert data(mlcoach("curriculum check --json"))["errors"] == []
    folder = mlcoach.home / "config" / "curriculum"
    assert {path.parent for path in mlcoach.home.rglob("*.toml")} <= {
        folder,
        mlcoach.home / "data" / "backups" / "files",
    }
    screen = mlcoach(f"import anki {make.package(file, notes, [PackedCard(99, 7, 7)], decks=decks)}", tty=80).out
    assert "\x1b" not in screen
    assert "\u202e" not in screen


def test_cards_without_their_history_keep_the_day_they_were_due(mlcoach: Program, file: Path) -> None:
    due = days_since_began(30)
    cards = [
        PackedCard(1, 1, type=2, queue=2, due=due, ivl=20, factor=2500, reps=5),
        PackedCard(2, 1, type=2, queue=2, due=due, ivl=20, factor=2500, reps=5, data='{"s": 33.3, "d": 4.4}'),
        PackedCard(3, 1, type=2, queue=2, due=due, ivl=20, factor=1300, reps=5),  # of which one answer is known
        PackedCard(4, 1, type=0),
        PackedCard(5, 1, type=1, queue=1, due=milliseconds(23, 20) // 1000, reps=1),
        PackedCard(6, 1, type=2, queue=2, due=2**40, ivl=2**40, factor=10**9, reps=5),
    ]
    log = [PackedReview(milliseconds(1), 3, 3, 9)]
    make.package(file, [PackedNote(1, ("q", "a"))], cards, log)
    done = data(mlcoach(f"import anki {file} --json"))
    assert (done["added"], done["scheduled"], done["reviews"]["added"]) == (6, 4, 1)
    sm2, fsrs, part, step = (shown(mlcoach, f"c{number}") for number in (1, 2, 3, 5))
    assert (sm2["due"], round(sm2["stability"], 3)) == ("2026-11-30", 20.0)
    assert (fsrs["due"], fsrs["stability"], fsrs["difficulty"]) == ("2026-11-30", 33.3, 4.4)
    assert (part["due"], round(part["stability"], 3), round(part["difficulty"], 3)) == ("2026-11-30", 20.0, 10.0)
    assert step["due"] == "2026-11-23"
    assert data(mlcoach(f"import anki {file} --json"))["scheduled"] == 0
    # Of an interval of 20 days, 13 were over: the next answer counts them.
    assert data(mlcoach("grade c1 good --json"))["stability"] > 20


def test_the_schedule_of_sm2_is_read_as_in_v12(mlcoach: Program, file: Path) -> None:
    card = PackedCard(1, 1, type=2, queue=2, due=days_since_began(28), ivl=10, factor=2500, reps=9)
    mlcoach(f"import anki {make.package(file, [PackedNote(1, ('q', 'a'))], [card])}")
    state = shown(mlcoach, "c1")
    assert (round(state["stability"], 4), round(state["difficulty"], 4)) == (10.0, 6.9141)


def test_marks_come_with_new_cards_only(mlcoach: Program, file: Path) -> None:
    make.package(file, [PackedNote(1, ("q", "a"))], [PackedCard(1, 1, queue=-1, flags=1)])
    mlcoach(f"import anki {file}")
    assert shown(mlcoach, "c1")["suspended"]
    mlcoach("cards resume c1")
    mlcoach(f"import anki {file}")
    assert not shown(mlcoach, "c1")["suspended"]


def test_a_card_begun_afresh_in_anki_is_begun_afresh_here(mlcoach: Program, file: Path) -> None:
    log = [
        PackedReview(milliseconds(1), 1, 3, 5, type=0),
        PackedReview(milliseconds(6), 1, 3, 12, type=1),
        PackedReview(milliseconds(7), 1, 0, 0, 0, 0, type=4),
        PackedReview(milliseconds(9), 1, 3, 5, type=0),
    ]
    card = PackedCard(1, 1, type=2, queue=2, due=days_since_began(14), ivl=5, reps=1)
    mlcoach(f"import anki {make.package(file, [PackedNote(1, ('q', 'a'))], [card], log)}")
    assert shown(mlcoach, "c1")["stability"] < 3  # as after one good answer
    assert len(shown(mlcoach, "c1")["history"]) >= 3


def test_a_day_that_was_set_by_hand_before_any_answer_is_kept(mlcoach: Program, file: Path) -> None:
    card = PackedCard(1, 1, type=2, queue=2, due=days_since_began(28), ivl=5, reps=0)
    by_hand = PackedReview(milliseconds(7), 1, 0, 5, 2500, 0, type=4)
    make.package(file, [PackedNote(1, ("q", "a"))], [card], [by_hand])
    assert data(mlcoach(f"import anki {file} --json"))["scheduled"] == 1
    assert shown(mlcoach, "c1")["due"] == "2026-11-28"
    assert "all of it is here already" in mlcoach(f"import anki {file}").out


def test_pictures_are_told_and_cost_no_card(mlcoach: Program, file: Path) -> None:
    notes = [PackedNote(1, ("<img src=a.png>", "a name")), PackedNote(2, ("<b>Which?</b>", "[sound:a.mp3] <img src='a.png'>")),
             PackedNote(3, ("Which is it? <img src=a.png>", "this one"))]  # fmt: skip
    make.package(file, notes, [PackedCard(note.id, note.id) for note in notes])
    done = mlcoach(f"import anki {file}").out.splitlines()
    assert done[:3] == [
        "Read 3 cards: 3 new",
        "3 cards name 2 pictures or sounds, which stay in Anki",
        "2 cards have no other question or no other answer",
    ]


def test_a_card_forgotten_in_anki_is_new_here(mlcoach: Program, file: Path) -> None:
    answered = [PackedReview(milliseconds(1), 1, 3, 5, type=0), PackedReview(milliseconds(6), 1, 3, 12, type=1)]
    forgotten = PackedReview(milliseconds(7), 1, 0, 0, 0, 0, type=4)
    notes = [PackedNote(1, ("q", "a"))]
    # Forgotten before the first import, and its log says so or (in old versions) does not.
    for log in ([*answered, forgotten], answered):
        make.package(file, notes, [PackedCard(1, 1, type=0)], log)
        mlcoach(f"import anki {file}")
        assert (shown(mlcoach, "c1")["due"], len(shown(mlcoach, "c1")["history"])) == (None, 2)
        assert "all of it is here already" in mlcoach(f"import anki {file}").out
        mlcoach("undo")
    # Between two imports.
    reviewed = PackedCard(1, 1, type=2, queue=2, due=days_since_began(18), ivl=12, reps=2)
    mlcoach(f"import anki {make.package(file, notes, [reviewed], answered)}")
    assert shown(mlcoach, "c1")["due"]
    mlcoach(f"import anki {make.package(file, notes, [PackedCard(1, 1, type=0)], [*answered, forgotten])}")
    assert shown(mlcoach, "c1")["due"] is None
    # What was answered here since then stands.
    mlcoach("grade c1 good")
    due = shown(mlcoach, "c1")["due"]
    mlcoach(f"import anki {file}")
    assert shown(mlcoach, "c1")["due"] == due


def test_what_is_no_answer_is_left_out_with_counts(mlcoach: Program, file: Path) -> None:
    log = [
        PackedReview(milliseconds(1), 1),
        PackedReview(milliseconds(2), 1, 0, type=4),
        PackedReview(milliseconds(3), 1, 7),
        PackedReview(milliseconds(4), 1, 3, 0, 0, type=3),
        PackedReview(milliseconds(5), 1, 3, 0, 2500, type=3),
        PackedReview(milliseconds(1, 12, 12), 1),
        PackedReview(-5, 1),
        PackedReview(milliseconds(6), 99),
    ]
    card = PackedCard(1, 1, type=2, queue=2, due=days_since_began(25), ivl=5, reps=8)
    notes = [PackedNote(1, ("q", "a<img src=x.png>")), PackedNote(2, ("", "a"))]
    make.package(file, notes, [card, PackedCard(2, 2), PackedCard(3, 55)], log)
    done = data(mlcoach(f"import anki {file} --json", expect=7))
    assert (done["read"], done["added"], done["known"], done["left_out"]) == (3, 1, 0, 2)
    assert done["reviews"] == {"read": 8, "added": 2, "known": 0, "left_out": 5, "by_hand": 1}
    assert (done["pictures"], done["with_pictures"], done["only_pictures"]) == (1, 1, 0)
    assert {entry["reason"] for entry in done["skipped"]} == {
        "a card without a question",
        "a card whose note is not in the file",
        "a rating that is not 1 to 4",
        "an answer while cramming, which does not affect scheduling",
        "a time still to come",
        "a time before 1970",
        "an answer to a card that is not in the file",
    }


def test_answers_come_by_number_from_a_table_as_well(mlcoach: Program, file: Path) -> None:
    mlcoach(f"import anki {deck(file)}")
    header = "card_id,review_time,review_rating,review_state,review_duration\n"
    rows = f"11,{milliseconds(6)},3,2,90000\n11,{milliseconds(20)},3,2,9000\n"
    done = data(mlcoach(f"import reviews {mlcoach.write('log.csv', header + rows)} --json"))
    assert (done["added"], done["items"], done["kept"]) == (1, 1, 0)
    assert len(shown(mlcoach, "c11")["history"]) == 5


def test_answers_kept_without_a_card_are_not_counted_twice_when_the_card_comes(mlcoach: Program, file: Path) -> None:
    header = "card_id,review_time,review_rating,review_state,review_duration\n"
    rows = f"11,{milliseconds(5)},1,,\n11,{milliseconds(20)},3,,\n"
    mlcoach(f"import reviews {mlcoach.write('log.csv', header + rows)}")
    mlcoach(f"import anki {deck(file)}")

    assert data(mlcoach("memory status --json"))["reviews"] == 5  # four of the card, one that the file does not have
    mlcoach("undo")
    assert data(mlcoach("memory status --json"))["reviews"] == 2
    mlcoach("redo")
    assert data(mlcoach("memory status --json"))["reviews"] == 5
    mlcoach("undo")
    mlcoach("undo")
    assert data(mlcoach("memory status --json"))["reviews"] == 0
    assert data(mlcoach("doctor --json"))["ok"]


def test_a_deck_too_large_for_a_file_goes_on_in_another(
    mlcoach: Program, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deck_file, "ROOM", 4_000)
    decks = {7: "Big::one", 8: "Big::two", 9: "Big::three"}
    notes = [PackedNote(number, (f"question {number} " + "x" * 500, "a")) for number in range(1, 21)]
    make.package(file, notes, [PackedCard(note.id, note.id, 7 + note.id // 7) for note in notes], decks=decks)
    mlcoach(f"import anki {file}")
    texts = own(mlcoach)
    assert len(texts) >= 4
    assert set(texts) == {"anki-big.toml", *(f"anki-big-{number}.toml" for number in range(2, len(texts) + 1))}
    assert all(len(text) < 5_000 for text in texts.values())
    assert not any("orphans" in line for line in mlcoach("doctor").out.splitlines() if line.startswith("!"))
    assert data(mlcoach("curriculum check --json"))["errors"] == []
    assert data(mlcoach(f"import anki {file} --json"))["added"] == 0


def test_when_the_journal_cannot_be_written_no_file_is(
    mlcoach: Program, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mlcoach("log 5m")

    def fail(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    monkeypatch.setattr("mlcoach.services.files.record_all", fail)
    assert "disk is full" in mlcoach(f"import anki {deck(file)}", expect=5).err
    assert own(mlcoach) == {}


def test_when_a_file_cannot_be_written_no_entry_is(
    mlcoach: Program, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mlcoach("log 5m")
    replace = whole_file.replace

    def fail(path: Path, content: bytes | None, **more: Any) -> Any:
        if path.parent.name == "curriculum" and content is not None:
            raise StoreError("cannot write")
        return replace(path, content, **more)

    monkeypatch.setattr(whole_file, "replace", fail)
    mlcoach(f"import anki {deck(file)}", expect=5)
    monkeypatch.setattr(whole_file, "replace", replace)
    assert data(mlcoach("memory status --json"))["reviews"] == 0
    assert own(mlcoach) == {}


def test_a_broken_file_of_an_earlier_import_is_named_and_nothing_is_imported(mlcoach: Program, file: Path) -> None:
    mlcoach(f"import anki {deck(file)}")
    path = mlcoach.home / "config" / "curriculum" / "anki-maths.toml"
    path.write_text(path.read_text() + "\n[[unit\n")
    refused = mlcoach(f"import anki {make.basic(file, ('q', 'a'))}", expect=4)
    assert "anki-maths.toml" in refused.err
    assert list(own(mlcoach)) == ["anki-maths.toml"]


def test_a_text_of_ours_that_the_checker_refuses_is_never_written(home: Path) -> None:
    context = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": MONDAY}, "test")
    placed = anki_decks.PlacedCards({home / "x.toml": "schema = 2\n"}, {}, frozenset(), frozenset(), (), {})
    with pytest.raises(InvalidFileError, match="nothing was imported"):
        import_anki.check_files(context, placed)
    context.close()


def test_an_unknown_track_is_refused(mlcoach: Program, file: Path) -> None:
    assert "no track `cooking`" in mlcoach(f"import anki {deck(file)} --track cooking", expect=2).err
    mlcoach(f"import anki {file} --track nlp")
    assert 'track   = "nlp"' in own(mlcoach)["anki-maths.toml"]


@pytest.mark.parametrize("zone", ["Europe/Kyiv", "America/New_York", "Pacific/Auckland"])
def test_the_day_a_card_is_due_is_anki_s_day(mlcoach: Program, file: Path, zone: str) -> None:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    began = int(datetime(2026, 1, 1, 4, tzinfo=ZoneInfo(zone)).timestamp())
    mlcoach.environment["TZ"] = zone
    mlcoach.at(datetime(2026, 11, 23, 20, tzinfo=ZoneInfo(zone)).isoformat())
    card = PackedCard(1, 1, type=2, queue=2, due=300, ivl=5, reps=9)
    make.package(file, [PackedNote(1, ("q", "a"))], [card], also=[f"UPDATE col SET crt = {began}"])
    mlcoach(f"import anki {file}")
    assert shown(mlcoach, "c1")["due"] == "2026-10-28"
