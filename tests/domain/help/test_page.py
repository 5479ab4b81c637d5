"""Pages of the help: how a source is read, and which page words mean."""

import pytest

from mlcoach.domain.help.page import HelpPage, HelpSection, asked_page, page_for, parsed, shown_pages, unbroken

SOURCE = """# Days and streaks
commands: streak rest
words: freeze, study day

A **study day** ends
at four.

## Freezes

- A **freeze** covers
  a day.
- Two at most.

```sh
mlcoach streak
mlcoach rest sat
```
"""
DAYS = parsed("days", SOURCE)
PLAN = HelpPage("plan", "How the plan is made", ("plan",), ("block",), (HelpSection("", "A **Review** is a block."),))


def test_a_source_is_read() -> None:
    assert DAYS.title == "Days and streaks"
    assert (DAYS.commands, DAYS.words) == (("streak", "rest"), ("freeze", "study day"))
    assert DAYS.sections == (
        HelpSection("", "A **study day** ends at four."),
        HelpSection(
            "Freezes",
            "- A **freeze** covers a day.\n- Two at most.\n\n```sh\nmlcoach streak\nmlcoach rest sat\n```",
        ),
    )
    assert DAYS.defined == ("study day", "freeze")


def test_paragraphs_and_items_become_lines_and_code_stays() -> None:
    assert unbroken("a\nb\n\n1. c\n   d\n2. e\n\n    kept\n    too") == "a b\n\n1. c d\n2. e\n\n    kept\n    too"
    assert unbroken("from 1 to\n10. Then\n\n- 1 to\n  10. a") == "from 1 to 10. Then\n\n- 1 to 10. a"
    assert unbroken("```\na\nb\n```\nc\nd") == "```\na\nb\n```\nc d"


@pytest.mark.parametrize("source", ["", "# Title\n\ntext", "# Title\nwords: a\ncommands: b\n\ntext"])
def test_a_source_without_its_head_is_refused(source: str) -> None:
    with pytest.raises(ValueError, match="a page begins with"):
        parsed("days", source)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("days", DAYS), ("Freeze", DAYS), ("freezes", DAYS), ("study days", DAYS), ("STUDY DAY", DAYS),
        ("streaks and days", DAYS), ("plan", PLAN), ("blocks", PLAN), ("review", PLAN), ("quux", None), ("", None), ("…", None),
    ],
)  # fmt: skip
def test_words_mean_a_page(words: str, page: HelpPage | None) -> None:
    assert page_for((DAYS, PLAN), words) == page


def test_a_command_is_not_taken_for_a_word_that_a_page_only_explains() -> None:
    assert page_for((DAYS, PLAN), "review", {"review", "plan"}) is None
    assert page_for((DAYS, PLAN), "plan", {"review", "plan"}) == PLAN


def test_pages_on_commands_that_are_missing_are_left_out() -> None:
    assert shown_pages((DAYS, PLAN), {"rest"}) == (DAYS,)
    general = PLAN._replace(commands=())
    assert shown_pages((DAYS, general), set()) == (general,)


@pytest.mark.parametrize(
    ("words", "page"),
    [
        ("how do freezes work?", DAYS), ("why is this block here", PLAN), ("what is a study day", DAYS),
        ("freezes work", None), ("how", None), ("", None),
    ],
)  # fmt: skip
def test_a_question_means_the_page_of_one_of_its_words(words: str, page: HelpPage | None) -> None:
    assert asked_page((DAYS, PLAN), words) == page
