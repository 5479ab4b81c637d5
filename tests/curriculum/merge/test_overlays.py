"""What an overlay does to the map, seen in the compiled catalog."""

from pathlib import Path

import pytest

from mlcoach.domain.curriculum import Card, Requirement
from tests.curriculum.curriculum_folders import OVERLAY, Folders, codes

EXAMPLE = """\
schema = 1
over   = "math.la"

[resources.vmls]
title = "Introduction to Applied Linear Algebra"
kind  = "book"
cost  = "free"

[resources.strang]
status = "dropped"

[change.eigen]
hours = 16
hide  = { card = ["svd-shapes"] }

[change.eigen.add]
objectives = ["explain PCA to a friend without formulas"]
read       = [{ id = "vmls-qr", in = "vmls", at = "ch. 11" }]

[change.eigen.remove]
read = [{ in = "videos" }]

[[change.eigen.add.card]]
id = "my-rank"
q  = "Rank of a product AB?"
a  = "At most min(rank A, rank B)."

[change.eigen.card.eig-def]
a = "It keeps its line."

[[unit]]
id       = "my-tensors"
title    = "Tensors for my job"
requires = ["eigen"]
hours    = 4
recall   = "From memory: what is a tensor?"
"""


def test_the_example_of_the_format(folders: Folders) -> None:
    path = folders.write("my-math.toml", EXAMPLE)
    assert codes(folders.check()) == []
    with folders.open() as catalog:
        eigen, text = catalog.units["math.la.eigen"], catalog.text("math.la.eigen")
        assert eigen.hours == 16
        assert text.objectives == ("diagonalise a 2 x 2 matrix", "explain PCA to a friend without formulas")
        assert [(read.resource, read.at) for read in text.read] == [("vmls", "ch. 11")]
        assert eigen.opens_with == "Introduction to Applied Linear Algebra, ch. 11"
        assert [head.id.partition("/")[2] for head in catalog.items("math.la.eigen")] == [
            "eig-def",
            "trace-eig",
            "eye-sum",
            "my-rank",
            "power-iteration",
        ]
        assert catalog.hidden == {"math.la.eigen/svd-shapes"}
        assert catalog.item("math.la.eigen/svd-shapes") is None
        changed = catalog.item("math.la.eigen/eig-def")
        assert isinstance(changed, Card)
        assert changed.answer == "It keeps its line."
        assert changed.question.startswith("What does")
        mine = catalog.units["math.la.my-tensors"]
        assert mine.requires == (Requirement("math.la.eigen"),)
        assert (mine.track, mine.lane, mine.core) == ("math", "concept", False)
        # After the bundled units of its subject, before the next subject.
        assert list(catalog.units)[-2:] == ["math.la.my-tensors", "ml.unsup"]
        bundled, own = str(folders.bundled / "math/la.toml"), str(path)
        assert catalog.origin("math.la.eigen") == {
            "core": bundled,
            "title": bundled,
            "recall": bundled,
            "hours": own,
            "requires": bundled,
            "objectives": bundled,
            "objectives[1]": own,
            "read": bundled,
            "read[1]": own,
            "paper": bundled,
            "encompasses": bundled,
            "card.eig-def": own,
            "card.svd-shapes": own,
            "card.my-rank": own,
            "resources.strang": own,
            "resources.vmls": own,
        }


def test_without_an_overlay_the_bundle_shows(folders: Folders) -> None:
    with folders.open() as catalog:
        eigen = catalog.units["math.la.eigen"]
        assert (eigen.hours, eigen.opens_with) == (12, "Essence of Linear Algebra, chapter 14")
        assert eigen.first_exercise == "Power iteration in ten lines"


def test_a_later_overlay_wins(folders: Folders) -> None:
    folders.write("b.toml", OVERLAY + "[change.eigen]\nhours = 16\ncore = false\n")
    folders.write("a.toml", OVERLAY + '[change.eigen]\nhours = 20\ntitle = "Eigen"\n')
    folders.write("c.toml", 'schema = 1\nover = "ml"\n[change.unsup]\ncore = false\n')
    with folders.open() as catalog:
        eigen = catalog.units["math.la.eigen"]
        # `b` alone makes a core unit need an elective; `c` mends that, and files are judged together.
        assert (eigen.hours, eigen.title, eigen.core) == (16, "Eigen", False)
        assert catalog.skipped == ()


def test_lists_replace(folders: Folders) -> None:
    folders.write(
        "a.toml",
        OVERLAY
        + '[change.eigen]\nobjectives = ["one"]\nassumes = ["two"]\nrequires = []\nread = []\npaper = []\n'
        + "encompasses = { vectors = 0.9, tensors = 0.1 }\n",
    )
    with folders.open() as catalog:
        unit, text = catalog.units["math.la.eigen"], catalog.text("math.la.eigen")
        assert (text.objectives, text.assumes, text.read, text.papers) == (("one",), ("two",), (), ())
        assert (unit.requires, unit.opens_with) == ((), "")
        # Tables merge key by key, they do not replace.
        assert text.encompasses == (("math.la.vectors", 0.9), ("math.la.tensors", 0.1))


