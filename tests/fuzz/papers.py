"""PDFs from anywhere, and what arXiv and Crossref may answer. `python -m tests.fuzz.papers --count 30000`"""

import json
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from tests.adapters.papers.test_arxiv import BOMB, FEED
from tests.adapters.papers.test_csl import WORK
from tests.adapters.papers.test_pdf import made
from tests.fuzz.bibliographies import CSL_WORDS
from tests.fuzz.mutate import Fuzzer, main

PDF_WORDS = tuple(
    word.encode()
    for word in (
        "obj", "endobj", "stream\n", "endstream", "xref\n", "trailer\n", "startxref\n", "%%EOF", "<<", ">>", "[", "]", "(", ")",
        "<feff001b005b>", "/Type", "/Catalog", "/Pages", "/Page", "/Kids", "/Count", "/Contents", "/Length", "/Info", "/Title",
        "/Author", "/Root", "/Size", "/Prev 0", "/Encrypt 3 0 R", "/Filter /FlateDecode", "/Filter [/ASCIIHexDecode /LZWDecode]",
        "/ObjStm", "/XRef", "/W [1 2 1]", "/Index [0 99999999]", "1 0 R", "2 0 R", "3 0 R", "4 0 R", "6 0 R", "0 R", "Tj", "TJ",
        "'", "BT", "ET", "Tf", "Td", "Do", "/XObject", "/Font", "/ToUnicode 4 0 R", "99999999999 0 R", "arXiv:1706.03762v5",
    )
)  # fmt: skip
ATOM_WORDS = tuple(
    word.encode()
    for word in (
        "<entry>", "</entry>", "<id>", "</id>", "<title>", "</title>", "<author><name>", "<summary>", "&#27;[2J", "&#x9b;",
        "&#x202e;", "&amp;", "&bogus;", "<![CDATA[", "]]>", "<!--", "-->", "<?xml", "<!DOCTYPE a [", "xmlns=''", "<a>" * 2000,
        "http://arxiv.org/abs/1706.03762v5", "http://arxiv.org/api/errors#x", "2017-06-12", "99999", "utf-16", "latin-1",
    )
)  # fmt: skip


def _pdfs() -> Iterator[bytes]:
    with tempfile.TemporaryDirectory() as folder:
        yield made(
            Path(folder) / "a.pdf", "arXiv:1706.03762v5 [cs.CL]", "A Title", "Doe, Jane; John Smith"
        ).read_bytes()
        plain = made(Path(folder) / "b.pdf", "doi:10.1038/nature14539 436", "Microsoft Word - x.doc").read_bytes()
        yield plain
        stream = zlib.compress(b"BT /F1 12 Tf 72 720 Td (A text) Tj ET " * 50)
        packed = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)
        begin, end = plain.index(b"<< /Length"), plain.index(b"\nendobj\n5 0 obj")
        yield plain[:begin] + packed + plain[end:]


def read_pdf(path: Path) -> Iterator[str]:
    """Read a PDF as `paper add` does, and return what a screen shows of it."""
    from mlcoach.adapters.papers import pdf

    id, known = pdf.read_pdf(path)
    yield f"{id} {known.title} {known.authors}"


def read_feed(path: Path) -> Iterator[str]:
    """Read an answer of arXiv's, and return what a screen shows of it."""
    from mlcoach.adapters.fetch import WebTrouble
    from mlcoach.adapters.papers import arxiv

    try:
        for id, known in arxiv.parse_feed(path.read_bytes()).items():
            yield f"{id} {known}"
    except WebTrouble as trouble:
        yield str(trouble)


def read_work(path: Path) -> Iterator[str]:
    """Read an answer of Crossref's, and return what a screen shows of it."""
    from mlcoach.adapters.fetch import WebTrouble
    from mlcoach.adapters.papers import crossref

    try:
        yield str(crossref.parse_work(path.read_bytes()))
    except WebTrouble as trouble:
        yield str(trouble)


FUZZERS = (
    Fuzzer("pdf", tuple(_pdfs()), PDF_WORDS, read_pdf, ".pdf"),
    Fuzzer("arxiv", (FEED, FEED[:3000] + b"</feed>", BOMB), ATOM_WORDS, read_feed, ".xml"),
    Fuzzer("crossref", (json.dumps(WORK).encode(),), CSL_WORDS, read_work, ".json"),
)

if __name__ == "__main__":
    main(*FUZZERS)
