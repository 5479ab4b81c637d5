"""BibTeX read with everything that is in it, and written so that reading it again gives the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlcoach.adapters.papers import bibtex
from mlcoach.adapters.papers.bibtex import read
from mlcoach.adapters.papers.bibtex_records import key_for, record_of, write
from mlcoach.adapters.papers.library import STRAY, Broken, LibraryEntry
from mlcoach.adapters.papers.tex import plain_text
from mlcoach.domain.papers.details import KnownPaper

LIBRARY = r"""
@comment{jabref-meta: databaseType:bibtex;}
@string{nips = "Advances in Neural Information Processing Systems"}
@preamble{"\newcommand{\noop}[1]{}"}

@InProceedings{vaswani2017attention,
  author        = {Vaswani, Ashish and Shazeer, Noam and {Google Brain} and Gomez, Aidan N. and Kaiser, {\L}ukasz},
  title         = {{Attention} Is All You Need},
  booktitle     = nips # " 30",
  year          = 2017,
  month         = dec,
  pages         = {5998--6008},
  eprint        = {1706.03762v5},
  archiveprefix = {arXiv},
  keywords      = {transformers, read},
  file          = {:papers/attention.pdf:PDF},
}

@article(lecun2015,
  author = "LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey",
  title  = "Deep learning",
  journal = {Nature},
  doi    = {https://doi.org/10.1038/NATURE14539},
  date   = {2015-05-27},
  note   = {100\% worth it \& short}
)
"""


def entries(text: str) -> dict[str, LibraryEntry]:
    return {entry.known.details["bibtex"]["key"]: entry for entry in read(text).entries}


class TestReading:
    def test_names_titles_and_abbreviations(self) -> None:
        entry = entries(LIBRARY)["vaswani2017attention"]
        assert (entry.place, entry.id) == ("line 6", "arxiv:1706.03762")
        assert entry.known.title == "Attention Is All You Need"
        assert entry.known.authors == (
            "Ashish Vaswani", "Noam Shazeer", "Google Brain", "Aidan N. Gomez", "Łukasz Kaiser",
        )  # fmt: skip
        assert entry.known.year == 2017
        assert entry.known.details["venue"] == "Advances in Neural Information Processing Systems 30"

    def test_every_field_stays_as_it_was_written(self) -> None:
        record = entries(LIBRARY)["vaswani2017attention"].known.details["bibtex"]
        assert (record["type"], record["key"]) == ("inproceedings", "vaswani2017attention")
        fields = dict(record["fields"])
        assert fields["pages"] == "{5998--6008}"
        assert fields["month"] == "dec"
        assert fields["file"] == "{:papers/attention.pdf:PDF}"
        # An abbreviation means nothing in another file, so it stands resolved.
        assert fields["booktitle"] == "{Advances in Neural Information Processing Systems 30}"

    @pytest.mark.parametrize("written", [r"{https://x.org/a\_b}", r"{\url{https://x.org/a_b}}", '"https://x.org/a_b"'])
    def test_an_address_that_says_how_it_was_published_is_one(self, written: str) -> None:
        text = f"@misc{{web, title = {{A page}}, howpublished = {written}}}\n"
        known = entries(text)["web"].known
        assert known.details["url"] == "https://x.org/a_b"
        assert "venue" not in known.details
        assert "\turl = " not in write([record_of("web", known)])

    def test_what_was_published_in_another_way_stays_where_it_appeared(self) -> None:
        known = entries("@misc{talk, title = {T}, howpublished = {Video, https://x.org}}")["talk"].known
        assert known.details["venue"] == "Video, https://x.org"

    def test_a_doi_a_date_and_round_brackets(self) -> None:
        entry = entries(LIBRARY)["lecun2015"]
        assert (entry.id, entry.known.year) == ("doi:10.1038/nature14539", 2015)

    def test_a_part_of_a_volume_has_its_year_from_there(self) -> None:
        text = (
            "@inproceedings{part, title = {A part}, author = {Doe, J}, crossref = {Volume99}}\n"
            "@proceedings{volume99, title = {Proceedings of Something}, year = 1999}\n"
            "@misc{lost, title = {L}, crossref = {nowhere}}\n"
        )
        part = entries(text)["part"].known
        assert (part.year, part.details["venue"]) == (1999, "Proceedings of Something")
        assert [name for name, _ in part.details["bibtex"]["fields"]] == ["title", "author", "crossref"]
        assert entries(text)["lost"].known.year is None

    @pytest.mark.parametrize(
        ("field", "id"),
        [
            ("eprint = {hep-th/9901001}, archivePrefix = {arXiv}", "arxiv:hep-th/9901001"),
            ("eprint = {1412.6980}", "arxiv:1412.6980"),
            ("eprint = {12345}, eprinttype = {pubmed}", ""),
            ("journal = {arXiv preprint arXiv:1412.6980}", "arxiv:1412.6980"),
            ("url = {https://arxiv.org/abs/1412.6980v9}", "arxiv:1412.6980"),
            ("doi = {10.48550/arXiv.1412.6980}", "arxiv:1412.6980"),
            ("note = {arXiv: 1412.6980.}", "arxiv:1412.6980"),
            ("doi = {not a doi}", ""),
        ],
    )
    def test_ids_are_found_wherever_they_are(self, field: str, id: str) -> None:
        (entry,) = read(f"@misc{{a, title = {{T}}, {field} }}").entries
        assert entry.id == id

    @pytest.mark.parametrize(
        ("tex", "text"),
        [
            (r"G{\"o}del, Kurt", "Kurt Gödel"),
            (r"Erd\H{o}s, P{\'a}l", "Pál Erdős"),
            (r"{\'E}. {\v{S}}i{\v{s}}ka", "É. Šiška"),
            (r"Knuth, Donald E.", "Donald E. Knuth"),
            (r"King, Jr., Martin Luther", "Martin Luther King Jr."),
            (r"{OpenAI}", "OpenAI"),
            (r"{Barnes and Noble Inc.}", "Barnes and Noble Inc."),
            (r"\unknownmacro{Jane} Doe", "Jane Doe"),
            (r"van den Oord, A{\"a}ron", "Aäron van den Oord"),
        ],
    )
    def test_tex_in_names(self, tex: str, text: str) -> None:
        (entry,) = read(f"@misc{{a, title = {{T}}, author = {{{tex}}} }}").entries
        assert entry.known.authors == (text,)

    @pytest.mark.parametrize(
        ("tex", "names"),
        [
            ("Fiez, J. A. and Balota, D. A.,\n Tallal, P. and Petersen, S.", ["J. A. Fiez", "D. A. Balota", "P. Tallal", "S. Petersen"]),
            ("Smith, J., Doe, A.-B., Roe, C", ["J. Smith", "A.-B. Doe", "C Roe"]),
            ("{Park, S; Seidl, R; Beaumier, M; Hollis}, Richard", ["Richard Park, S; Seidl, R; Beaumier, M; Hollis"]),
        ],
    )  # fmt: skip
    def test_commas_part_names_or_stand_in_them(self, tex: str, names: list[str]) -> None:
        (entry,) = read(f"@misc{{a, title = {{T}}, author = {{{tex}}} }}").entries
        assert list(entry.known.authors) == names
        (again,) = read(round_trip(f"@misc{{a, title = {{T}}, author = {{{tex}}} }}")).entries
        assert again.known.authors == entry.known.authors

    def test_names_with_commas_between_them_are_people(self) -> None:
        (entry,) = read("@misc{a, title = {T}, author = {Ann Alpha, Bob Beta, {C, D}, Eve Eps}}").entries
        assert entry.known.authors == ("Ann Alpha", "Bob Beta", "C, D", "Eve Eps")

    @pytest.mark.parametrize(
        ("tex", "text"),
        [
            (r"B{\"u}rger \& S\o n \textbf{one}", "Bürger & Søn one"),
            (r"\~{}tilde and \^{}", "~tilde and ^"),
            (r"{\'\i}ndice, \v{C}ech, \c{c}a, \'{\i}", "índice, Čech, ça, í"),
            (r"100\% of \$5 \{x\} \textbackslash", "100% of $5 {x} \\"),
            (r"a\,b -- c --- d ``e''", "a b – c — d “e”"),
            (r"T$_c$ at {$\mu$}m", r"T$_c$ at $\mu$m"),
            (r"\alpha{} and \unknown{x}", "α and x"),
            (r"Bela\i\"d, \o\'e, \'\i\"u", "Bela\u0131d\u0308, øé, íü"),
            (r"mass {\$}\backslashsqrt{\{}s{\_}{\{}\backslashrm NN{\}}{\}}{\$} = 5", r"mass $\sqrt{s_{\rm NN}}$ = 5"),
            (r"SPD\$\textbackslash{}mathbb \{\vphantom\}{{Z}}\vphantom\{\}\$", r"SPD$\mathbb {Z}$"),
            (r"a\phantom{x}b\vphantom{\}}c", "abc"),
            ("Perils &amp; Promises {\\&}amp; more", "Perils & Promises & more"),
            ("100% sure", "100% sure"),
        ],
    )
    def test_tex_in_titles(self, tex: str, text: str) -> None:
        assert plain_text(tex) == text

    def test_formulas_in_titles_stay_formulas(self) -> None:
        assert plain_text(r"Learning in $\mathcal{O}(n \log n)$ with {BERT} \& friends") == (
            r"Learning in $\mathcal{O}(n \log n)$ with BERT & friends"
        )

    def test_tex_that_is_none_stays(self) -> None:
        # Better BibTeX writes TeX of an abstract so.
        assert (
            plain_text(r"\$\textbackslash textit\textbraceleft prospects\textbraceright\$") == r"$\textit{prospects}$"
        )
        assert plain_text("a \\begin{ b $ c") != ""
        assert plain_text("{{{{ unbalanced") == "unbalanced"


class TestBroken:
    def test_one_among_five_hundred_is_named_by_its_line_and_the_others_are_read(self) -> None:
        good = [f"@article{{k{number},\n  title = {{Paper {number}}},\n  year = 2001\n}}\n" for number in range(499)]
        text = "".join([*good[:250], "@article{half,\n  title = {never closed,\n  year = 2001\n\n", *good[250:]])
        library = read(text)
        assert len(library.entries) == 499
        (broken,) = library.broken
        assert broken.place == f"line {250 * 4 + 1}"
        assert broken.reason == f"`half` is broken: `title` is not closed before line {250 * 4 + 5}"

    def test_keys_and_fields_that_come_twice_lose_nothing(self) -> None:
        library = read("@misc{a, title={One}}\n@misc{a, title={Two}}\n@misc{b, title={Three}, title={3}}\n")
        assert [entry.known.title for entry in library.entries] == ["One", "Two", "Three"]
        assert library.doubts == (
            Broken("line 2", "`a` has the key of line 1 too"),
            Broken("line 3", "`b` has `title` twice; the first counts"),
        )

    def test_an_entry_without_a_title_and_without_an_id_is_left_out(self) -> None:
        assert read("@misc{a, year={2001}}").broken == (Broken("line 1", "`a` has no title"),)
        assert read("@misc{a, eprint={1412.6980}}").broken == ()

    def test_escapes_never_arrive(self) -> None:
        library = read("@misc{a\x1b, title={Red \x1b[31m title \u202e}, abstract={\x9b31m text\x00}}")
        (entry,) = library.entries
        assert library.doubts == (Broken("line 1", STRAY),)
        assert not set("\x1b\x9b\x00\u202e") & set(str(entry))
        assert entry.known.title == "Red [31m title"

    def test_a_title_of_ten_thousand_characters_is_shown_cut_and_kept_whole(self) -> None:
        title = "word " * 2000
        (entry,) = read(f"@misc{{a, title={{{title}}} }}").entries
        assert (len(entry.known.title), entry.known.title[-1]) == (500, "…")
        assert dict(entry.known.details["bibtex"]["fields"])["title"] == f"{{{title}}}"

    @pytest.mark.parametrize("text", ["", "just words", "@", "@article{", "@comment{x}", "{}}}}", "%PDF-1.4 \x00\xff"])
    def test_what_is_no_bibtex_holds_no_entries(self, text: str) -> None:
        assert read(text).entries == ()

    def test_abbreviations_in_a_circle_end(self) -> None:
        (entry,) = read("@string{a = b}\n@string{b = a}\n@misc{k, title = a}\n").entries
        assert entry.known.title in ("a", "b")


def round_trip(text: str) -> str:
    return write(record_of(entry.id, entry.known) for entry in read(text).entries)


class TestWriting:
    def test_a_round_trip_keeps_every_field(self) -> None:
        def fields(text: str) -> dict[str, Any]:
            found = entries(text)
            return {key: entry.known.details["bibtex"] for key, entry in found.items()}

        once = round_trip(LIBRARY)
        assert fields(once) == fields(round_trip(once))
        before = fields(LIBRARY)
        for key, record in fields(once).items():
            assert record["fields"][: len(before[key]["fields"])] == before[key]["fields"]

    def test_a_paper_of_our_own_becomes_an_entry(self) -> None:
        known = KnownPaper(
            "Adam: A Method for 100% Stochastic_Optimization",
            ("Diederik P. Kingma", "Jimmy Ba", "DeepMind"),
            2014,
            {"arxiv": "1412.6980", "url": "https://arxiv.org/abs/1412.6980"},
        )
        assert write([record_of("arxiv:1412.6980", known)]) == (
            "@misc{kingma2014adam,\n"
            "\tauthor = {Diederik P. Kingma and Jimmy Ba and {DeepMind}},\n"
            "\ttitle = {Adam: A Method for 100\\% Stochastic\\_Optimization},\n"
            "\tyear = {2014},\n"
            "\teprint = {1412.6980},\n"
            "\tarchiveprefix = {arXiv},\n"
            "\turl = {https://arxiv.org/abs/1412.6980}\n"
            "}\n"
        )

    def test_others_are_written_once_and_braces_in_an_address_never(self) -> None:
        person = {"family": "Oord", "given": "Aaron", "non-dropping-particle": "van den"}
        details = {"others": True, "url": "https://a.org/{x", "csl": {"id": "o", "author": [person]}}
        text = write([record_of("x", KnownPaper("WaveNet", ("Aaron van den Oord",), 2016, details))])
        assert "author = {van den Oord, Aaron and others}," in text
        assert "url = {https://a.org/x}" in text
        listed = write([record_of("x", KnownPaper("WaveNet", ("Aaron van den Oord", "et al."), 2016))])
        assert "author = {Aaron van den Oord and others}," in listed

    def test_a_name_that_is_a_whole_stays_one(self) -> None:
        details = {"csl": {"id": "o", "author": [{"literal": "Google Brain Team"}, {"family": "Doe", "given": "Jane"}]}}
        text = write([record_of("x", KnownPaper("A title", ("Google Brain Team", "Jane Doe"), 2016, details))])
        assert "author = {{Google Brain Team} and Doe, Jane}," in text

    def test_keys_that_would_come_twice_get_a_number(self) -> None:
        text = write([record_of("", KnownPaper("Same words", ("A. Author",), 2001))] * 3)
        assert [line for line in text.splitlines() if line.startswith("@")] == [
            "@misc{author2001same,", "@misc{author2001same-2,", "@misc{author2001same-3,",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("known", "key"),
        [
            (KnownPaper("The Elements of Style", ("Strunk, William",), 1918), "strunk1918elements"),
            (KnownPaper("注意", ("王 伟",), 2020), "2020"),
            (KnownPaper(""), "arxiv-1412-6980"),
        ],
    )
    def test_keys_a_person_would_choose(self, known: KnownPaper, key: str) -> None:
        assert key_for("arxiv:1412.6980", known) == key

    @given(
        st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=60),
        st.lists(st.text("abcdeéü {},.&%$\\~", min_size=1, max_size=20), max_size=3),
        st.text('abc {}\\$%&"@,=#\n', max_size=80),
    )
    def test_no_title_no_name_and_no_abstract_swallows_its_neighbour(
        self, title: str, authors: list[str], abstract: str
    ) -> None:
        details = {"abstract": abstract} if abstract else {}
        text = write(
            [record_of("x", KnownPaper(title, tuple(authors), 2001, details)), record_of("y", KnownPaper("Second"))]
        )
        read_again = read(text)
        assert [one.reason for one in read_again.broken if "has no title" not in one.reason] == []
        assert read_again.entries[-1].known.title == "Second"
        assert len(read_again.entries) + len(read_again.broken) == 2


@given(st.text(max_size=400), st.integers(0, len(LIBRARY)))
def test_no_text_at_all_breaks_the_reader(garbage: str, place: int) -> None:
    library = bibtex.read(LIBRARY[:place] + garbage + LIBRARY[place:])
    assert all(one.place.startswith("line ") and one.reason for one in library.broken)
