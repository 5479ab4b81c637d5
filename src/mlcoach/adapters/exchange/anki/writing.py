"""Notes -> an Anki package, by genanki. Ids are made of ours, so that a second import changes notes in place."""

import io
import itertools
import re
import sqlite3
import zipfile
from collections.abc import Iterable
from contextlib import closing
from hashlib import blake2b
from html import escape
from typing import NamedTuple

from mlcoach.domain.cloze import filled_in

# Chosen once by chance and never changed: another number would be another note type.
BASIC, REVERSED, CLOZE = 1_478_203_611, 1_478_203_612, 1_478_203_613
STYLE = (
    ".card { font-family: sans-serif; font-size: 20px; max-width: 40em; margin: auto; }"
    " pre { text-align: left; white-space: pre-wrap; } .source { font-size: 12px; color: gray; }"
)
SOURCE = '<div class="source">{{Source}}</div>'
_FENCE = re.compile(r"^[ \t]*(```+|~~~+)[ \t]*(\w*)[^\n]*\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_INLINE = re.compile(
    r"`(?P<code>[^`\n]+)`"
    r"|\$\$(?P<display>.+?)\$\$"
    r"|\\\[(?P<brackets>.+?)\\\]"
    r"|\\\((?P<parentheses>.+?)\\\)"
    r"|(?<![\w\\$])\$(?![\s$])(?P<dollars>(?:\\.|[^$\\])+?)(?<!\s)\$(?![\w$])"
    r"|\*\*(?P<strong>[^*\n]+?)\*\*",
    re.DOTALL,
)
_LEADING = re.compile(r"(?:^|(?<=\n)) +")


class OutNote(NamedTuple):
    """A note: `key` is our item id, `kind` basic, reversed or cloze; `front` and `back` are HTML."""

    key: str
    kind: str
    front: str
    back: str
    tags: tuple[str, ...]


class OutDeck(NamedTuple):
    """A deck: `key` is our subject id, `name` what Anki shows."""

    key: str
    name: str
    notes: tuple[OutNote, ...]


def write_package(decks: Iterable[OutDeck], now: float) -> bytes:
    """Return a package. `now` is in seconds since 1970; it only dates the notes."""
    import genanki

    models = {
        "basic": _model(genanki, BASIC, "mlcoach", [("Card 1", "{{Front}}", "{{Back}}")]),
        "reversed": _model(
            genanki,
            REVERSED,
            "mlcoach (and reversed)",
            [("Card 1", "{{Front}}", "{{Back}}"), ("Card 2", "{{Back}}", "{{Front}}")],
        ),
        "cloze": genanki.Model(
            CLOZE,
            "mlcoach cloze",
            fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Source"}],
            templates=[
                {"name": "Cloze", "qfmt": "{{cloze:Front}}", "afmt": f"{{{{cloze:Front}}}}<br>{{{{Back}}}}{SOURCE}"}
            ],
            css=STYLE,
            model_type=genanki.Model.CLOZE,
        ),
    }
    made = []
    for deck in decks:
        out = genanki.Deck(_number(deck.key), deck.name)
        for note in deck.notes:
            out.add_note(
                genanki.Note(
                    model=models[note.kind],
                    fields=[note.front, note.back, escape(note.key)],
                    guid=genanki.guid_for("mlcoach", note.key),
                    tags=list(note.tags),
                )
            )
        made.append(out)
    # Not `write_to_file`: it leaves its database behind in the folder for temporary files.
    with closing(sqlite3.connect(":memory:")) as connection:
        genanki.Package(made).write_to_db(connection.cursor(), now, itertools.count(int(now * 1000)))
        connection.commit()
        database = connection.serialize()
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("collection.anki2", database)
        package.writestr("media", "{}")
    return buffer.getvalue()


def to_html(text: str) -> str:
    """Return a text of ours as HTML: code, formulas as \\(…\\), strong words, line breaks; nothing else acts."""
    parts: list[str] = []
    position = 0
    for match in _FENCE.finditer(text):
        parts.append(_paragraphs(text[position : match.start()].rstrip("\n")))
        parts.append(code_html(match[3].rstrip("\n")))
        position = match.end()
    parts.append(_paragraphs(text[position:].strip("\n") if parts else text))
    return "".join(parts)


def cloze_html(text: str) -> str:
    """Return a text with {{hidden}} parts as the HTML of a cloze note, all of them hidden on its one card."""
    shown = to_html(filled_in(text, "\ue000", "\ue001"))

    def gap(match: "re.Match[str]") -> str:
        hidden = match[1].replace("::", "&#58;&#58;")  # two colons would begin a hint
        # Anki ends a gap at the first two braces.
        return "{{c1::" + hidden + (" }}" if hidden.endswith("}") else "}}")

    return re.sub("\ue000([^\ue001]*)\ue001", gap, shown)


def code_html(code: str) -> str:
    """Return a block of code."""
    return f"<pre><code>{escape(code, quote=False)}</code></pre>"


def _paragraphs(text: str) -> str:
    text = _LEADING.sub(lambda match: "\xa0" * len(match[0]), text)
    parts: list[str] = []
    position = 0
    for match in _INLINE.finditer(text):
        parts.append(_plain(text[position : match.start()]))
        position = match.end()
        kind = match.lastgroup
        inner = escape(match[kind or 0], quote=False)
        if kind == "code":
            parts.append(f"<code>{inner}</code>")
        elif kind == "strong":
            parts.append(f"<b>{inner}</b>")
        elif kind in ("display", "brackets"):
            parts.append(f"\\[{inner}\\]")
        else:
            parts.append(f"\\({inner}\\)")
    parts.append(_plain(text[position:]))
    return "".join(parts)


def _plain(text: str) -> str:
    return escape(text.replace("\\$", "$"), quote=False).replace("\n", "<br>")


def _model(genanki, id: int, name: str, cards: list[tuple[str, str, str]]):  # type: ignore[no-untyped-def]
    return genanki.Model(
        id,
        name,
        fields=[{"name": "Front"}, {"name": "Back"}, {"name": "Source"}],
        templates=[
            {"name": card, "qfmt": front, "afmt": f"{{{{FrontSide}}}}<hr id=answer>{back}{SOURCE}"}
            for card, front, back in cards
        ],
        css=STYLE,
    )


def _number(key: str) -> int:
    """Return a deck id made of a subject id, in the range that Anki's own have."""
    return (1 << 30) + int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big") % (1 << 30)
