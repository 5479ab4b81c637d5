"""Packages from strangers: bombs, traps, damage and what only looks like a collection. Each gets one sentence."""

import struct
import zipfile
from pathlib import Path

import pytest

from mlcoach.adapters.exchange.anki import collection, package
from mlcoach.adapters.exchange.anki.collection import read_collection
from mlcoach.adapters.exchange.anki.package import unpacked
from mlcoach.adapters.exchange.anki.values import Collection
from mlcoach.errors import InvalidFileError, NotFoundError
from tests import anki_packages as make
from tests.anki_packages import PackedCard, PackedNote, PackedReview


def read(path: Path) -> Collection:
    with unpacked(path) as database:
        return read_collection(database, path.name)


def refusal(path: Path) -> InvalidFileError:
    with pytest.raises(InvalidFileError) as refused:
        read(path)
    assert "\n" not in refused.value.message
    assert refused.value.hint
    return refused.value


@pytest.mark.parametrize("member", ["collection.anki21", "collection.anki2"])
def test_a_package_of_the_older_kinds_is_read(tmp_path: Path, member: str) -> None:
    path = make.package(
        tmp_path / "a.apkg",
        [PackedNote(5, ("front", "back"), tags=" one two ")],
        [PackedCard(7, 5, 9, type=2, queue=-1, due=300, ivl=10, factor=2500, reps=2, flags=3, data='{"s":4.5,"d":6,"lrt":99}')],
        [PackedReview(1_790_000_000_000, 7, 3, 10)],
        decks={9: "A::B"},
        member=member,
    )  # fmt: skip
    found = read(path)
    assert found.decks[9] == "A::B"
    assert found.notes[5].fields == ("front", "back")
    card = found.cards[0]
    assert (card.deck, card.kind, card.suspended, card.due, card.interval) == (9, 2, True, 300, 10)
    assert (card.flagged, card.memory, card.last, card.answers) == (True, (4.5, 6.0), 99, 2)
    assert found.reviews == [collection.Review(1_790_000_000_000, 7, 3, 10, 2500, 9000, 1)]


def test_the_newer_of_two_collections_counts(tmp_path: Path) -> None:
    path = make.basic(tmp_path / "a.apkg", ("q", "a"))
    make.collection(tmp_path / "dummy", [PackedNote(1, (f"{collection.DUMMY}, then …", ""))])
    with zipfile.ZipFile(path, "a") as zip:
        zip.write(tmp_path / "dummy", "collection.anki2")
    assert read(path).notes[1].fields == ("q", "a")


def test_a_card_lent_to_a_filtered_deck_is_where_it_belongs(tmp_path: Path) -> None:
    card = PackedCard(7, 1, 99, type=2, due=-5, ivl=10, odue=310, odid=9)
    found = read(make.package(tmp_path / "a.apkg", [PackedNote(1, ("q", "a"))], [card]))
    assert (found.cards[0].deck, found.cards[0].due) == (9, 310)


def test_a_format_to_come_is_refused_with_the_way_to_export_it(tmp_path: Path) -> None:
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w") as zip:
        zip.writestr("meta", b"\x08\x04")
        zip.writestr("collection.anki99", b"")
    refused = refusal(path)
    assert "came after this program (4)" in refused.message
    assert "Support older Anki versions" in refused.hint
    # Nor is the note taken for a card that Anki leaves for old programs.
    dummy = make.basic(tmp_path / "b.apkg", (f"{collection.DUMMY}, then import", ""), member="collection.anki2")
    assert "only the note for Anki versions" in refusal(dummy).message


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\xff" * 18, b"\0" * 70_000]
)
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.apkg"
    path.write_bytes(content)
    refusal(path)


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "none.apkg", tmp_path):
        with pytest.raises(NotFoundError):
            read(path)


def test_a_package_cut_short_anywhere_is_refused(tmp_path: Path) -> None:
    whole = make.basic(tmp_path / "a.apkg", ("q", "a")).read_bytes()
    path = tmp_path / "b.apkg"
    for length in range(0, len(whole) - 1, 97):
        path.write_bytes(whole[:length])
        refusal(path)


