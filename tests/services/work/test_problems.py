"""Problems from elsewhere: written, scheduled, asked against a clock."""

import json
from typing import Any

import pytest

from mlcoach.domain.day.review_queue import QueueEntry
from mlcoach.services.review.session import Manner, ReviewSession
from tests.conftest import Program


def listed(mlcoach: Program, line: str) -> list[str]:
    view: dict[str, Any] = json.loads(mlcoach(f"{line} --json").out)["data"]
    return [one["item"].partition("/")[2] for one in (*view["due"], *view["new"])]


def test_a_problem_comes_due_again(mlcoach: Program) -> None:
    said = mlcoach("cards new vectors --problem 'Two Sum' --url https://example.org/two-sum --minutes 25").out
    assert "New problem: math.la.vectors/elsewhere-two-sum" in said
    assert listed(mlcoach, "review --only problems") == ["elsewhere-two-sum"]
    mlcoach("grade elsewhere-two-sum good")
    assert listed(mlcoach, "review --only problems") == []
    mlcoach.later(days=30)
    assert listed(mlcoach, "review --only problems") == ["elsewhere-two-sum"]
    shown = mlcoach("cards show elsewhere-two-sum").out
    assert "https://example.org/two-sum" in shown
    steps = json.loads(mlcoach("curriculum show vectors --json").out)["data"]["unit"]
    assert "elsewhere" not in json.dumps(steps.get("steps", []))


def test_the_clock_takes_what_fits(mlcoach: Program) -> None:
    for number in range(4):
        mlcoach(f"cards new vectors --problem 'Problem {number}' --minutes 15")
    assert len(listed(mlcoach, "review --only problems")) == 4
    assert len(listed(mlcoach, "review --only problems --clock 35m")) == 2
    assert len(listed(mlcoach, "review --only problems --clock 5m")) == 1
    mlcoach("review --clock soon", expect=2)


def test_same_titles_get_ids_of_their_own_and_undo_takes_one_back(mlcoach: Program) -> None:
    for _ in range(2):
        mlcoach("cards new vectors --problem 'Two Sum'")
    assert sorted(listed(mlcoach, "review --only problems")) == ["elsewhere-two-sum", "elsewhere-two-sum-2"]
    mlcoach("undo")
    assert listed(mlcoach, "review --only problems") == ["elsewhere-two-sum"]


@pytest.mark.parametrize(
    "options",
    ["--problem '' --url https://x.org", "--url https://x.org", "--minutes 5", "--problem Two --url javascript:x",
     "--problem Two --minutes 0", "--problem '???'", "--problem Two -q what -a that"],
)  # fmt: skip
def test_bad_problems_are_refused(mlcoach: Program, options: str) -> None:
    mlcoach(f"cards new vectors {options}", expect=2)
    assert not list((mlcoach.home / "config").rglob("*.toml"))


def test_titles_of_other_sites_are_data(mlcoach: Program) -> None:
    mlcoach("""cards new vectors --problem "3Sum: '''\\"[bold] = x" --url 'https://x.org/?q="a"'""")
    assert "[bold] = x" in mlcoach("review --only problems", tty=100, stdin="").out + mlcoach("cards search bold").out
    mlcoach("curriculum check")


def test_a_session_ends_when_the_clock_is_over(mlcoach: Program) -> None:
    from mlcoach.services.context import Context

    for number in range(3):
        mlcoach(f"cards new vectors --problem 'Problem {number}'")
    context = Context({"MLCOACH_HOME": str(mlcoach.home), "MLCOACH_NOW": mlcoach.now.isoformat()}, "review")
    heads = context.catalog.heads([f"math.la.vectors/elsewhere-problem-{number}" for number in range(3)])
    time = [0.0]
    session = ReviewSession(
        context, [QueueEntry(head) for head in heads.values()], lambda: time[0], manner=Manner(seconds=2100)
    )
    assert "35 minutes left" in session.view().note
    time[0] = 1500
    for key in ("space", "3"):
        session.press(key)
    assert not session.done
    assert "10 minutes left" in session.view().note
    time[0] = 2200
    for key in ("space", "3"):
        session.press(key)
    assert session.done
    assert session.summary().answers == 2
    context.close()
