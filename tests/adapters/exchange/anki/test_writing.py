"""Our texts as Anki's HTML, and packages whose notes keep their identity."""

import io
import sqlite3
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.exchange.anki.collection import read_collection
from mlcoach.adapters.exchange.anki.facts import Fact, facts
from mlcoach.adapters.exchange.anki.package import unpacked
from mlcoach.adapters.exchange.anki.values import Collection
from mlcoach.adapters.exchange.anki.writing import OutDeck, OutNote, cloze_html, to_html, write_package


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("one\ntwo", "one<br>two"),
        ("  in\n    further", "\xa0\xa0in<br>\xa0\xa0\xa0\xa0further"),
        ("$x < 3$ and $$y$$", r"\(x &lt; 3\) and \[y\]"),
        (r"\(x\) and \[y\]", r"\(x\) and \[y\]"),
        ("costs $5 and \\$6", "costs $5 and $6"),
        ("`a < b` and **strong**", "<code>a &lt; b</code> and <b>strong</b>"),
        ("see:\n```python\nif a < b:\n    pass\n```\nend", "see:<pre><code>if a &lt; b:\n    pass</code></pre>end"),
    ],
)
def test_texts_become_html(text: str, html: str) -> None:
    assert to_html(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("The {{first}} and {{second}}.", "The {{c1::first}} and {{c1::second}}."),
        ("{{std::vector}}", "{{c1::std&#58;&#58;vector}}"),
        (r"{{\frac{a}{b} }} holds", r"{{c1::\frac{a}{b} }} holds"),
        (r"{{\frac{a}{b}}} holds", r"{{c1::\frac{a}{b} }} holds"),
        (r"$x_{{{i}}}$", r"\(x_{{{c1::i}}}\)"),
        ("$U$ is {{a < b}}", r"\(U\) is {{c1::a &lt; b}}"),
    ],
)
def test_gaps_become_gaps(text: str, html: str) -> None:
    assert cloze_html(text) == html


def notes() -> list[OutNote]:
    return [
        OutNote("math.la.eigen/one", "basic", "front", "back", ("mlcoach", "math.la.eigen")),
        OutNote("math.la.eigen/two", "reversed", "here", "there", ()),
        OutNote("math.la.eigen/three", "cloze", cloze_html("The {{first}} and {{second}}"), "", ()),
    ]


def read(content: bytes, folder: Path) -> Collection:
    path = folder / "x.apkg"
    path.write_bytes(content)
    with unpacked(path) as database:
        return read_collection(database, "x")


def identities(content: bytes, folder: Path) -> list[tuple[object, ...]]:
    (folder / "c").write_bytes(zipfile.ZipFile(io.BytesIO(content)).read("collection.anki2"))
    connection = sqlite3.connect(folder / "c")
    found = connection.execute("SELECT guid, mid FROM notes ORDER BY guid").fetchall()
    decks = connection.execute("SELECT DISTINCT did FROM cards").fetchall()
    connection.close()
    return [*found, *decks]


def test_a_package_is_read_by_our_own_reader(tmp_path: Path) -> None:
    found = read(write_package([OutDeck("math.la", "mlcoach::Linear algebra", tuple(notes()))], 1.8e9), tmp_path)
    assert "mlcoach::Linear algebra" in found.decks.values()
    made = [fact for _, fact in facts(found)]
    assert [(fact.question, fact.answer, fact.cloze, fact.source) for fact in made if isinstance(fact, Fact)] == [
        ("front", "back", "", "math.la.eigen/one"),
        ("here", "there", "", "math.la.eigen/two"),
        ("there", "here", "", "math.la.eigen/two"),
        ("", "", "The {{first}} and {{second}}", "math.la.eigen/three"),
    ]


def test_a_second_export_has_the_same_notes_note_types_and_decks(tmp_path: Path) -> None:
    first = write_package([OutDeck("math.la", "Linear algebra", tuple(notes()))], 1.8e9)
    changed = [note._replace(back=note.back + "!") for note in reversed(notes())]
    second = write_package([OutDeck("math.la", "Renamed", tuple(changed))], 1.9e9)
    assert identities(first, tmp_path) == identities(second, tmp_path)
    other = write_package([OutDeck("math.calc", "Calculus", (notes()[0]._replace(key="math.calc.x/one"),))], 1.8e9)
    assert not {row[0] for row in identities(first, tmp_path)} & {row[0] for row in identities(other, tmp_path)}


def test_writing_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    write_package([OutDeck("a", "A", tuple(notes()))], 1.8e9)
    assert list(tmp_path.iterdir()) == []


@given(st.text(st.sampled_from("ab<>&{}$\\`*\n :\"'"), max_size=60))
def test_no_text_acts(text: str) -> None:
    html = to_html(text)
    for tag in ("<br>", "<pre>", "</pre>", "<code>", "</code>", "<b>", "</b>"):
        html = html.replace(tag, "")
    assert "<" not in html
