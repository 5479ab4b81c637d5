"""Files of reference managers from anywhere. `python -m tests.fuzz.bibliographies --count 100000`"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.fuzz.mutate import Fuzzer, main

_HOME = tempfile.TemporaryDirectory()
FOLDER = Path(__file__).parents[1] / "fixtures" / "imports"
MANY = b"""@string(acl = {Annual Meeting of the } # "ACL")
@article{one, title = {On $x_{1}$ and {\\"U}ber \\textbf{things}: a study}, author = {M{\\"u}ller, J{\\'o}zef and others},
  journal = acl # { 12}, year = 2017, month = dec # "~4", pages = {1--9}, doi = {10.1000/one}, eprint = {1706.03762v5},
  archiveprefix = {arXiv}, isbn = {978-0-691-07951-6}, url = {https://x.org/a_b%20c}, abstract = {See
@misc{quoted, title = {inside}} and more.}}
@inproceedings(two, title = "A {"}quoted{"} title (two)", author = "{The {LIGO} Collaboration} and King, Jr., Martin",
  crossref = {vol}, note = {arXiv: 1412.6980.})
@proceedings{vol, title = {A Volume}, year = 1999, editor = {Ed, E.}}
@article{one, title = {On $x_{1}$ and \\"Uber things: a study}, author = {Mueller, J}, year = {c. 1200}}
@comment{jabref-meta: grouping:;}
@preamble{"\\newcommand{\\noop}[1]{}"}
@article{, title = {No key}, date = {2019-03-04/2019-03-06}, note = {ends in \\\\}}
"""
BIBTEX_WORDS = tuple(
    word.encode()
    for word in (
        "@article{", "@article(", "@string{", "@comment{", "@preamble{", "@misc{a,\n", "@", "{", "}", "{{", "}}", "(", ")",
        '"', '{"}', "#", ",", "=", "%", "\\", "\\{", "\\}", "\\\\}", '\\"', "$", "$$", "~", "\n", "\r", "\r\n", "\n@misc{x, ",
        " and ", " and others", " AND ", "title = ", "author = ", "year = ", "crossref = {one}", "crossref = {vol}",
        "doi = {10.1000/one}", "eprint = {1706.03762}", "key = ", "others", "&amp;", "\\textbackslash", "\\begin{x}", "\\frac",
        "\\'{\\i}", "\\H o", "\\verb|", "\\input{/etc/passwd}", "jan", "acl", "acl # acl", "% Encoding: ISO8859_1\n", "[", "{\"",
    )
)  # fmt: skip
ITEMS = [
    {
        "id": "a", "type": "article-journal", "title": "Perils &amp; Promises", "DOI": "10.1000/one", "page": "1-9",
        "author": [{"family": "Oord", "given": "Aaron", "non-dropping-particle": "van den"}, {"literal": "et al."}],
        "issued": {"date-parts": [["2017", 12]]}, "container-title": ["Nature"], "abstract": "<jats:p>We …</jats:p>",
    },
    {"id": 7, "title": "On <i>x</i>", "issued": "2017-12?", "archive": "arXiv", "archive_location": "1706.03762v5"},
    {"title": "On x", "issued": {"raw": "c. 1200"}, "ISBN": "9780691079516", "custom": {"a": [1, {"b": None}]}},
    {"title": "Edict", "issued": {"date-parts": [[1200]]}, "author": [{"family": "A"}], "URL": "http://arxiv.org/abs/1412.6980"},
]  # fmt: skip
CSL_WORDS = tuple(
    word.encode()
    for word in (
        "{", "}", "[", "]", "[" * 3000, '{"a":' * 300, ",", ":", '"', "null", "true", "NaN", "Infinity", "-1", '""', "[]", "{}",
        '"id"', '"title"', '"author"', '"issued"', '"date-parts"', '"literal"', '"raw"', '"edtf"', '"DOI"', '"URL"', '"items"',
        '"family"', '"given"', '"container-title"', '"abstract"', '"note"', '"page"', '"ISBN"', '"\\u001b[2J"', '"\\ud800"',
        '"\\u202e"', '"arXiv:1706.03762"', '"2017-12-XX"', '"[1667,1668]"', "9" * 5000, "&amp;", "&#27;", "&#x202e;",
    )
)  # fmt: skip


def read(path: Path) -> Iterator[str]:
    """Read a file, write its papers in both formats, and return what a screen or a document shows of it."""
    from mlcoach.adapters.papers import bibtex, bibtex_records, csl
    from mlcoach.adapters.papers.read_library import read_library

    library = read_library(path)
    for one in (*library.broken, *library.doubts):
        yield f"{one.place}: {one.reason}"
    for entry in library.entries:
        yield f"{entry.known.title} {entry.known.authors} {entry.id} {entry.key}"
    written = bibtex_records.write(
        (bibtex_records.record_of(one.id or "x", one.known) for one in library.entries), library.kept
    )
    yield written
    yield csl.write(csl.item_of("x", one.known) for one in library.entries)
    again = bibtex.read(written)
    named = [one for one in library.entries if one.known.title or one.id]
    if len(again.entries) != len(named):
        raise AssertionError(f"{len(named)} entries written, {len(again.entries)} read again")


def imported(path: Path) -> Iterator[str]:
    """Import a file into an empty home as the command does, export it, and import both again, which changes nothing."""
    from mlcoach.render.papers.exchange import imported_lines
    from mlcoach.services.context import Context
    from mlcoach.services.papers.export import export
    from mlcoach.services.papers.import_file import import_file

    with tempfile.TemporaryDirectory() as folder:
        # The compiled curriculum is shared, the journal is new each time.
        shutil.rmtree(f"{_HOME.name}/data", ignore_errors=True)
        context = Context({"MLCOACH_HOME": _HOME.name, "MLCOACH_NOW": "2026-11-22T08:00:00+01:00"}, "fuzz")
        try:
            view = import_file(context, path, context.today)
            yield "\n".join("".join(text for text, _ in line) for line in imported_lines(view, 80))
            sum_of_parts = view.added + view.updated + view.unchanged + len(view.merged) + len(view.skipped)
            if view.read != sum_of_parts:
                raise AssertionError(f"{view.read} read, {sum_of_parts} accounted for")
            out = {form: export(context, form) for form in ("bibtex", "csl", "markdown")}
            yield from (one.text for one in out.values())
            before = context.store.papers()
            form = "csl" if any("csl" in data["details"] for data in before.values()) else "bibtex"
            exported = Path(folder) / "exported"
            exported.write_text(out[form].text, encoding="utf-8")
            for again in (path, exported) if before else ():
                import_file(context, again, context.today)
                changed = {
                    key for key, data in context.store.papers().items()
                    if key not in before or data["details"] != before[key]["details"] or data["title"] != before[key]["title"]
                }  # fmt: skip
                if changed:
                    raise AssertionError(f"{again.name} imported again changes {sorted(changed)[:3]}")
        finally:
            context.close()


SAMPLES = (*(path.read_bytes() for path in sorted(FOLDER.glob("*.bib"))), MANY, MANY)
CSL = (json.dumps(ITEMS).encode(), json.dumps({"items": ITEMS}, ensure_ascii=False, indent=1).encode())
FUZZERS = (
    Fuzzer("bibtex", SAMPLES, BIBTEX_WORDS, read, ".bib"),
    Fuzzer("csl", CSL, CSL_WORDS, read, ".json"),
    Fuzzer("bibtex-import", SAMPLES, BIBTEX_WORDS, imported, ".bib"),
    Fuzzer("csl-import", CSL, CSL_WORDS, imported, ".json"),
)

if __name__ == "__main__":
    main(*FUZZERS)