def test_a_package_with_flipped_bytes_is_read_or_refused(tmp_path: Path) -> None:
    whole = bytearray(make.basic(tmp_path / "a.apkg", ("q", "a"), ("r", "b")).read_bytes())
    path = tmp_path / "b.apkg"
    for place in range(0, len(whole), 53):
        damaged = bytearray(whole)
        damaged[place] ^= 0x5A
        path.write_bytes(damaged)
        try:
            read(path)
        except InvalidFileError:
            continue


def test_a_bomb_is_refused_by_what_it_declares_and_by_what_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(package, "SUSPICIOUS_FROM", 1_000_000)
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zip:
        zip.writestr("collection.anki21", b"\0" * 30_000_000)
    assert "more than a collection can be" in refusal(path).message
    # The same with a lie about its size.
    lying = bytearray(path.read_bytes())
    for at in (lying.find(b"PK\x03\x04") + 22, lying.find(b"PK\x01\x02") + 24):
        lying[at : at + 4] = struct.pack("<L", 1000)
    path.write_bytes(lying)
    refusal(path)


def test_names_of_members_are_never_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "in" / "a.apkg"
    path.parent.mkdir()
    with zipfile.ZipFile(path, "w") as zip:
        for name in ("../collection.anki21", "/tmp/collection.anki2", "../../evil", "x/collection.anki21"):
            zip.writestr(name, b"x")
    assert "holds no Anki collection" in refusal(path).message
    assert sorted(file.name for file in tmp_path.rglob("*") if file.is_file()) == ["a.apkg"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_collections_of_one_name_are_refused(tmp_path: Path) -> None:
    path = make.basic(tmp_path / "a.apkg", ("q", "a"))
    with zipfile.ZipFile(path, "a") as zip:
        zip.writestr("collection.anki21", b"another")
    assert "two collections" in refusal(path).message


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = make.basic(tmp_path / "a.apkg", ("q", "a"))
    raw = bytearray(path.read_bytes())
    place = 0
    while (place := raw.find(b"PK\x01\x02", place + 1)) >= 0:
        raw[place + 8] |= 1
    path.write_bytes(raw)
    assert "encrypted" in refusal(path).message


def test_another_packing_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as zip:
        zip.writestr("collection.anki21", b"\0" * 1000)
    assert "does not use" in refusal(path).message


def test_an_endless_list_of_members_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w") as zip:
        for number in range(300):
            zip.writestr(str(number), b"")
    monkeypatch.setattr(package, "LARGEST_DIRECTORY", 1_000)
    monkeypatch.setattr(zipfile, "ZipFile", None)  # it would be read here
    assert "too many files" in refusal(path).message


@pytest.mark.parametrize("bytes_", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_wrong_database_is_refused(tmp_path: Path, bytes_: bytes) -> None:
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w") as zip:
        zip.writestr("collection.anki21", bytes_)
    refusal(path)


@pytest.mark.parametrize(
    "statements",
    [
        ["DROP TABLE revlog"],
        ["DROP TABLE notes", "CREATE VIEW notes AS SELECT 1 AS id, 1 AS mid, 'x' AS flds, '' AS tags"],
        ["DROP TABLE notes", "CREATE VIRTUAL TABLE notes USING fts5(id, mid, flds, tags)"],
        ["ALTER TABLE cards RENAME COLUMN data TO other"],
        ["DELETE FROM col"],
        ["UPDATE col SET ver = 18"],
        ["UPDATE col SET ver = 'x'"],
        ["UPDATE col SET models = '['"],
        ["UPDATE col SET models = '[1]'"],
        [f"UPDATE col SET decks = '{'[' * 100_000}'"],
        ["UPDATE col SET decks = x'ff00'"],
    ],
)  # fmt: skip
def test_what_only_looks_like_a_collection_is_refused(tmp_path: Path, statements: list[str]) -> None:
    refusal(make.package(tmp_path / "a.apkg", [PackedNote(1, ("q", "a"))], also=statements))


def test_reading_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MOST_STEPS", 3)
    notes = [PackedNote(number, ("q", "a")) for number in range(1, 2_000)]
    path = make.package(tmp_path / "a.apkg", notes)
    monkeypatch.setattr(collection, "STEPS_AT_ONCE", 100)
    assert "too long" in refusal(path).message


def test_a_table_whose_columns_are_computed_is_refused(tmp_path: Path) -> None:
    endless = (
        "CREATE TABLE notes (id integer primary key, mid, tags, text, flds AS"
        " (replace(hex(zeroblob(20000)), '00', 'abcdefgh')) VIRTUAL)"
    )
    path = make.package(tmp_path / "a.apkg", also=["ALTER TABLE notes RENAME TO plain", endless])
    assert "no Anki collection that this program reads" in refusal(path).message


def test_a_note_of_more_text_than_fits_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection, "MOST_TEXT", 10_000)
    path = make.basic(tmp_path / "a.apkg", ("q", "a" * 20_000))
    assert "more text" in refusal(path).message


@pytest.mark.parametrize(
    ("name", "table"), [("MOST_NOTES", "notes"), ("MOST_CARDS", "cards"), ("MOST_REVIEWS", "answers")]
)
def test_more_than_the_limits_is_refused_before_anything_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, table: str
) -> None:
    monkeypatch.setattr(collection, name, 2)
    monkeypatch.setattr(collection, "_read", None)
    path = make.package(
        tmp_path / "a.apkg",
        [PackedNote(number, ("q", "a")) for number in range(1, 4)],
        [PackedCard(number, number) for number in range(1, 4)],
        [PackedReview(number, 1) for number in range(1, 4)],
    )
    assert f"more than 2 {table}" in refusal(path).message


