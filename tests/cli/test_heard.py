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
