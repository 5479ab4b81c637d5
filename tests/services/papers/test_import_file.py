"""Libraries of reference managers into the queue and out again, and nothing of them lost on the way."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters.papers import bibtex
from mlcoach.domain.papers.details import is_others
from mlcoach.errors import InvalidFileError, NotFoundError, UsageError
from mlcoach.services.context import Context
from mlcoach.services.papers import passes as papers_passes
from mlcoach.services.papers.export import export
from mlcoach.services.papers.import_file import import_file
from mlcoach.services.upkeep import undo
from mlcoach.views.papers.exchange import ImportedView, MergedPaperView, SharedPaperView, SkippedPaperView
from tests.services.papers.papers_home import ADAM, add, later, opened

BIB = r"""
@inproceedings{vaswani2017attention,
  title = {{Attention} Is All You Need}, author = {Vaswani, Ashish and Kaiser, {\L}ukasz}, year = 2017,
  eprint = {1706.03762}, archiveprefix = {arXiv}, keywords = {transformers}, file = {:a.pdf:PDF}, month = dec
}
@article{schwarz1978,
  title = "Estimating the dimension of a model", author = "Schwarz, Gideon", journal = {Ann. Stat.}, year = {1978},
  doi = {10.1214/aos/1176344136}, abstract = {The problem of selecting one of a number of models.}
}
@misc{talk, title = {A talk about models}, howpublished = {Video}, mendeley-tags = {video}}
"""


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = opened(home)
    yield made
    made.close()


def imported(context: Context, text: str, name: str = "library.bib") -> ImportedView:
    path = context.places.config.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return import_file(context, path, context.today)


def fields(text: str) -> dict[str, Any]:
    return {one.known.details["bibtex"]["key"]: one.known.details["bibtex"] for one in bibtex.read(text).entries}


class TestImport:
    def test_every_entry_is_a_paper_of_the_queue(self, context: Context) -> None:
        view = imported(context, BIB)
        assert view == ImportedView(3, 3, 0, 0)
        assert context.store.paper_titles() == {
            "arxiv:1706.03762": "Attention Is All You Need",
            "doi:10.1214/aos/1176344136": "Estimating the dimension of a model",
            "a-talk-about-models": "A talk about models",
        }
        shown = papers_passes.show(context, "10.1214/aos/1176344136").paper
        assert (shown.authors, shown.year, shown.venue) == (("Gideon Schwarz",), 1978, "Ann. Stat.")
        assert shown.abstract.startswith("The problem of selecting")
        # The map knows a reason for the classic.
        assert papers_passes.show(context, "1706.03762").paper.why.startswith("You work through every shape")

    def test_it_is_one_step_of_undo(self, context: Context) -> None:
        imported(context, BIB)
        undo.undo(context)
        assert context.store.paper_titles() == {}

    def test_a_second_time_nothing_is_new(self, context: Context) -> None:
        imported(context, BIB)
        assert imported(context, BIB) == ImportedView(3, 0, 0, 3)

    def test_what_is_there_keeps_what_was_said_and_done(self, context: Context) -> None:
        add(context, "1706.03762", title="Transformers", why="work")
        papers_passes.finish(context, "1706.03762", "go-on", context.today, note="clear")
        view = imported(context, BIB)
        assert (view.added, view.updated) == (2, 1)
        shown = papers_passes.show(context, "1706.03762").paper
        assert (shown.title, shown.why, shown.status, len(shown.passes)) == ("Transformers", "work", "reading", 1)
        assert "keywords = {transformers}" in export(context, "bibtex").text

    def test_one_broken_among_the_others_is_named(self, context: Context) -> None:
        view = imported(context, BIB + "@article{half, title = {never closed,\n\n@misc{z, title = {Last}}\n")
        assert (view.read, view.added) == (5, 4)
        (skipped,) = view.skipped
        assert skipped.place == "line 11"
        assert skipped.reason.startswith("`half` is broken: ")

    def test_a_paper_twice_in_one_file_is_one(self, context: Context) -> None:
        twice = "@misc{a, title={A Model of Models}, author={Doe, J}}\n@misc{b, title={{A} Model of models}, author={Doe, Jane}, doi={10.1000/xyz}}"
        view = imported(context, twice)
        assert (view.read, view.added, view.unchanged, view.doubts) == (2, 1, 0, ())
        assert view.merged == (MergedPaperView("line 2", "b", "a", "a-model-of-models", "A Model of models"),)
        # Nothing is lost: the second brought a DOI, and both are there by their keys.
        out = export(context, "bibtex")
        assert (out.papers, out.text.count("10.1000/xyz")) == (1, 1)
        assert out.merged == (SharedPaperView("a-model-of-models", "A Model of Models", ("a", "b")),)
        assert fields(out.text).keys() == {"a", "b"}

    def test_a_paper_twice_in_a_file_keeps_what_its_first_entry_says_also_when_read_again(
        self, context: Context
    ) -> None:
        twice = "@misc{a, title={A Model of Models}, keywords={one, two}}\n@misc{b, title={A model of models}, doi={10.1000/xyz}}"
        imported(context, twice)
        before = export(context, "bibtex").text
        assert (imported(context, twice).updated, export(context, "bibtex").text) == (0, before)
        assert "keywords = {one, two}" in before

    def test_an_entry_twice_under_two_keys_keeps_both_also_where_one_looks_like_a_number_of_ours(
        self, context: Context
    ) -> None:
        entry = "@misc{%s, title={A Model of Models}, author={Doe, J}}\n"
        for first, second in (("a", "b"), ("c", "c-1")):
            file = entry.replace("Models", f"Models {first}")
            view = imported(context, file % first + file % second)
            assert [(one.key, one.into) for one in view.merged] == [(second, first)]
            again = imported(context, file % first + file % second)
            assert (again.unchanged, again.merged, again.doubts) == (2, (), ())
        out = export(context, "bibtex").text
        assert fields(out).keys() == {"a", "b", "c", "c-1"}
        assert imported(context, out).unchanged == 4

    def test_abbreviations_that_the_file_does_not_define_are_told(self, context: Context) -> None:
        file = "@misc{a, title={One}, month=jan, year=1999}\n@article{b, title={Two}, journal=IEEE_J, author=KnuthD # { and } # DoeJ}"
        (doubt,) = imported(context, file).doubts
        assert doubt.place == "line 2"
        assert (
            doubt.reason == "`IEEE_J` and 2 more abbreviations are not defined in this file; the names stay as they are"
        )

    def test_duplicate_keys_are_two_papers_with_a_word_about_it(self, context: Context) -> None:
        view = imported(context, "@misc{a, title={One paper}}\n@misc{a, title={Quite another}}")
        assert (view.added, view.skipped) == (2, ())
        assert view.doubts == (SkippedPaperView("line 2", "`a` has the key of line 1 too"),)
        assert [line for line in export(context, "bibtex").text.splitlines() if line.startswith("@")] == [
            "@misc{a,", "@misc{a-2,",
        ]  # fmt: skip

    def test_a_title_of_ten_thousand_characters(self, context: Context) -> None:
        title = "word " * 2000
        view = imported(context, f"@misc{{a, title={{{title}}} }}")
        assert view.doubts == (
            SkippedPaperView("line 1", "its title is longer than 500 characters; a list shows its beginning"),
        )
        assert f"title = {{{title}}}" in export(context, "bibtex").text

    def test_escapes_in_an_abstract_do_not_arrive(self, context: Context) -> None:
        imported(context, "@misc{a, title={T}, abstract={Red \x1b[31m text\x07 \u202e}}")
        assert papers_passes.show(context, "t").paper.abstract == "Red [31m text"
        assert not set("\x1b\x07\u202e") & set(export(context, "bibtex").text)

    def test_progress_is_reported_to_the_end(self, context: Context, tmp_path: Path) -> None:
        text = "\n".join(f"@misc{{k{number}, title = {{Paper number {number}}}}}" for number in range(250))
        (tmp_path / "a.bib").write_text(text, encoding="utf-8")
        told: list[tuple[int, int]] = []
        import_file(context, tmp_path / "a.bib", context.today, lambda done, total: told.append((done, total)))
        # Reading, recognising and writing, each a third.
        assert told[:6] == [(done, 750) for done in (100, 200, 250, 350, 450, 500)]
        assert (told[-1], told) == ((750, 750), sorted(told))

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"just words", "holds no entry of BibTeX and no CSL-JSON"),
            (b"", "holds no entry of BibTeX and no CSL-JSON"),
            (b"[{", "cannot be read: it is not JSON"),
            (b'{"a": 1}', "cannot be read: it holds no list of items"),
        ],
    )
    def test_what_is_no_library_adds_nothing(
        self, context: Context, tmp_path: Path, content: bytes, message: str
    ) -> None:
        (tmp_path / "a.bib").write_bytes(content)
        with pytest.raises(InvalidFileError) as caught:
            import_file(context, tmp_path / "a.bib", context.today)
        assert message in caught.value.message
        assert not context.places.database.exists()

    def test_no_file_and_a_folder(self, context: Context, tmp_path: Path) -> None:
        with pytest.raises(NotFoundError):
            import_file(context, tmp_path / "nothing.bib", context.today)
        with pytest.raises(InvalidFileError):
            import_file(context, tmp_path, context.today)


class TestRoundTrips:
    def test_bibtex_keeps_every_field(self, context: Context) -> None:
        imported(context, BIB)
        out = export(context, "bibtex")
        assert out.papers == 3
        before, after = fields(BIB), fields(out.text)
        assert before.keys() == after.keys()
        for key, record in before.items():
            assert after[key]["type"] == record["type"]
            assert after[key]["fields"][: len(record["fields"])] == record["fields"]

    @pytest.mark.parametrize(
        "text",
        [
            "@online{a16, subtitle = {A Subtitle}, author = {Q, R}, date = {2020}}",
            "@article{a17, title\u00a0 = {Deep learning}, author = {LeCun, Yann}, year = {2015}, doi = {10.1038/nature14539}}",
        ],
        ids=["a subtitle alone", "a name with another blank behind it"],
    )
    def test_what_went_out_comes_in_as_nothing_new(self, context: Context, text: str) -> None:
        imported(context, text)
        before = context.store.papers()
        assert imported(context, export(context, "bibtex").text, "again.bib").unchanged == 1
        assert context.store.papers() == before

    def test_csl_keeps_every_key(self, context: Context) -> None:
        items = [
            {
                "id": "a", "type": "article-journal", "title": "Estimating the dimension of a model",
                "author": [{"family": "Schwarz", "given": "Gideon"}], "issued": {"date-parts": [[1978, 3]]},
                "DOI": "10.1214/aos/1176344136", "container-title": "Ann. Stat.", "volume": "6",
                "URL": "https://projecteuclid.org/x", "custom": {"tags": ["bic"]},
            },
        ]  # fmt: skip
        view = imported(context, json.dumps(items), "library.json")
        assert view.added == 1
        assert json.loads(export(context, "csl").text) == items

    def test_both_formats_of_one_paper_live_side_by_side(self, context: Context) -> None:
        imported(context, BIB)
        imported(
            context,
            json.dumps([{"title": "Attention Is All You Need", "number": "arXiv:1706.03762", "id": "v"}]),
            "l.json",
        )
        assert len(context.store.paper_titles()) == 3
        assert fields(export(context, "bibtex").text).keys() == fields(BIB).keys()
        items = {item["title"]: item for item in json.loads(export(context, "csl").text)}
        assert items["Attention Is All You Need"]["id"] == "v"

    @pytest.mark.slow
    @pytest.mark.usefixtures("bundled_content")
    def test_the_bundled_classics_go_out_and_in_and_out_the_same(self, context: Context) -> None:
        shelf = export(context, "bibtex", "shelf")
        assert shelf.papers == len(context.catalog.papers()) > 100
        library = bibtex.read(shelf.text)
        assert (len(library.entries), library.broken, library.doubts) == (shelf.papers, (), ())
        view = imported(context, shelf.text)
        assert (view.added, view.skipped, view.doubts) == (shelf.papers, (), ())
        assert set(context.store.paper_titles()) == set(context.catalog.papers())
        assert fields(export(context, "bibtex").text) == fields(shelf.text)
        for id, paper in context.catalog.papers().items():
            shown = papers_passes.show(context, id).paper
            named = tuple(author for author in paper.authors if not is_others(author))
            assert (shown.title, shown.authors, shown.year) == (paper.title, named, paper.year)
            assert shown.others == (named != paper.authors)


class TestExport:
    def test_only_one_status(self, context: Context) -> None:
        imported(context, BIB)
        papers_passes.drop(context, "a-talk-about-models", "", context.today)
        assert export(context, "bibtex", "dropped").papers == 1
        assert export(context, "csl", "queued").papers == 2

    @pytest.mark.parametrize(
        ("form", "status", "hint"),
        [("bibtx", "", "did you mean `bibtex`?"), ("bibtex", "redaing", "did you mean `reading`?")],
    )
    def test_a_slip_names_the_nearest(self, context: Context, form: str, status: str, hint: str) -> None:
        with pytest.raises(UsageError) as caught:
            export(context, form, status)
        assert caught.value.hint == hint

    def test_the_reading_log(self, context: Context) -> None:
        add(context, "1412.6980", why="every optimiser I meet")
        papers_passes.check(
            context, ADAM, ["category"], context.today, done=True, answer="a *method*\n# for optimising"
        )
        papers_passes.finish(
            context, ADAM, "go-on", context.today, minutes=12, note="bias", changed="SGD is not enough"
        )
        later(context, days=1)
        papers_passes.note(context, ADAM, "read the appendix", context.today)
        assert export(context, "markdown").text == (
            "# Reading log\n"
            "\n"
            "## Adam: A Method for Stochastic Optimization\n"
            "\n"
            "Diederik P. Kingma, Jimmy Ba, 2014. https://arxiv.org/abs/1412.6980\n"
            "\n"
            "Reading, 12m.\n"
            "Why: every optimiser I meet\n"
            "\n"
            "- 2026-11-23, pass 1: went on. bias It changed my mind: SGD is not enough\n"
            "- category (pass 1): a \\*method\\* \\# for optimising\n"
            "- 2026-11-24: read the appendix\n"
        )
        assert export(context, "markdown", "dropped").text == "# Reading log\n"
