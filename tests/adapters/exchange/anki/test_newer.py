"""The newer format: zstd inside the zip, and tables of their own for note types and decks. From strangers, too."""

import random
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters.exchange.anki import newer, package, wire
from tests import anki_packages as make
from tests.adapters.exchange.anki.test_package import read, refusal
from tests.anki_packages import CLOZE, PackedCard, PackedNote, PackedReview


def content() -> dict[str, Any]:
    return {
        "notes": [PackedNote(5, ("front", "back"), tags=" one "), PackedNote(6, ("{{c1::x}}", ""), CLOZE)],
        "cards": [PackedCard(7, 5, 9, type=2, queue=2, due=300, ivl=10, factor=2500, reps=2), PackedCard(8, 6)],
        "reviews": [PackedReview(1_790_000_000_000, 7, 3, 10)],
        "decks": {9: "A::B"},
    }


def test_it_holds_what_the_older_format_holds(tmp_path: Path) -> None:
    older = read(make.package(tmp_path / "older.apkg", **content()))
    assert read(make.newer_package(tmp_path / "newer.apkg", **content())) == older


def test_it_goes_before_the_note_for_older_programs(tmp_path: Path) -> None:
    path = make.newer_package(tmp_path / "a.apkg", **content())
    with zipfile.ZipFile(path) as zip:
        assert "collection.anki2" in zip.namelist()
    assert len(read(path).cards) == 2


def test_several_frames_are_read_to_the_end(tmp_path: Path) -> None:
    make.newer_collection(tmp_path / "c", **content())
    database = (tmp_path / "c").read_bytes()
    packed = b"".join(make.zstd(database[at : at + 5000]) for at in range(0, len(database), 5000))
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w") as zip:
        zip.writestr("collection.anki21b", packed)
    assert len(read(path).cards) == 2


def test_a_bomb_is_stopped_while_it_unpacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make.zstd_package(tmp_path / "a.apkg", b"\0" * 300_000_000)
    assert path.stat().st_size < 50_000
    tracemalloc.start()
    assert "more than a collection can be" in refusal(path).message
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_window_larger_than_zstd_has_by_itself_is_refused(tmp_path: Path) -> None:
    # A frame whose header asks for a window of 2^31 bytes.
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w") as zip:
        zip.writestr("collection.anki21b", b"\x28\xb5\x2f\xfd\x00\xa8" + b"\x01\x00\x00")
    refusal(path)


@pytest.mark.parametrize("raw", [b"", b"no zstd", b"\x28\xb5\x2f\xfd", b"\x28\xb5\x2f\xfd" + b"\xff" * 50])
def test_what_is_no_zstd_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "a.apkg"
    with zipfile.ZipFile(path, "w") as zip:
        zip.writestr("collection.anki21b", raw)
    refusal(path)


@pytest.mark.parametrize("meta", [b"", b"\x08", b"\xff" * 30, b"\x0f"])
def test_an_odd_meta_file_is_passed_over_or_refused(tmp_path: Path, meta: bytes) -> None:
    path = make.newer_package(tmp_path / "a.apkg", **content(), meta=meta)
    if meta:
        refusal(path)
    else:
        assert len(read(path).cards) == 2


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE decks",
        "UPDATE notetypes SET config = 'text'",
        "UPDATE templates SET config = x'0aff'",
        "UPDATE templates SET config = x'ffffffffffffffffffffff01'",
        "UPDATE templates SET config = zeroblob(3000000)",
        "DROP TABLE fields",
    ],
)
def test_what_only_looks_like_such_tables_is_refused(tmp_path: Path, statement: str) -> None:
    refusal(make.newer_package(tmp_path / "a.apkg", **content(), also=[statement]))


def test_more_than_note_types_can_be_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newer, "MOST_BYTES", 50)
    refusal(make.newer_package(tmp_path / "a.apkg", **content()))


def test_a_package_with_flipped_bytes_is_read_or_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mlcoach.errors import InvalidFileError

    monkeypatch.setattr(package, "SUSPICIOUS_FROM", 1_000_000)
    whole = make.newer_package(tmp_path / "a.apkg", **content()).read_bytes()
    path, chance = tmp_path / "b.apkg", random.Random(5)
    for _ in range(200):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged)
        try:
            read(path)
        except InvalidFileError:
            continue


def test_messages_are_read_by_number() -> None:
    raw = make.message((1, 1), (2, "text"), (1, 300), (255, "more")) + b"\x21" + b"\0" * 8 + b"\x2d" + b"\0" * 4
    assert (wire.whole(raw, 1), wire.text(raw, 2), wire.whole(raw, 9), wire.text(raw, 9)) == (300, "text", 0, "")
    assert [number for number, _ in wire.fields(raw)] == [1, 2, 1, 255, 4, 5]
    assert wire.text(make.message((2, b"\xff")), 2) == "\ufffd"


@pytest.mark.parametrize("raw", [b"\x08", b"\x0a\x05ab", b"\x0b", b"\x80" * 20, b"\x0d\x00"])
def test_what_is_no_message_is_an_error(raw: bytes) -> None:
    with pytest.raises(ValueError, match="a "):
        wire.whole(raw, 1)
