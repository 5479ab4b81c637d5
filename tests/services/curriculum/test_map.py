"""The map as a service: where every unit stands, trees that lose nothing, and the learner's files judged and written."""

from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.branches import grow, without_shortcuts
from mlcoach.domain.events import UnitMarked
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.context import Context
from mlcoach.services.curriculum import files as curriculum_files
from mlcoach.services.curriculum import map as curriculum_map
from mlcoach.services.curriculum import show
from mlcoach.services.curriculum.names import MapEntry, find
from mlcoach.services.record import record

CHANGE = "[change.eigen]\nhours = 16\n"


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = Context({"MLCOACH_HOME": str(home), "MLCOACH_NOW": "2026-11-23T20:00:00+01:00"}, "curriculum")
    yield made
    made.close()


@st.composite
def graphs(draw: st.DrawFn) -> dict[str, list[str]]:
    """Prerequisites without cycles: each node may need some of those before it. The nodes come in any order."""
    nodes = [f"u{number}" for number in range(draw(st.integers(1, 9)))]
    edges = {node: draw(st.lists(st.sampled_from(nodes[:index]), unique=True)) if index else []
             for index, node in enumerate(nodes)}  # fmt: skip
    return {node: edges[node] for node in draw(st.permutations(nodes))}


def behind(edges: dict[str, list[str]]) -> dict[str, set[str]]:
    """Return all that each node needs, directly or not: the plain way to compute it."""
    found: dict[str, set[str]] = {}
    for node in TopologicalSorter(edges).static_order():
        found[node] = set(edges[node]).union(*(found[other] for other in edges[node]))
    return found


class TestTrees:
    @given(graphs())
    def test_dropping_shortcuts_loses_no_dependency(self, edges: dict[str, list[str]]) -> None:
        kept = without_shortcuts(edges)
        assert behind(kept) == behind(edges)
        assert list(kept) == list(edges)

    @given(graphs())
    def test_no_edge_that_is_kept_follows_from_others(self, edges: dict[str, list[str]]) -> None:
        kept = without_shortcuts(edges)
        all_behind = behind(kept)
        for node, others in kept.items():
            for other in others:
                assert not any(other in all_behind[third] for third in others if third != other), (node, other)

    @given(graphs())
    def test_every_unit_is_drawn_whole_once_and_every_edge_is_drawn(self, edges: dict[str, list[str]]) -> None:
        below: dict[str, list[str]] = {node: [] for node in edges}
        for node, others in edges.items():
            for other in others:
                below[other].append(node)
        rows = grow([node for node in edges if not edges[node]], below)
        assert sorted(row.id for row in rows if not row.repeated) == sorted(edges)
        drawn = [(row.id, row.parent) for row in rows if row.parent]
        assert sorted(drawn) == sorted((node, other) for node in edges for other in edges[node])
        seen: set[str] = set()
        for above, row in zip([None, *rows], rows, strict=False):
            assert row.repeated == (row.id in seen)
            assert row.depth <= (above.depth + 1 if above else 0)
            seen.add(row.id)

    def test_a_tree_as_deep_as_a_file_may_be_long(self) -> None:
        chain = {f"u{number}": [f"u{number + 1}"] for number in range(5000)}
        assert grow(["u0"], chain)[-1].depth == 5000


class TestStanding:
    def test_every_unit_has_one_of_the_seven(self, context: Context) -> None:
        status = show.statuses(context)
        assert set(status) == set(context.catalog.units)
        assert set(status.values()) == {"ready", "locked"}
        assert status["start.why"] == "ready"
        record(context, UnitMarked("start.why", "passed"), UnitMarked("start.setup", "skipped"))
        now = show.statuses(context)
        assert (now["start.why"], now["start.setup"]) == ("passed", "skipped")
        assert status["prog.py.basics"] == "locked"
        assert now["prog.py.basics"] == "ready"

    def test_the_hours_left_go_down_by_what_is_done(self, context: Context) -> None:
        whole = curriculum_map.chart(context, "core")
        record(context, UnitMarked("start.why", "passed"))
        rest = curriculum_map.chart(context, "core")
        assert whole.hours - whole.hours_left == 0
        assert rest.hours - rest.hours_left == context.catalog.units["start.why"].hours

    def test_only_units_not_begun_say_what_they_wait_for(self, context: Context) -> None:
        def row(id: str) -> curriculum_map.MapRowView:
            return curriculum_map.chart(context, id).groups[0].units[0]

        assert [need.unit for need in row("math.la.eigen").waits_for] == ["math.la.orthogonal"]
        assert row("math.la.eigen").waits_for[0].why
        record(context, UnitMarked("math.la.eigen", "learning"))
        assert row("math.la.eigen").waits_for == ()

    def test_a_unit_opens_what_names_it_and_counts_the_rest(self, context: Context) -> None:
        chart = curriculum_map.chart(context, "math.la.vectors")
        opened = [row.id for row in chart.groups[1].units]
        assert "math.la.systems" in opened
        assert len(opened) + chart.further < len(context.catalog.units)
        assert "math.la.eigen" not in opened
        assert chart.further == 3


