"""Texts as HTML and as roff: whatever is in them, it is text."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.render.html_prose import html_prose
from mlcoach.render.man_page import topic_page
from mlcoach.views.help.pages import HelpSectionView, HelpTopicView

PIECES = [*"ab <>&\"'`*-.\\\n$#1{}", "```", "**", "<script>", "\\fB", ".so ", "\n```\n"]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
MACROS = {"TH", "nh", "ad", "SH", "PP", "IP", "RS", "RE", "nf", "fi", "BR"}


class Reader(HTMLParser):
    """Reads a page as a browser does."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(shown: str) -> Reader:
    reader = Reader()
    reader.feed(shown)
    reader.close()
    return reader


def test_paragraphs_code_and_strong_words() -> None:
    assert html_prose("One **two** `a<b`.\n\n- three\n- four\n\n```python\nx = 1\n\n  y\n```\nfive") == (
        "<p>One <strong>two</strong> <code>a&lt;b</code>.</p><p>- three<br>- four</p>"
        '<pre tabindex="0"><code>x = 1\n\n  y</code></pre><p>five</p>'
    )
    assert html_prose(r"$\theta$ is < 1") == "<p>θ is &lt; 1</p>"
    assert html_prose("") == ""


@given(TEXTS)
def test_no_text_is_ever_html(text: str) -> None:
    reader = read(html_prose(text))
    assert set(reader.tags) <= {"p", "br", "code", "strong", "pre"}
    assert reader.text.count("<script>") == text.count("<script>")


@given(TEXTS, TEXTS)
def test_no_text_is_ever_roff(title: str, text: str) -> None:
    view = HelpTopicView("days", "Days", (), (HelpSectionView(" ".join(title.split()), text),))
    for line in topic_page(view, "1.0").splitlines():
        if line.startswith((".", "'")):
            assert line[1:].split()[0] in MACROS
        # Escapes are ours: fonts, and the characters that would be one.
        assert set(re.findall(r"\\(f[BR]|\(..|[^f(])", line)) <= {"fB", "fR", "-", "e", "&", "(aq", "(ga", "(bu"}