def test_adding_and_removing_prerequisites(folders: Folders) -> None:
    folders.write(
        "a.toml",
        OVERLAY
        + '[change.tensors.add]\nrequires = [{ unit = "ml.unsup", why = "clusters first" }]\n'
        + '[change.tensors.remove]\nrequires = ["math.la.eigen"]\n',
    )
    with folders.open() as catalog:
        assert catalog.units["math.la.tensors"].requires == (Requirement("ml.unsup", "clusters first"),)


def test_changes_of_the_subject(folders: Folders) -> None:
    folders.write("a.toml", OVERLAY + 'title = "My algebra"\nsurvey = ["strang"]\nassumes = []\n')
    with folders.open() as catalog:
        subject = catalog.subjects()["math.la"]
        assert subject.title == "My algebra"
        assert subject.survey == ("Linear Algebra and Its Applications",)
        assert subject.summary == "Vectors and eigenvalues."
        assert subject.assumes == ()


@pytest.mark.parametrize(
    ("change", "form", "answer"),
    [
        ("[change.eigen.card.trace-eig]\nanswer = 4\n", "numeric", "4"),
        ('[change.eigen.card.trace-eig]\nq = "Larger one?"\na = "Three."\n', "question", "Three."),
        ('[change.eigen.card.trace-eig]\ncloze = "It is {{3}}."\n', "cloze", ""),
        ('[change.eigen.card.trace-eig]\nexpects = "4"\nq = "?"\ncode = "4"\n', "code", "4"),
    ],
)
def test_a_card_may_change_its_form(folders: Folders, change: str, form: str, answer: str) -> None:
    folders.write("a.toml", OVERLAY + change)
    with folders.open() as catalog:
        card = catalog.item("math.la.eigen/trace-eig")
        assert isinstance(card, Card)
        assert (card.form, card.answer) == (form, answer)


def test_an_answer_in_words_takes_the_place_of_an_output(folders: Folders) -> None:
    folders.write("a.toml", OVERLAY + '[change.eigen.card.eye-sum]\na = "Three, the trace."\n')
    with folders.open() as catalog:
        card = catalog.item("math.la.eigen/eye-sum")
        assert isinstance(card, Card)
        assert (card.form, card.answer, card.language) == ("question", "Three, the trace.", "python")
        assert card.code


def test_hidden_exercises_and_pretests(folders: Folders) -> None:
    folders.write(
        "a.toml",
        OVERLAY + '[change.eigen]\nhide = { exercise = ["power-iteration"], pretest = ["pre-stretch"] }\n',
    )
    with folders.open() as catalog:
        assert catalog.units["math.la.eigen"].first_exercise == ""
        assert catalog.text("math.la.eigen").pretest == ()
        assert catalog.hidden == {"math.la.eigen/power-iteration"}


def test_what_closed_names_what_stands_in_for_it(folders: Folders) -> None:
    with folders.open() as catalog:
        gone = catalog.text("math.la.vectors").read[1]
        assert gone.instead == "Essence of Linear Algebra or Linear Algebra and Its Applications"
    folders.write("a.toml", OVERLAY + '[resources.videos]\nstatus = "closed"\n[resources.gone]\nalternatives = []\n')
    with folders.open() as catalog:
        # Closed and without an alternative that is open: there is nothing to send a learner to.
        assert catalog.text("math.la.vectors").read == ()


def test_an_overlay_over_a_subject_of_the_learners(folders: Folders) -> None:
    folders.write("a.toml", 'schema = 1\nover = "my.tensors"\n[change.first]\nhours = 9\n')
    folders.write(
        "z.toml",
        'schema = 1\nid = "my.tensors"\ntitle = "T"\ntrack = "math"\n'
        '[[unit]]\nid = "first"\ntitle = "First"\nhours = 4\nrecall = "?"\n',
    )
    with folders.open() as catalog:
        assert catalog.units["my.tensors.first"].hours == 9
        assert catalog.skipped == ()


def test_a_fork_replaces_the_bundled_subject(folders: Folders) -> None:
    units = "".join(
        f'[[unit]]\nid = "{name}"\ntitle = "My {name}"\nhours = 3\ncore = true\nrecall = "?"\n'
        for name in ("vectors", "eigen")
    )
    folders.write("la.toml", f'schema = 1\nid = "math.la"\ntitle = "Mine"\ntrack = "math"\nextends = false\n{units}')
    assert codes(folders.check()) == ["fork"]
    with folders.open() as catalog:
        assert list(catalog.units) == ["math.la.vectors", "math.la.eigen", "ml.unsup"]
        assert catalog.subjects()["math.la"].title == "Mine"


