"""The screen of a pass fits every terminal, with the current step whole in sight."""

import pytest

from mlcoach.render.layout import cells
from mlcoach.render.papers.walk import sections
from mlcoach.render.prose import folded
from mlcoach.render.screen import unspoken
from mlcoach.views.papers.paper import ChecklistStepView, PaperView
from mlcoach.views.papers.walk import WalkView

STEPS = tuple(
    ChecklistStepView(
        f"step-{number}", f"Step {number}: read it twice and say in a sentence what was done", number < 3, "Skim"
    )
    for number in range(14)
)
PAPER = PaperView("arxiv:1", "A title that is longer than a narrow line", "reading", 1, 0, STEPS, why="because")


def view(cursor: int = 3, seconds: int = 65, note: str = "", **more: object) -> WalkView:
    paper = PAPER._replace(**more)  # type: ignore[arg-type]
    return WalkView(paper, cursor, seconds, 10, note, on_timer=False)


@pytest.mark.parametrize(("width", "rows"), [(30, 12), (44, 16), (60, 20), (80, 24), (79, 50), (120, 40)])
@pytest.mark.parametrize("cursor", [0, 3, 13])
def test_it_fits_with_the_current_step_whole(width: int, rows: int, cursor: int) -> None:
    found = sections(view(cursor), width, rows, color=True)
    shown = [part._replace(lines=[unspoken(line) for line in part.lines]) for part in found]
    body = [line for part in shown if not part.foot for line in part.lines]
    gaps = sum(bool(part.lines) for part in shown if not part.foot) - 1
    foot = [piece for part in shown if part.foot for line in part.lines for piece in folded(line, width)]
    assert len(body) + gaps + len(foot) + 1 <= rows
    assert all(sum(cells(text) for text, _ in line) <= width for line in body)
    whole = " ".join(
        "".join(text for text, _ in line).strip() for part in shown if part.name == "step" for line in part.lines
    )
    assert STEPS[cursor].text in whole


def test_the_steps_around_the_current_one_are_in_sight() -> None:
    (steps,) = [part for part in sections(view(13), 80, 24, color=True) if part.name == "steps"]
    lines = ["".join(text for text, _ in line) for line in steps.lines]
    assert lines[-2].startswith("▸ · Step 13")
    assert lines[-1].strip() == f"{len(STEPS) - len(lines) + 1} more above"


@pytest.mark.parametrize(("address", "said"), [
    ("https://arxiv.org/abs/1706.03762", "o opens arxiv.org/abs/1706.03762"),
    ("https://arxiv.org/abs/" + "9" * 40, "o opens arxiv.org/abs/9999999999999…"),
])  # fmt: skip
def test_a_small_screen_says_in_one_line_where_the_paper_is(address: str, said: str) -> None:
    head = sections(view(address=address), 36, 20, color=True)[0]
    assert "".join(text for text, _ in head.lines[-1]) == said
    (steps,) = [part for part in sections(view(0), 80, 24, color=True) if part.name == "steps"]
    assert "".join(text for text, _ in steps.lines[0]).startswith("▸ ✓ Step 0")


@pytest.mark.parametrize(
    ("seconds", "own", "clock"),
    [
        (65, True, "0:01:05 of 10m · 3 of 14"),
        (600, True, "0:10:00 of 10m · 3 of 14 · decide: d"),
        (3661, True, "1:01:01 of 10m · 3 of 14 · decide: d"),
        (600, False, "0:10:00 · with practice about 10m · 3 of 14"),
        (1200, False, "0:20:00 · with practice about 10m · 3 of 14 · decide: d"),
    ],
)
def test_the_clock_says_when_it_is_time_to_decide(seconds: int, own: bool, clock: str) -> None:
    walk = view(seconds=seconds)
    walk = walk._replace(paper=walk.paper._replace(own_pace=own))
    (part,) = [part for part in sections(walk, 80, 24, color=True) if part.name == "clock"]
    assert "".join(text for text, _ in part.lines[0]) == clock


def test_line_by_line_only_the_current_step_is_said() -> None:
    shown = sections(view(note="kept"), 80, 24, color=False)
    assert [part.name for part in shown] == ["head", "keys", "note", "over", "step"]


def test_a_pass_without_steps_can_still_end() -> None:
    shown = sections(view(0, checklist=()), 80, 24, color=True)
    assert "This pass has no steps; d ends it." in str(shown)
