"""The page of the day: what the review would ask, with the answers folded, and nothing that could run or load."""

import json
import re
from html import unescape
from pathlib import Path

from tests.conftest import Program

OWN = r"""
schema = 1
id = "own"
title = "Own <b>cards</b>"
track = "start"
[[unit]]
id = "first"
title = "First"
hours = 2
why = "x"
objectives = ["say it"]
recall = "Say it."
  [[unit.card]]
  id = "hostile"
  q = "<script>alert(1)</script> & `a < b` **strong**"
  a = "<img src=http://192.0.2.1/x onerror=alert(1)>"
  [[unit.card]]
  id = "hidden"
  cloze = "The norm of {{a vector}} is its length."
  [[unit.card]]
  id = "printed"
  q = "What does this print?"
  language = "python"
  code = "print(1 < 2)\nprint('<b>')"
  expects = "True\n<b>"
  [[unit.card]]
  id = "product"
  numeric = "What is 2 × 3?"
  answer = 6
    [unit.card.vary]
    vars.a = { int = [2, 9] }
    vars.b = { int = [2, 9] }
    prompt = "What is {a} × {b}?"
    answer = "a * b"
    accept = { exact = true }
    solution = "{a} times {b} is {answer}."
"""


def page(mlcoach: Program) -> str:
    """Return the page of the day of somebody with cards of their own and a paper."""
    mlcoach.write("config/curriculum/own.toml", OWN)
    mlcoach("log 20m own.first")
    for card in ("hostile", "hidden", "printed", "product"):
        mlcoach(f"grade own.first/{card} hard")
    mlcoach.later(days=9)
    mlcoach("paper add 10.1000/xyz --title '<script>alert(2)</script>' --why '<i>why</i>'")
    path = mlcoach("report --today").out.strip()
    assert path.endswith("today.html")
    return Path(path).read_text(encoding="utf-8")


def test_it_shows_what_the_review_asks_with_the_answers_folded(mlcoach: Program) -> None:
    text = page(mlcoach)
    asked = json.loads(mlcoach("review --json").out)["data"]
    assert (
        text.count("<article>") == text.count("<details><summary>The answer") == len(asked["due"] + asked["new"]) >= 4
    )
    assert "The norm of […] is its length." in text
    assert "<p>The norm of a vector is its length.</p></details>" in text
    assert "print(1 &lt; 2)\nprint(&#x27;&lt;b&gt;&#x27;)</code></pre>" in text
    assert '<pre tabindex="0"><code>True\n&lt;b&gt;</code></pre></details>' in text


def test_numbers_are_those_that_are_asked_next(mlcoach: Program) -> None:
    text = unescape(page(mlcoach))
    question = re.search(r"What is \d × \d\?", mlcoach("grade own.first/product").out)
    assert question
    one, other = map(int, re.findall(r"\d", question[0]))
    assert f"<p>{question[0]}</p>" in text
    assert f"<p>{one * other}</p><p>{one} times {other} is {one * other}.</p></details>" in text


def test_texts_of_people_are_text(mlcoach: Program) -> None:
    text = page(mlcoach)
    assert re.findall(r"<(script|img|b|i|link|iframe)\b", text) == []
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; <code>a &lt; b</code> <strong>strong</strong>" in text
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in text
    assert "&lt;i&gt;why&lt;/i&gt;" in text
    assert "default-src 'none'" in text
    assert {address.partition(":")[0] for address in re.findall(r'href="([^"]*)"', text)} <= {"https", "http"}


def test_it_shows_the_plan_and_the_questions_of_the_pass(mlcoach: Program) -> None:
    text = unescape(page(mlcoach))
    day = json.loads(mlcoach("today --json").out)["data"]
    assert text.count("<strong>") >= len(day["blocks"])
    for block in day["blocks"]:
        assert block["title"] in text
    for step in json.loads(mlcoach("paper --json").out)["data"]["paper"]["checklist"]:
        assert step["text"] in text
    mlcoach("paper check 10.1000/xyz title")
    mlcoach("report --today")
    assert "✓ " in (mlcoach.home / "data" / "today.html").read_text(encoding="utf-8")


def test_looking_at_it_records_nothing(mlcoach: Program) -> None:
    page(mlcoach)
    before = mlcoach("export journal").out
    mlcoach("report --today")
    assert mlcoach("export journal").out == before


def test_an_empty_home_has_a_page_too(mlcoach: Program) -> None:
    text = (mlcoach.home / "data" / "today.html").read_text(encoding="utf-8") if mlcoach("report --today") else ""
    assert "Nothing is due." in text
    assert "The paper" not in text
    shown = json.loads(mlcoach("report --today --json").out)
    assert shown["kind"] == "report"


def test_a_plan_that_time_went_beside_says_what_is_left(mlcoach: Program) -> None:
    mlcoach("log 45m eigen")
    text = Path(mlcoach("report --today").out.strip()).read_text(encoding="utf-8")
    assert "45m of 2h, 1h15m left" in text
    assert "1h15m are left; the plan of the morning still holds 2h." in text
    assert "0, so a missed day ends the streak; 7 goal days earn one" in text
    assert ("Links" in text[text.index("<footer>") :]) is ("<a href" in text)
    mlcoach("today --replan")
    text = Path(mlcoach("report --today").out.strip()).read_text(encoding="utf-8")
    assert "of the morning" not in text


def test_answers_are_printed_by_number_at_the_end(mlcoach: Program) -> None:
    text = page(mlcoach)
    printed = text[text.index('<section class="answers"') :]
    assert printed.count("<li>") == text.count("<article>")
    numbers = re.findall(r"<article><small>(\d+)\. ", text)
    assert numbers == [str(n) for n in range(1, len(numbers) + 1)]
