"""Bibliographies as their managers write them: what each kind of file means, and that it goes out as it came in."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mlcoach.adapters.papers.tex import plain_text
from mlcoach.errors import UsageError
from mlcoach.services import names
from mlcoach.services.context import Context
from mlcoach.services.papers import passes as papers_passes
from mlcoach.services.papers.export import export
from mlcoach.services.papers.import_file import import_file
from mlcoach.views.papers.exchange import ImportedView, SkippedPaperView
from tests.services.papers.papers_home import add, opened

FOLDER = Path(__file__).parents[2] / "fixtures" / "imports"
FILES = sorted(path.name for path in FOLDER.glob("*.bib"))


@pytest.fixture
def context(home: Path) -> Iterator[Context]:
    made = opened(home)
    yield made
    made.close()


def case(context: Context, name: str) -> ImportedView:
    return import_file(context, FOLDER / name, context.today)


def said(context: Context, text: str, name: str = "library.bib") -> ImportedView:
    path = context.places.config.parent / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return import_file(context, path, context.today)


def by_key(context: Context) -> dict[str, dict[str, Any]]:
    """Return the papers of the queue by the citation key of their own entry."""
    return {data["details"]["bibtex"]["key"]: data for data in context.store.papers().values()}


def keys(text: str) -> list[str]:
    return re.findall(r"(?m)^@(?!comment|preamble)\w+\{([^,\n]*),", text)


def understood(text: str) -> Any:
    """Return what pybtex reads."""
    from pybtex.database import parse_string

    return parse_string(text, "bibtex")


class TestCases:
    def test_different_papers_of_one_title_stay_what_they_are(self, context: Context) -> None:
        view = case(context, "merged-different-papers.bib")
        assert (view.read, view.added, view.merged, view.doubts) == (6, 6, (), ())
        assert len(keys(export(context, "bibtex").text)) == 6
        papers = by_key(context)
        assert "url" not in papers["lecun2015deep"]["details"]
        assert "doi" not in papers["a2020intro"]["details"]
        assert (papers["bellman1957dp"]["year"], papers["bellman1966dp"]["year"]) == (1957, 1966)

    def test_an_id_that_a_manager_wrote_into_many_entries_joins_none(self, context: Context) -> None:
        view = case(context, "mendeley-same-arxiv-id.bib")
        assert (view.added, view.merged) == (3, ())
        assert view.doubts[0] == SkippedPaperView(
            "line 1", "its arXiv id 1011.1669 is in 3 entries that are other papers, and was not used"
        )
        assert set(context.store.papers()) == {"doi:10.5555/one.2016", "doi:10.5555/two.1999", "doi:10.5555/three.1976"}
        assert export(context, "bibtex").text.count("eprint = {arXiv:1011.1669v3}") == 3

    def test_an_entry_without_a_key_gives_nothing_away(self, context: Context) -> None:
        case(context, "no-key-year.bib")
        papers = by_key(context)
        assert (papers["a4"]["year"], papers["a4"]["details"].get("venue")) == (2019, None)
        assert (papers["a7"]["year"], papers["a7"]["details"].get("venue")) == (None, None)
        out = export(context, "bibtex").text
        assert set(keys(out)) == {"a4", "a7", "n2005entry"}
        assert "2005" not in str(understood(out).entries["a7"].fields)

    def test_volumes_stand_behind_their_parts_and_a_part_keeps_its_own_date(self, context: Context) -> None:
        case(context, "crossref-order.bib")
        papers = by_key(context)
        assert (papers["child"]["year"], papers["child2"]["year"]) == (1999, 2019)
        out = export(context, "bibtex").text
        order = keys(out)
        assert order.index("child") < order.index("vol")
        assert order.index("child2") < order.index("vol2")
        assert "journal" not in out
        assert len(understood(out).entries) == 4

    def test_a_part_whose_volume_is_not_exported_says_itself_what_it_has_from_there(self, context: Context) -> None:
        case(context, "crossref-order.bib")
        papers_passes.drop(context, "vol", "", context.today)
        out = export(context, "bibtex", "queued").text
        assert "booktitle = {A Volume}" in out
        assert "year = {1999}" in out

    def test_others_are_no_person(self, context: Context) -> None:
        case(context, "and-others.bib")
        shown = papers_passes.show(context, "gpt").paper
        assert (shown.authors, shown.others) == (("Tom Brown", "Benjamin Mann"), True)
        assert json.loads(export(context, "csl").text)[0]["author"] == [
            {"family": "Brown", "given": "Tom"}, {"family": "Mann", "given": "Benjamin"},
        ]  # fmt: skip
        assert "author = {Brown, Tom and Mann, Benjamin and others}" in export(context, "bibtex").text

    def test_an_ugly_file(self, context: Context) -> None:
        view = case(context, "bib-ugly.bib")
        assert (view.read, view.added, len(view.skipped)) == (21, 20, 1)
        assert view.skipped[0].place == "line 35"
        assert view.skipped[0].reason.startswith("`a11` is broken: ")
        papers = by_key(context)
        venue = "Advances in Neural Information Processing Systems 30"
        assert papers["a1"]["title"] == r"Attention is All You Need: $\mathcal{O}(n^2)$ & 50% more"
        assert (papers["a1"]["authors"], papers["a1"]["details"]["venue"]) == (
            ["Donald E. Knuth", "The LIGO Collaboration"], venue,
        )  # fmt: skip
        assert papers["a2"]["authors"] == ["Kurt Gödel", "Jérôme Müller", "Jan Łukasiewicz", "Pál Erdős"]
        assert papers["a2"]["details"]["venue"] == "Journal of Machine Learning Research"
        years = {key: data["year"] for key, data in papers.items()}
        assert years | {"a3": 1999, "a4": 2019, "a5": 2021, "a6": 1200, "a7": 2001, "a13": 2003, "a16": 2020} == years
        assert papers["a12"]["title"] == "After the broken one"
        assert papers["a14"]["authors"] == ["First Last"]
        assert papers["a15"]["authors"][2:] == ["R. Sutton Jr.", "C. de la Vallée Poussin"]
        assert papers["a16"]["title"] == "Title: A Subtitle"
        assert papers["a17"]["title"] == 'Quotes with "inner" quotes'
        out = export(context, "bibtex").text
        assert out.startswith('@preamble{"\\newcommand{\\noop}[1]{}"}\n')
        assert out.endswith("@comment{ jabref-meta: grouping:;}\n")
        assert len(understood(out).entries) == 20

    @pytest.mark.parametrize("name", ["latin1.bib", "utf16.bib", "bom-crlf.bib", "cr-only.bib"])
    def test_other_encodings_are_read(self, context: Context, name: str) -> None:
        assert case(context, name).added == 1
        (data,) = by_key(context).values()
        assert (data["title"], data["authors"]) in (
            ("Müller und Söhne", ["J Müller"]), ("Bom and CRLF", ["B A"]),
        )  # fmt: skip

    @pytest.mark.parametrize("name", FILES)
    def test_out_and_in_again_changes_nothing(self, context: Context, name: str) -> None:
        view = case(context, name)
        before = context.store.papers()
        again = case(context, name)
        assert (again.added, again.updated, again.merged, again.unchanged) == (0, 0, (), view.added)
        back = said(context, export(context, "bibtex").text)
        assert (back.added, back.updated, back.merged, back.skipped, back.unchanged) == (0, 0, (), (), view.added)
        assert context.store.papers() == before

    @pytest.mark.parametrize("name", FILES)
    def test_another_reader_understands_what_we_hold(self, context: Context, name: str) -> None:
        case(context, name)
        read = understood(export(context, "bibtex").text).entries
        assert len(read) == len(context.store.papers())
        for key, data in by_key(context).items():
            entry = read[key or "n2005entry" if key or name == "no-key-year.bib" else "n2005no"]
            named = ": ".join(plain_text(entry.fields[part]) for part in ("title", "subtitle") if part in entry.fields)
            assert named == data["title"]
            people = [
                plain_text(
                    " ".join(
                        (*one.first_names, *one.middle_names, *one.prelast_names, *one.last_names, *one.lineage_names)
                    )
                )
                for one in entry.persons.get("author", ())
            ]
            assert [one for one in people if one != "others"] == data["authors"]


MERGED = r"""
@misc{preprint, title = {On Fast Models}, author = {Doe, Jane and Roe, Richard}, year = {2019}, eprint = {1901.00001},
  archiveprefix = {arXiv}, keywords = {mine}}
