"""HTML of cards as plain text: what it shows stays, what it does goes, and no text takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.exchange.anki.html import to_text
from mlcoach.domain.text import first_hostile


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("plain", "plain"),
        ("  two   words\n here ", "two words here"),
        ("a<br>b<br/>c", "a\nb\nc"),
        ("<div>a</div><div>b</div>", "a\n\nb"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a &lt;b&gt; &amp; &nbsp;c &#955; &eacute;", "a <b> & c λ é"),
        ("<ul><li>one</li><li>two</li></ul>", "- one\n\n- two"),
        ("<ol><li>one<li>two</ol>", "1. one\n2. two"),
        ("<b>bold</b> <i>it</i> <span style='color:red'>red</span>", "bold it red"),
        ("x<sup>2</sup> + x<sub>i</sub> + e<sup>-(x-1)</sup> + a<sub>train</sub> + y<sup>*</sup>", "x² + xᵢ + e^(-(x-1)) + a_(train) + y^*"),
        ("<code>A @ v</code>", "`A @ v`"),
        ("<pre>def f():\n\treturn  1</pre>after", "```\ndef f():\n    return  1\n```\nafter"),
        ("<pre><code>a = 1<br>b = 2</code></pre>", "```\na = 1\nb = 2\n```"),
        (r"\(x^2 &lt; 3\) and \[\frac{a}{b}\]", r"\(x^2 < 3\) and \[\frac{a}{b}\]"),
        ("[latex]$x^2$[/latex] [$]y[/$] [$$]z<br>w[/$$]", r"$x^2$ \(y\) \[z w\]"),
        ('<anki-mathjax>x</anki-mathjax> <anki-mathjax block="true">y</anki-mathjax>', r"\(x\) \[y\]"),
        ("<script>alert(1)</script>a<style>p{}</style>b", "ab"),
        ("<script>alert(1)", ""),
        ("<svg><text>x</text></svg>b", "b"),
        ("a<!-- hidden -->b<!-- open", "ab"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\n\nc"),
        ("3 < 4 and 5 > 2", "3 < 4 and 5 > 2"),
        ("a <- b", "a <- b"),
        ("<a href='javascript:x'>link</a>", "link"),
        ("<unknown-tag>x</unknown-tag><br", "x<br"),
        ("esc\x1b[31m \u202eabc\u202c", "esc[31m abc"),
    ],
)  # fmt: skip
def test_html_becomes_text(source: str, text: str) -> None:
    assert to_text(source).text == text


def test_pictures_and_sounds_are_named() -> None:
    found = to_text('see <img src="a/b&amp;c.png" alt="x"> and [sound:hello.mp3]<img>')
    assert found.text == "see (picture: b&c.png) and (sound: hello.mp3)(picture: without a name)"
    assert found.media == ("hello.mp3", "b&c.png", "without a name")
    assert to_text('<img src="data:image/png;base64,AAAA">').text == "(picture: in the card)"


@given(st.text(st.sampled_from("<>/abpre!-\"'= &#x;[]$\\\n\t\x1b\u202e\ue000lidvsuco"), max_size=200))
def test_any_text_is_harmless_text(source: str) -> None:
    text = to_text(source).text
    assert first_hostile(text) == ""
    assert "\t" not in text


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<!", "<a", "<a ", "<?", "</", "<a x='", "<script>", "&#", "<![", '<a b="<', "[latex]", "[$]", "[sound:",
     "<pre>", "<ul><li>", "<sub>", "</sub><sub>", "<td>", "<a b='c' ", '"', "<b '", "&", "<code>`"],
)  # fmt: skip
def test_no_text_takes_long(piece: str) -> None:
    began = time.perf_counter()
    to_text(piece * (200_000 // len(piece)))
    # The square of the length would be minutes.
    assert time.perf_counter() - began < 5