def test_earlier_ids_lead_to_present_ones(folders: Folders) -> None:
    folders.write(
        "mine.toml",
        'schema = 1\nid = "my.tensors"\nwas = ["my.arrays"]\ntitle = "T"\ntrack = "math"\n'
        '[[unit]]\nid = "first"\nwas = ["start", "other.place"]\ntitle = "First"\nhours = 4\nrecall = "?"\n'
        '[[unit.card]]\nid = "rank"\nwas = ["order"]\nq = "?"\na = "!"\n'
        '[[unit]]\nid = "second"\ntitle = "Second"\nhours = 4\nrecall = "?"\nrequires = ["start", "ml.clusters"]\n',
    )
    folders.write("over.toml", 'schema = 1\nover = "my.arrays"\n[change.start.card.order]\na = "new"\n')
    assert codes(folders.check()) == ["renamed", "renamed"]
    with folders.open() as catalog:
        aliases = catalog.aliases()
        for unit in ("my.tensors.start", "my.arrays.first", "my.arrays.start", "other.place"):
            assert aliases[unit] == "my.tensors.first"
            assert aliases[f"{unit}/order"] == aliases[f"{unit}/rank"] == "my.tensors.first/rank"
        assert aliases["my.tensors.first/order"] == "my.tensors.first/rank"
        assert aliases["my.arrays.second"] == "my.tensors.second"
        assert [edge.unit for edge in catalog.units["my.tensors.second"].requires] == [
            "my.tensors.first",
            "ml.unsup",
        ]
        card = catalog.item("my.tensors.first/rank")
        assert isinstance(card, Card)
        assert card.answer == "new"


def test_a_card_that_took_in_one_of_another_unit_takes_its_progress(folders: Folders) -> None:
    units = (
        '[[unit]]\nid = "first"\ntitle = "First"\nhours = 4\nrecall = "?"\n{first}'
        '[[unit]]\nid = "second"\ntitle = "Second"\nhours = 4\nrecall = "?"\n'
        '[[unit.card]]\nid = "kept"\nwas = ["my.tensors.first/merged"]\nq = "?"\na = "!"\n'
    )
    head = 'schema = 1\nid = "my.tensors"\ntitle = "T"\ntrack = "math"\n'
    folders.write("mine.toml", head + units.format(first=""))
    assert codes(folders.check()) == []
    with folders.open() as catalog:
        assert catalog.aliases()["my.tensors.first/merged"] == "my.tensors.second/kept"
    there = '[[unit.card]]\nid = "merged"\nq = "??"\na = "!!"\n'
    folders.write("mine.toml", head + units.format(first=there))
    assert codes(folders.check()) == ["duplicate-id"]  # it is still there


def test_overlay_files_are_counted(folders: Folders) -> None:
    path = folders.write("my-math.toml", EXAMPLE)
    counts = folders.check(path).counts
    assert (counts.files, counts.subjects, counts.units, counts.cards, counts.exercises) == (1, 0, 1, 1, 0)


def test_an_overlay_over_a_renamed_unit_is_applied_and_the_new_name_is_reported(folders: Folders) -> None:
    folders.write("mine.toml", 'schema = 1\nover = "ml"\n[change.clusters]\nhours = 17\n')
    report = folders.check()
    assert codes(report) == ["renamed"]
    assert "is now called `unsup`" in report.warnings[0].message
    with folders.open() as catalog:
        assert catalog.units["ml.unsup"].hours == 17


def test_an_overlay_over_a_removed_unit_keeps_all_else_it_holds(folders: Folders) -> None:
    text = OVERLAY + "[change.manifolds]\nhours = 17\n[change.eigen]\nhours = 18\n"
    path = folders.write("mine.toml", text)
    assert codes(folders.check()) == ["gone"]
    with folders.open() as catalog:
        assert catalog.skipped == ()
        assert catalog.units["math.la.eigen"].hours == 18
    assert path.read_text(encoding="utf-8") == text


def test_two_files_with_the_same_unit_name_both_places(folders: Folders) -> None:
    unit = '[[unit]]\nid = "mine"\ntitle = "Mine"\nhours = 4\nrecall = "?"\n'
    folders.write("a.toml", OVERLAY + unit)
    folders.write("b.toml", OVERLAY + unit)
    (problem,) = folders.check().errors
    assert (problem.code, Path(problem.file).name, problem.line) == ("duplicate-id", "b.toml", 4)
    assert "a.toml:3" in problem.message


def test_hours_of_an_overlay_are_no_fault_of_the_paths(folders: Folders) -> None:
    paths = '[[path]]\nid = "mine"\ntitle = "M"\nhours = 22\nunits = ["math.la.vectors", "math.la.eigen"]\n'
    folders.write("paths.toml", "schema = 1\n" + paths)
    assert codes(folders.check()) == []
    folders.write("over.toml", OVERLAY + "[change.eigen]\nhours = 16\n")
    assert codes(folders.check()) == []
