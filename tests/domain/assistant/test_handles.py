"""Handles tell nothing of an item, mean the same for ever, and leave every other text alone."""

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.assistant.handles import HANDLE, handle_of, item_of, without_ids

ITEMS = ["math.prob.basics/losses-forgotten", "eng.resp/column-deleted-group-still-there", "a.b/x"]


def known(ids: list[str]) -> set[str]:
    return set(ids) & set(ITEMS)


def test_a_handle_is_the_same_for_ever() -> None:
    assert handle_of("a.b/x") == "q-efa51c8e"


@given(st.sampled_from(ITEMS))
def test_there_and_back(item: str) -> None:
    assert HANDLE.fullmatch(handle_of(item))
    assert item_of(handle_of(item), ITEMS) == item
    assert item_of("q-00000000", ITEMS) == ""


@given(st.lists(st.one_of(st.sampled_from(ITEMS), st.text(' `",.:/-ab1', max_size=9)), max_size=6))
def test_no_id_that_stands_alone_is_left(parts: list[str]) -> None:
    told = without_ids(" `".join(parts), known)
    for item in ITEMS:
        assert f"`{item}`" not in told
        assert not told.endswith(f" `{item}")


def test_addresses_and_what_is_no_item_stay() -> None:
    text = "https://a.b/x and and/or, `a.b/x`. Or a.b/xy, a.b/x, c/a.b/x, a.b/x/y"
    assert without_ids(text, known) == text.replace("`a.b/x`", f"`{handle_of('a.b/x')}`").replace(
        " a.b/x,", f" {handle_of('a.b/x')},"
    )
    assert without_ids("nothing here", lambda ids: {}["asked"]) == "nothing here"
