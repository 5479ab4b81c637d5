"""The parts that pages are made of: a section with its heading, a table, a legend."""

from collections.abc import Iterable, Sequence

from mlcoach.render.habit.charts import text


def section(name: str, title: str, *parts: str, style: str = "") -> str:
    """Return a section with its heading; `name` is the id of that."""
    kind = f' class="{style}"' if style else ""
    return (
        f'<section{kind} aria-labelledby="{name}">\n<h2 id="{name}">{text(title)}</h2>\n'
        + "\n".join(parts)
        + "\n</section>"
    )


def table(
    caption: str,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    folded: bool = False,
    words: bool = False,
    ids: str = "",
) -> str:
    """Return rows as a table whose first cells name the rows; folded behind its caption where a picture shows it.

    Cells are numbers, under one another, or with `words` text. With `ids` each row has an id to link to: that word and
    its number from 0. Rows and cells have no end tags, which HTML does without: long tables are a tenth smaller.
    """
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    body = "\n".join(
        f'<tr{f" id={ids}{number}" if ids else ""}><th scope="row">{text(row[0])}'
        + "".join(f"<td>{text(cell)}" for cell in row[1:])
        for number, row in enumerate(rows)
    )
    inner = f"<caption>{text(caption)}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>"
    # The day in a last column is not cut in two.
    kind = (" class=dated" if heads[-1] == "Last" else "") if words else " class=num"
    # A table that is wider than a phone scrolls by itself, also by keyboard.
    region = f'<div class="scroll" role="region" tabindex="0" aria-label="{text(caption)}">'
    whole = f"{region}<table{kind}>{inner}</table></div>"
    return f"<details><summary>{text(caption)}</summary>\n{whole}\n</details>" if folded else whole


def legend(entries: Iterable[tuple[str, str]]) -> str:
    """Return what colours mean: (class, name) of each."""
    items = "".join(f'<li><span class="key {style}"></span>{text(name)}</li>' for style, name in entries)
    return f'<ul class="legend">{items}</ul>'