@pytest.mark.slow
def test_a_million_notes_are_refused(tmp_path: Path) -> None:
    many = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000)"
        " INSERT INTO notes SELECT i, i, 1001, 0, 0, '', 'q' || char(31) || 'a', '', 0, 0, '' FROM n"
    )
    path = make.package(tmp_path / "a.apkg", also=[many])
    assert "more than 100,000 notes" in refusal(path).message


def test_absurd_values_are_no_values(tmp_path: Path) -> None:
    path = make.package(
        tmp_path / "a.apkg",
        [PackedNote(1, ("q", "a"))],
        [
            PackedCard(7, 1, due="soon", ivl=1e300, factor=b"x", data="{" * 5000),
            PackedCard(8, 1, due=2**62, ivl=-(2**62), data='{"s": 1e999, "d": true, "lrt": "x"}'),
            PackedCard(9, 1, data='{"s": -1, "d": 5}'),
        ],
        [PackedReview(5, 7, "good", 2.5)],
    )
    cards = read(path).cards
    assert [(card.due, card.interval, card.ease, card.memory) for card in cards] == [
        (0, 0, 0, None),
        (2**62, -(2**62), 0, None),
        (0, 0, 0, None),
    ]
    assert read(path).reviews[0][2:4] == (0, 2)


def test_reading_leaves_nothing_behind_and_runs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "t"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "t").mkdir()
    trigger = "CREATE TRIGGER t AFTER INSERT ON notes BEGIN SELECT load_extension('/nowhere'); END"
    path = make.basic(tmp_path / "a.apkg", ("q", "a"), also=[trigger])
    assert len(read(path).notes) == 1
    assert list((tmp_path / "t").iterdir()) == []


def test_bytes_that_are_no_text_are_shown_as_such(tmp_path: Path) -> None:
    path = make.basic(tmp_path / "a.apkg", ("q", "a"), also=["UPDATE notes SET flds = CAST(x'ff1f61' AS TEXT)"])
    assert read(path).notes[1].fields == ("\ufffd", "a")
