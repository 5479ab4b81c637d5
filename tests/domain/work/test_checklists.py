"""Ticks whose item is gone: named with their list, whatever it was called, and nothing that is there beside them."""

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.curriculum import Checklist, ChecklistItem
from mlcoach.domain.work.checklists import all_orphaned

SPRING = Checklist(
    id="spring",
    title="Spring",
    items=(ChecklistItem("dig", "Dig", was=("delve",)), ChecklistItem("sow", "Sow")),
    was=("early",),
)
NAMES = st.sampled_from(["spring", "early", "autumn"])
ITEMS = st.sampled_from(["dig", "delve", "sow", "weed"])


def test_what_is_gone_is_named_and_nothing_else() -> None:
    ticks = {"spring": {"dig", "weed"}, "early": {"delve", "rake"}, "autumn": {"dig"}}
    assert all_orphaned([SPRING], ticks) == ["autumn/dig", "early/rake", "spring/weed"]


@given(st.dictionaries(NAMES, st.sets(ITEMS)))
def test_every_tick_counts_in_its_list_or_is_named(ticks: dict[str, set[str]]) -> None:
    named = set(all_orphaned([SPRING], ticks))
    for name, items in ticks.items():
        for item in items:
            counts = name != "autumn" and item != "weed"
            assert (f"{name}/{item}" in named) == (not counts)
