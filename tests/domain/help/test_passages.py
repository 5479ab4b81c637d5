"""What a page says of a word, before all of it."""

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.help_pages import read_pages
from mlcoach.domain.help.page import parsed
from mlcoach.domain.help.passages import passages

PAGE = parsed(
    "days",
    """\
# Days and streaks
commands: streak
words: freeze, miss a day

A day counts, a **freeze** or not.

## The streak

- A **freeze** covers a missed day:
  - or two
- The **floor** keeps it:

```sh
mlcoach log 20m

mlcoach streak
```

Other words.

```sh
mlcoach rest
```

## Breaks

Nothing here says it.
""",
)


def said(words: str) -> list[tuple[str, str]]:
    return [tuple(one) for one in passages(PAGE, words)]


def test_paragraphs_that_explain_a_word_come_by_section_with_what_belongs_to_them() -> None:
    assert [title for title, _ in said("freeze")] == ["", "The streak"]
    assert said("floor") == [("The streak", "- The **floor** keeps it:\n```sh\nmlcoach log 20m\n\nmlcoach streak\n```")]
    assert said("other words") == [("The streak", "Other words.")]
    assert said("breaks") == [("Breaks", "Nothing here says it.")], "a section that is called so"
    assert said("missing days")[0][1].startswith("A **freeze** covers a missed day")


def test_a_page_that_is_named_itself_is_shown_whole_and_code_explains_nothing_alone() -> None:
    assert said("days") == said("Days and streaks") == said("") == said("quux") == []
    assert all("mlcoach rest" not in text for _, text in said("rest"))


@given(st.sampled_from(read_pages()), st.data())
def test_each_word_that_a_page_explains_is_answered_by_lines_of_it_and_by_less_than_all(page, data) -> None:  # type: ignore[no-untyped-def]
    word = data.draw(st.sampled_from([*page.words, *page.defined, page.title]))
    found = passages(page, word)
    whole = {part.title: part.text for part in page.sections}
    assert sum(len(text) for _, text in found) <= sum(map(len, whole.values()))
    for title, text in found:
        assert all(line in whole[title] for line in text.split("\n"))
