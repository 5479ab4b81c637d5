"""Pages of the help by a phrase: all words that say something, wherever they are."""

import pytest

from mlcoach.domain.help.page import HelpPage, HelpSection, also_about, is_question
from mlcoach.domain.help.phrases import asked_pages, phrase_pages, telling

DAYS = HelpPage(
    "days", "Days and streaks", ("streak",), ("day off",),
    (HelpSection("", "A **freeze** covers a missed day, and 1.15 times that.\n\nTen minutes are enough."),),
)  # fmt: skip
FILES = HelpPage("files", "Your files", ("backup",), ("broken",), (HelpSection("Copies", "Restore a copy any day."),))
PAGES = (DAYS, FILES)


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("what if I miss a day", (DAYS,)), ("missing days", (DAYS,)), ("restoring copies", (FILES,)),
        ("I broke something", (FILES,)), ("bro", ()), ("ten days", (DAYS,)), ("1.15 times", (DAYS,)),
        ("115 times", ()), ("restore a freeze", ()), ("how do I", ()), ("", ()), ("…", ()),
    ],
)  # fmt: skip
def test_a_page_has_all_telling_words_of_a_phrase(phrase: str, found: tuple[HelpPage, ...]) -> None:
    assert phrase_pages(PAGES, phrase) == found


def test_the_page_that_is_found_by_the_words_comes_first() -> None:
    assert phrase_pages(PAGES, "a copied day") == (FILES,)
    assert phrase_pages((FILES, DAYS), "day") == (DAYS,)  # the other one only says it
    assert phrase_pages((FILES, DAYS), "day", whole=False) == (DAYS, FILES)


def test_one_of_several_words_may_be_missing_where_another_one_finds_the_page() -> None:
    assert phrase_pages(PAGES, "my streak is gone") == ()
    assert phrase_pages(PAGES, "my streak is gone", whole=False) == (DAYS,)
    assert phrase_pages(PAGES, "enough is gone", whole=False) == ()  # a word that a page only uses
    assert phrase_pages(PAGES, "gone and lost", whole=False) == ()


def test_small_words_say_nothing() -> None:
    assert telling("what do I do with it if you want") == frozenset()
    assert telling("missed") == telling("missing") == telling("misses") == telling("Miss")


def test_a_word_with_two_meanings_names_both_pages() -> None:
    other = HelpPage("ice", "Ice", (), (), (HelpSection("", "Water may **freeze**."),))
    assert also_about((*PAGES, other), "freezes", DAYS) == (other,)
    assert also_about(PAGES, "freeze", DAYS) == ()
    assert asked_pages((*PAGES, other), "freeze") == (DAYS, other)
    assert asked_pages(PAGES, "quux") == ()


def test_of_a_question_the_page_with_all_its_words_is_meant() -> None:
    assert asked_pages(PAGES, "how do I restore a broken day") == (FILES,)
    assert asked_pages(PAGES, "why a freeze and what else") == (DAYS,)  # none has all: a word of it means one
    assert asked_pages(PAGES, "restore a broken day") == ()  # not a question: a command may be meant
    assert is_question("How do freezes work?")
    assert not is_question("freezes")
