"""Skills in adverts: whole words, the longer name first, must or plus, and words that no role knows."""

import pytest

from mlcoach.domain.curriculum import RoleTool
from mlcoach.domain.work.skills import Vocabulary, count_skills, count_unknown, is_english, per_hour

TOOLS = [
    RoleTool("python", "Python"),
    RoleTool("r", "R"),
    RoleTool("go", "Go", ("Golang",)),
    RoleTool("ml", "Machine learning", ("ML models",)),
    RoleTool("cpp", "C++"),
    RoleTool("ci", "CI/CD", ("continuous integration",)),
    RoleTool("spark", "Spark", ("Spark Structured Streaming",)),
    RoleTool("streaming", "Streaming", ("Structured Streaming",)),
    RoleTool("llms", "LLM", ("large language models",)),
]
WORDS = Vocabulary(TOOLS)


def found(text: str) -> dict[str, bool]:
    return dict(WORDS.find(text).skills)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("We use Python, R and C++.", {"python", "r", "cpp"}),
        ("Pythonic thinking, are you ready to go?", set()),
        ("Go or golang", {"go"}),
        ("MACHINE   LEARNING with llms", {"ml", "llms"}),
        ("CI/CD pipelines", {"ci"}),
        ("Spark Structured Streaming", {"spark"}),
        ("Structured Streaming", {"streaming"}),
        ("Python's world; Python.", {"python"}),
        ("", set()),
    ],
)
def test_names_are_whole_words_and_the_longest_counts(text: str, skills: set[str]) -> None:
    assert set(found(text)) == skills


@pytest.mark.parametrize(
    "text",
    [
        "Requirements\n- Python\nNice to have\n- Golang",
        "You need Python. Golang is a plus.",
        "You need Python, ideally with Golang",
        "Must have:\nPython\n\nBonus\nGolang",
        "Python is required\nHelpful, not required\n* Golang",
        "Anforderungen\n- Python\nVon Vorteil\n- Golang",
        "Python.\nPluses: Golang",
    ],
)
def test_what_is_wished_for_is_a_plus(text: str) -> None:
    assert found(text) == {"python": True, "go": False}


def test_a_list_without_bullets_stays_under_its_heading() -> None:
    assert found("Preferred\nGolang\nC++\nRequirements\nPython") == {"go": False, "cpp": False, "python": True}


def test_a_must_anywhere_is_a_must() -> None:
    assert found("Nice to have: Python\nMinimum qualifications\n- Python") == {"python": True}


def test_words_that_may_be_names_are_counted_by_adverts() -> None:
    adverts = [WORDS.find("We run LangGraph and Snowplow, LangGraph daily."), WORDS.find("We love LangGraph in Berlin")]
    assert count_unknown(adverts) == [("LangGraph", 2), ("Snowplow", 1)]


def test_in_a_language_with_capitals_everywhere_only_odd_words_may_be_names() -> None:
    text = "Wir suchen eine Person mit Freude an Daten und Zahlen, die dbtCloud kennt und gerne Python schreibt"
    assert not is_english(text)
    assert WORDS.find(text).unknown == ("dbtCloud",)


def test_skills_are_counted_by_adverts_and_by_musts() -> None:
    counts = count_skills([WORDS.find("Python Python"), WORDS.find("Python is a plus"), WORDS.find("C++")])
    assert [(one.skill, one.adverts, one.must) for one in counts] == [("python", 2, 1), ("cpp", 1, 1)]
    assert per_hour(counts[0], 10) == pytest.approx(0.3)
