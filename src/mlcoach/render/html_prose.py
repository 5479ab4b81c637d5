"""Texts of the curriculum as HTML: paragraphs, code, strong words and formulas. Nothing in a text is ever markup."""

import re
from html import escape

from mlcoach.domain.text import visible
from mlcoach.render.prose import parts, prose
from mlcoach.render.screen import Line


def html_prose(text: str) -> str:
    """Return a text as HTML elements, one after the other."""
    shown: list[str] = []
    for is_code, _, part in parts(text):
        if is_code:
            shown.append(html_code(part))
            continue
        for paragraph in re.split(r"\n\s*\n", part.strip("\n")):
            lines = [_line(line) for line in prose(paragraph, None)]
            if any(lines):
                shown.append(f"<p>{'<br>'.join(lines)}</p>")
    return "".join(shown)


def html_code(source: str) -> str:
    """Return code as it stands, in a box that scrolls by itself and by keyboard."""
    lines = "\n".join(escape(visible(line)) for line in source.expandtabs(4).strip("\n").split("\n"))
    return f'<pre tabindex="0"><code>{lines}</code></pre>'


def _line(line: Line) -> str:
    shown = ""
    for text, style in line:
        if style == "code":
            shown += f"<code>{escape(visible(text.strip('`')))}</code>"
        elif style == "strong":
            shown += f"<strong>{escape(visible(text))}</strong>"
        else:
            shown += escape(visible(text))
    return shown