class TestNames:
    @pytest.mark.parametrize(
        ("name", "found"),
        [
            ("math.la.eigen", MapEntry("unit", "math.la.eigen")),
            ("EIGEN", MapEntry("unit", "math.la.eigen")),
            ("la", MapEntry("subject", "math.la")),
            ("ml", MapEntry("subject", "ml")),
            ("core", MapEntry("path", "core")),
            ("path:core", MapEntry("path", "core")),
            ("paper-pass-2", MapEntry("checklist", "paper-pass-2")),
            ("1706.03762", MapEntry("paper", "arxiv:1706.03762")),
            ("paper:arxiv:1706.03762", MapEntry("paper", "arxiv:1706.03762")),
        ],
    )
    def test_what_a_name_means(self, context: Context, name: str, found: MapEntry) -> None:
        assert find(context, name) == found

    def test_an_earlier_id_still_means_its_unit(self, context: Context) -> None:
        unit = '[[unit]]\nid = "b"\nwas = ["a"]\ntitle = "B"\nhours = 2\nrecall = "x"\n'
        subject = 'schema = 1\nid = "mine"\ntitle = "Mine"\ntrack = "rl"\n'
        own = context.places.curriculum
        own.mkdir(parents=True)
        (own / "mine.toml").write_text(subject + unit, encoding="utf-8")
        assert find(context, "mine.a") == MapEntry("unit", "mine.b")

    @pytest.mark.parametrize("name", ["", "x" * 100_000, "nothing", "10.1000/nothing"])
    def test_what_means_nothing(self, context: Context, name: str) -> None:
        with pytest.raises(NotFoundError):
            find(context, name)


class TestFiles:
    def test_one_edit_is_one_step_of_undo(self, context: Context) -> None:
        draft = curriculum_files.open_draft(context, "math.la")
        text = draft.text + CHANGE
        curriculum_files.save(context, draft, text, curriculum_files.judge(context, draft, text))
        rows = context.store.connection.execute("SELECT kind FROM event").fetchall()
        assert [kind for (kind,) in rows] == ["file_written"]
        assert context.catalog.units["math.la.eigen"].hours == 16

    def test_judging_touches_nothing(self, context: Context) -> None:
        draft = curriculum_files.open_draft(context, "math.la")
        verdict = curriculum_files.judge(context, draft, draft.text + CHANGE.replace("16", "99"))
        assert [(error.code, error.file) for error in verdict.errors] == [("out-of-range", str(draft.path))]
        assert not draft.path.exists()
        assert not context.places.data.exists()

    def test_a_template_is_sound_and_no_change(self, context: Context) -> None:
        for subject in ("math.la", "ml"):
            draft = curriculum_files.open_draft(context, subject)
            assert curriculum_files.judge(context, draft, draft.text) == curriculum_files.Verdict()
            assert not curriculum_files.is_changed(draft, draft.text)
            assert not curriculum_files.is_changed(draft, " \n")
            assert curriculum_files.is_changed(draft, draft.text + CHANGE)

    def test_what_was_wrong_in_other_files_before_is_not_held_against_an_edit(self, context: Context) -> None:
        own = context.places.curriculum
        own.mkdir(parents=True)
        (own / "other.toml").write_text("schema = 1\nnonsense = 1\n", encoding="utf-8")
        draft = curriculum_files.open_draft(context, "math.la")
        assert curriculum_files.judge(context, draft, draft.text + CHANGE).errors == ()

    def test_the_overlay_there_is_gets_edited_whatever_its_name(self, context: Context) -> None:
        made = curriculum_files.new(context, "mine", over="la")
        draft = curriculum_files.open_draft(context, "math.la.eigen")
        assert (str(draft.path), draft.subject, draft.overlay) == (made.file, "math.la", True)
        assert draft.before == draft.text

    def test_a_subject_comes_before_a_file_of_the_same_name(self, context: Context) -> None:
        own = context.places.curriculum
        own.mkdir(parents=True)
        (own / "ml.toml").write_text('schema = 1\nover = "math.la"\n', encoding="utf-8")
        assert curriculum_files.open_draft(context, "ml").subject == "ml"
        assert curriculum_files.open_draft(context, "ml.toml").subject == "math.la"
        assert curriculum_files.open_draft(context, "la").path == own / "ml.toml"

    def test_new_subjects_of_one_name_in_two_files(self, context: Context) -> None:
        own = context.places.curriculum
        own.mkdir(parents=True)
        (own / "my-pond.toml").write_text("schema = 1\n", encoding="utf-8")
        assert curriculum_files.new(context, "my.pond").file == str(own / "my-pond-subject.toml")
        with pytest.raises(UsageError, match="already"):
            curriculum_files.new(context, "my.pond")
        assert context.store.connection.execute("SELECT count(*) FROM event").fetchall() == [(1,)]

    def test_a_left_out_file_is_found_by_what_it_would_bring(self, context: Context) -> None:
        own = context.places.curriculum
        own.mkdir(parents=True)
        (own / "weeds.toml").write_text('schema = 1\nid = "weeds"\nnonsense = 1\n', encoding="utf-8")
        assert curriculum_files.left_out(context, "weeds.dandelion") == own / "weeds.toml"
        assert curriculum_files.left_out(context, "weedsy") is None
        assert curriculum_files.left_out(context, "math.la") is None
