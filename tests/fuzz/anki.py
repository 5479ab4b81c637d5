"""Anki packages of both formats from anywhere. `python -m tests.fuzz.anki --count 100000`

A package is changed as a whole, or its database before it is packed, or the texts and numbers in its tables: a change
of the whole hardly gets past the checks of zip and zstd.
"""

import io
import sqlite3
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests import anki_packages as make
from tests.fuzz.mutate import LETTERS, Fuzzer, main, mutated

FOLDER = Path(__file__).parents[1] / "fixtures" / "imports"
OLDER, NEWER = "collection.anki21", "collection.anki21b"
VALUES = (
    None, "", 0, 1, -1, 7, 2**62, -(2**63), 0.5, 1e300, b"", b"\xff\x0a\xff", "x" * 70_000, "[1]", '{"a": {}}', "\x1f" * 500,
)  # fmt: skip
COLUMNS = {
    "notes": ("id", "mid", "flds", "flds", "flds", "tags"),
    "cards": (
        "id",
        "nid",
        "did",
        "ord",
        "type",
        "queue",
        "due",
        "ivl",
        "factor",
        "reps",
        "odue",
        "odid",
        "flags",
        "data",
    ),
    "revlog": ("id", "cid", "ease", "ivl", "factor", "time", "type"),
    "col": ("crt", "ver", "models", "decks"),
    "notetypes": ("id", "name", "config"),
    "fields": ("ntid", "ord", "name"),
    "templates": ("ntid", "ord", "config", "config"),
    "decks": ("id", "name"),
}
WORDS = tuple(
    word.encode()
    for word in (
        "{{c1::", "{{c2::", "}}", "::", "{{", "{", "}", "\\{", "{{Front}}", "{{#Front}}", "{{^Front}}", "{{/Front}}",
        "{{cloze:Text}}", "{{furigana:Front}}", "{{kana:", "{{type:", "{{hint:Back}}", "{{FrontSide}}", "{{Tags}}",
        "{{Deck}}", "<br>", "<div>", "</div>", "<img src=\"a.png\">", "<img", "<ul><li>", "<ol>", "<pre>", "</pre>",
        "<table><tr><td>", "<sub>", "<sup>2</sup>", "<anki-mathjax>", "</anki-mathjax>", "<!--", "-->", "<script>", "<ruby>",
        "<rt>", "[sound:a.mp3]", "[latex]", "[/latex]", "[$]", "[/$]", "\\(", "\\)", "\\[x\\]", "&lt;", "&nbsp;", "&#27;",
        "&#x202e;", "日本[にほん]", "<hr id=answer>", "\x1f", "\ue000", "\ue001", "```", "\n", "\t", "image-occlusion:",
        "\\frac{a}{b}", '"', "'''",
    )
)  # fmt: skip


def packed(database: bytes, member: str) -> bytes:
    """Return a package around a database."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED if member == OLDER else zipfile.ZIP_STORED) as zip:
        zip.writestr("meta", b"\x08\x03" if member == NEWER else b"\x08\x02")
        zip.writestr(member, make.zstd(database) if member == NEWER else database)
    return buffer.getvalue()


@lru_cache
def database(member: str) -> bytes:
    """Return the database of a package that Anki made."""
    from mlcoach.adapters.exchange.anki.package import unpacked

    with unpacked(FOLDER / f"anki-{'newer' if member == NEWER else 'older'}.apkg") as path:
        return path.read_bytes()


def change(fuzzer: Fuzzer, chance: Random) -> bytes:
    """Return a changed package, in one of its layers."""
    layer = chance.choice(("whole", "zstd", "database", "tables", "tables", "tables"))
    if layer == "whole":
        return mutated(
            chance.choice(fuzzer.samples), chance, (b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06", NEWER.encode())
        )
    if layer == "zstd":
        return _zipped(mutated(make.zstd(database(NEWER)), chance, (b"\x28\xb5\x2f\xfd", b"\x50\x2a\x4d\x18")))
    member = chance.choice((OLDER, NEWER))
    if layer == "database":
        content = mutated(database(member), chance, (b"CREATE TABLE", b"notes", b"{{c1::", b"SQLite format 3\0"))
        return packed(content, member)
    return packed(_edited(database(member), chance), member)


def _zipped(zstd: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zip:
        zip.writestr(NEWER, zstd)
    return buffer.getvalue()


def _edited(content: bytes, chance: Random) -> bytes:
    """Return a database with a few values changed."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "c"
        path.write_bytes(content)
        connection = sqlite3.connect(path, isolation_level=None)
        connection.create_collation("unicase", lambda one, other: (one > other) - (one < other))
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        tables = [table for table in (*COLUMNS, "notes", "notes", "templates") if table in there]
        for _ in range(chance.choice((1, 2, 5, 20))):
            table = chance.choice(tables)
            column = chance.choice(COLUMNS[table])
            rows = connection.execute(f"SELECT {column} FROM {table}").fetchall()
            if not rows:
                continue
            old = chance.choice(rows)[0]
            try:
                connection.execute(
                    f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} IS ?", (_value(old, chance), old)
                )
            except sqlite3.Error:
                continue
        connection.close()
        return path.read_bytes()


def _value(old: object, chance: Random) -> object:
    if isinstance(old, str | bytes) and chance.random() < 0.8:
        raw = mutated(old.encode("utf-8", "replace") if isinstance(old, str) else old, chance, WORDS)
        return raw if isinstance(old, bytes) else raw.decode("utf-8", "replace")
    return chance.choice((*VALUES, *LETTERS))


def read(path: Path) -> Iterator[str]:
    """Read a package to its last card, and return what a screen shows of it."""
    from mlcoach.adapters.exchange.anki.collection import read_collection
    from mlcoach.adapters.exchange.anki.facts import Refused, facts
    from mlcoach.adapters.exchange.anki.package import unpacked
    from mlcoach.curriculum.check.cards import card_fault
    from mlcoach.curriculum.read.model import CardTable
    from mlcoach.domain.text import LONGEST

    with unpacked(path) as collection:
        found = read_collection(collection, path.name)
    for _, fact in facts(found):
        if isinstance(fact, Refused):
            yield fact.reason
        elif fact.cloze:
            assert card_fault(CardTable(id="x", cloze=fact.cloze)) is None, fact.cloze
            yield fact.cloze
        else:
            assert fact.question.strip()
            assert fact.answer.strip()
            assert len(fact.question) <= LONGEST
            yield f"{fact.question}\n{fact.answer}\n{' '.join(fact.media)}"


ANKI = Fuzzer("anki", [file.read_bytes() for file in sorted(FOLDER.glob("*.apkg"))], WORDS, read, ".apkg", change)

if __name__ == "__main__":
    main(ANKI)
