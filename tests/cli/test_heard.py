"""The program as a screen reader gets it: words alone, and each line understood by itself."""

import re

import pytest

from tests.conftest import Program

DRAWN = re.compile(r"[█▓░▁▂▃▄▅▆▇─│├└⋯↪●○★✓✗▸→↓↑•◆▏]|(?<!\S)[·–~](?!\S)")


@pytest.fixture
def heard(mlcoach: Program) -> Program:
    mlcoach.write("config/config.toml", "plain = true\n")
    return mlcoach


class TestMap:
    def test_a_unit_says_its_state_and_what_it_needs_in_sentences(self, heard: Program) -> None:
        heard.environment["COLUMNS"] = "500"
        lines = heard("curriculum map math.la.eigen --all").out.splitlines()
        assert not DRAWN.search("\n".join(lines))
        assert all(line == line.strip() for line in lines)
        first = next(line for line in lines if line.startswith("Eigenvalues"))
        assert first.endswith("; math.la.eigen; 12 hours; locked")
        needs = [line for line in lines if line.startswith("needs: ")]
        assert needs
        assert all(re.search(r"; (locked|ready)(; because .*)?$", line) for line in needs)
        # Each unit on the way is told once as one that needs others.
        told = [
            line for line in lines if re.fullmatch(r".*; (math|prog|start)\S+; [\d.]+ hours?; (locked|ready)", line)
        ]
        assert len(told) == len(set(told))

    def test_the_other_maps_are_sentences_too(self, heard: Program) -> None:
        heard("done start.learn --no-questions")
        for line in ("curriculum map start.learn", "curriculum map math.la", "curriculum map --all", "curriculum map"):
            shown = heard(line).out
            assert not DRAWN.search(shown), line
            assert "skipped" not in shown, "a legend of marks that are not there"
        assert "; passed" in heard("curriculum map start.learn").out
        assert re.search(r"\nneeds: .*; ready", heard("curriculum map math.la").out)


class TestReview:
    def test_again_says_that_it_comes_back_at_once(self, heard: Program) -> None:
        heard("done math.la.vectors/before --minutes 30")
        heard("log 2h math.la.vectors")
        shown = heard("review --limit 1", tty=80, stdin=" 1q").out
        assert re.search(r"\n1 again: now, and tomorrow; 2 hard: ", shown)
        assert "\nagain: now, and tomorrow\n" in shown
        assert "u undo; e edit; b tomorrow" in shown

    def test_where_all_four_name_one_day_it_says_how_they_differ(self) -> None:
        from mlcoach.render.review.review import SAME_DAY, sections
        from mlcoach.views.review import CurrentItemView

        view = CurrentItemView(
            1, 1, 2, "a.b/c", "card", "question", "a.b", "B", False, False, False, "answer", "", "Why?", "So.", "", "",
            (), 0, "", "", "", 0, (1, 1, 1, 1), 0, False, 0, "",
        )  # fmt: skip
        shown = [" ".join("".join(text for text, _ in line) for line in part.lines) for part in sections(view, 80)]
        assert any(SAME_DAY in part and "1 again: now, and tomorrow" in part for part in shown)
        assert not any(SAME_DAY in part for part in map(str, sections(view._replace(intervals=(1, 1, 2, 3)), 80)))