@inproceedings{published, title = {On {Fast} models}, author = {Jane Doe and Richard Roe}, year = 2020,
  booktitle = {Proc. X}, doi = {10.5555/fast}, note = {camera ready}}
"""


class TestMerging:
    def test_a_merge_says_both_keys_and_keeps_both_entries(self, context: Context) -> None:
        view = said(context, MERGED)
        assert (view.read, view.added) == (2, 1)
        (merged,) = view.merged
        assert merged[:4] == ("line 4", "published", "preprint", "arxiv:1901.00001")
        out = export(context, "bibtex")
        assert (out.papers, out.merged[0].keys) == (1, ("preprint", "published"))
        assert keys(out.text) == ["preprint", "published"]
        assert "keywords = {mine}" in out.text
        assert "note = {camera ready}" in out.text
        for word in ("preprint", "published", "PUBLISHED", "10.5555/fast"):
            if word != "10.5555/fast":
                assert names.paper(context, word) == "arxiv:1901.00001"
        assert papers_passes.show(context, "published").paper.citation_keys == ("preprint", "published")

    def test_read_again_in_any_order_nothing_changes(self, context: Context) -> None:
        said(context, MERGED)
        before = context.store.papers()
        first, second = MERGED.split("@inproceedings")
        assert said(context, f"@inproceedings{second}\n{first}")[:4] == (2, 0, 0, 2)
        assert context.store.papers() == before

    def test_an_entry_of_another_library_keeps_its_key_too(self, context: Context) -> None:
        said(context, "@misc{mine, title = {A Model of Models}, author = {Doe, Jane}}")
        view = said(context, "@misc{theirs, title = {A model of models}, author = {J. Doe}, doi = {10.5555/models}}")
        assert [one.into for one in view.merged] == ["mine"]
        assert set(keys(export(context, "bibtex").text)) == {"mine", "theirs"}
        assert context.store.papers()["a-model-of-models"]["details"]["doi"] == "10.5555/models"

    def test_csl_keeps_both_ids(self, context: Context) -> None:
        items = [
            {
                "id": "a",
                "title": "On Fast Models",
                "author": [{"family": "Doe", "given": "Jane"}],
                "DOI": "10.5555/fast",
            },
            {"id": "b", "title": "On fast models", "author": [{"family": "Doe", "given": "J."}], "issued": "2019-05"},
        ]
        view = said(context, json.dumps(items), "l.json")
        assert [(one.key, one.into) for one in view.merged] == [("b", "a")]
        text = export(context, "csl").text
        assert json.loads(text) == items
        assert said(context, text, "again.json")[:4] == (2, 0, 0, 2)

    def test_a_thousand_entries_of_one_paper_take_no_time(self, context: Context) -> None:
        text = "\n".join(
            f"@misc{{k{number}, title = {{On Fast Models}}, author = {{Doe, Jane}}}}" for number in range(1000)
        )
        view = said(context, text)
        assert (view.added, len(view.merged)) == (1, 999)
        assert len(keys(export(context, "bibtex").text)) == 1000

    @pytest.mark.parametrize(
        ("first", "second", "one"),
        [
            ("author={A, A}, doi={10.5555/1}", "author={A, A}, doi={10.5555/2}", False),
            ("author={A, A}, eprint={1901.00001}", "author={A, A}, eprint={1901.00002}", False),
            ("author={A, A}", "author={B, B}", False),
            ("author={A, Ann}", "author={A, Bob}", False),
            ("author={A, Ann}", "author={A.}", True),
            ("author={A, A and B, B and C, C}", "author={A, A and others}", True),
            ("author={A, A and B, B and C, C}", "author={B, B and A, A and C, C}", True),
            ("author={A, A and B, B and C, C}", "author={D, D and B, B and E, E}", False),
            ("author={A, A}, year=2001", "author={A, A}, year=2009", False),
            ("author={A, A}, year=2001", "author={A, A}, year=2002", True),
            ("author={A, A}, pages={1--9}", "author={A, A}, pages={20--29}", False),
            ("author={A, A}, doi={10.5555/1}", "author={B, B}, doi={10.5555/1}", True),
            ("year=2001", "year=2002", False),
            ("url={https://a.org}", "url={https://b.org}", False),
        ],
    )
    def test_what_two_entries_of_one_title_are(self, context: Context, first: str, second: str, one: bool) -> None:
        view = said(
            context,
            f"@misc{{x, title={{The same three words}}, {first}}}\n@misc{{y, title={{The Same Three Words}}, {second}}}",
        )
        assert (view.added, len(view.merged)) == ((1, 1) if one else (2, 0))

    def test_a_book_a_thesis_and_a_paper_of_one_title_are_three(self, context: Context) -> None:
        kinds = ("book", "phdthesis", "article")
        view = said(
            context, "\n".join(f"@{kind}{{{kind}, title={{On Models}}, author={{A, A}}, year=2001}}" for kind in kinds)
        )
        assert (view.added, view.merged) == (3, ())

    def test_chapters_with_the_doi_of_their_volume_are_papers_of_their_own(self, context: Context) -> None:
        text = "\n".join(
            f"@incollection{{c{number}, title={{{title}}}, author={{{who}}}, doi={{10.5555/volume}}}}"
            for number, (title, who) in enumerate([("On Cats", "A, A"), ("Of Dogs", "B, B"), ("For Birds", "C, C")])
        )
        view = said(context, text)
        assert (view.added, view.merged, len(view.doubts)) == (3, (), 3)
        assert set(context.store.papers()) == {"on-cats", "of-dogs", "for-birds"}

    def test_an_id_of_the_learners_own_finds_its_paper_whatever_they_call_it(self, context: Context) -> None:
        add(context, "2401.00917", title="The one about control")
        view = said(context, "@misc{lin, title={Fast and Continual Learning}, author={Lin, X}, eprint={2401.00917}}")
        assert (view.added, view.updated) == (0, 1)
        assert names.paper(context, "lin") == "arxiv:2401.00917"


class TestNamesAndBlocks:
    def test_a_citation_key_names_a_paper_wherever_one_is_expected(self, context: Context) -> None:
        said(context, "@misc{Doe2001, title={On Models}}\n@misc{Roe2002, title={On Data}, doi={10.5555/x}}")
        assert names.paper(context, "Doe2001") == "on-models"
        assert names.paper(context, "roe2002") == "doi:10.5555/x"
        assert names.what(context, "paper:Roe2002").paper == "doi:10.5555/x"
        papers_passes.note(context, "Roe2002", "read", context.today)

    def test_a_key_of_two_papers_is_ambiguous(self, context: Context) -> None:
        said(context, "@misc{a, title={On Models}}\n@misc{a, title={On Data}}")
        with pytest.raises(UsageError, match="ambiguous"):
            names.paper(context, "a")

    def test_comments_and_preambles_are_kept_once_and_newer_ones_of_jabref_replace_older(
        self, context: Context
    ) -> None:
        paper = "@misc{a, title={On Models}}\n"
        said(context, paper + "@comment{jabref-meta: databaseType:bibtex;}\n@comment{mine}\n@preamble{ {x} }\n")
        said(context, paper + "@comment{jabref-meta: databaseType:biblatex;}\n@comment{mine}\n")
        out = export(context, "bibtex").text
        assert out == (
            "@preamble{ {x} }\n\n@misc{a,\n\ttitle = {On Models}\n}\n\n"
            "@comment{mine}\n\n@comment{jabref-meta: databaseType:biblatex;}\n"
        )

    def test_an_item_of_csl_has_its_key_and_its_people_in_bibtex(self, context: Context) -> None:
        item = {
            "id": "oord2016", "type": "paper-conference", "title": "WaveNet", "container-title": "Proc. X",
            "author": [{"family": "Oord", "given": "Aaron", "non-dropping-particle": "van den"}, {"literal": "DeepMind"}],
            "issued": {"date-parts": [[2016]]},
        }  # fmt: skip
        said(context, json.dumps([item]), "l.json")
        entry = understood(export(context, "bibtex").text).entries["oord2016"]
        assert (entry.type, entry.fields["booktitle"], entry.fields["year"]) == ("inproceedings", "Proc. X", "2016")
        assert [" ".join(one.last_names) for one in entry.persons["author"]] == ["Oord", "{DeepMind}"]

    def test_every_entry_is_accounted_for(self, context: Context) -> None:
        view = said(context, MERGED + "@misc{b, year = 2000}\n@misc{c, title={!!!}}\n" + MERGED)
        assert (view.read, view.added, view.unchanged, len(view.merged), len(view.skipped)) == (6, 1, 2, 1, 2)
        assert [one.place for one in view.skipped] == ["line 6", "line 7"]
