"""What a PDF tells of its paper, and files that only claim to be one."""

from pathlib import Path

import pytest

from mlcoach.adapters.papers.pdf import read_pdf
from mlcoach.errors import InvalidFileError, NotFoundError


def made(path: Path, text: str = "", title: str = "", author: str = "") -> Path:
    """Write a PDF of one page by hand, with a text and properties."""
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) /Author ({author}) >>".encode("latin-1"),
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("name", "text", "id"),
    [
        ("1706.03762v5.pdf", "", "arxiv:1706.03762"),
        ("attention.pdf", "arXiv:1706.03762v5  [cs.CL]  6 Dec 2017", "arxiv:1706.03762"),
        ("old.pdf", "arXiv:hep-th/9901001v1 3 Jan 1999", "arxiv:hep-th/9901001"),
        ("nature.pdf", "doi:10.1038/nature14539 436 Nature", "doi:10.1038/nature14539"),
        ("elsewhere.pdf", "https://doi.org/10.1162/neco.1997.9.8.1735", "doi:10.1162/neco.1997.9.8.1735"),
        ("20170612.12345.pdf", "no id at all", ""),
    ],
)
def test_the_id_comes_from_the_name_or_the_first_page(tmp_path: Path, name: str, text: str, id: str) -> None:
    assert read_pdf(made(tmp_path / name, text))[0] == id


def test_title_and_authors_come_from_its_properties(tmp_path: Path) -> None:
    _, known = read_pdf(made(tmp_path / "a.pdf", "", "Long Short-Term Memory", "Sepp Hochreiter and J. Schmidhuber"))
    assert known.title == "Long Short-Term Memory"
    assert known.authors == ("Sepp Hochreiter", "J. Schmidhuber")


@pytest.mark.parametrize(
    ("stamp", "id"),
    [
        ("arXiv:1706.03762v5 [cs.CL] 6 Dec 2017", "arxiv:1706.03762"),
        ("arXiv:1706.03762v5  [cs.CL]  6 Dec 2017", "arxiv:1706.03762"),
        ("arXiv : 1706.03762", "arxiv:1706.03762"),
        ("1706.03762v5", "arxiv:1706.03762"),
        ("hep-th/9901001v1 3 Jan 1999", "arxiv:hep-th/9901001"),
        ("arXiv:math.GT/0309136", "arxiv:math/0309136"),
    ],
)
def test_an_arxiv_stamp_is_an_id_and_no_title(tmp_path: Path, stamp: str, id: str) -> None:
    found, known = read_pdf(made(tmp_path / "a.pdf", "", stamp))
    assert (found, known.title) == (id, "")


def test_a_title_that_only_begins_like_a_stamp_is_one(tmp_path: Path) -> None:
    for title in ("arXiv, a history of", "Word embeddings as they are", "Main effects", "1984"):
        assert read_pdf(made(tmp_path / "a.pdf", "", title))[1].title == title


@pytest.mark.parametrize(
    "title",
    ["untitled", "Microsoft Word - draft7.docx", "main.dvi", "", "---", "PII: S0893-6080(05)80023-1", "Layout 1"],
)
def test_a_title_that_says_nothing_is_none(tmp_path: Path, title: str) -> None:
    assert read_pdf(made(tmp_path / "a.pdf", "", title))[1].title == ""


def test_properties_are_data(tmp_path: Path) -> None:
    _, known = read_pdf(made(tmp_path / "a.pdf", "", "Red \x1b[31m title " + "x" * 9000))
    assert "\x1b" not in known.title
    assert len(known.title) == 500


def test_a_file_that_is_no_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("<html>Sign in to read</html>", encoding="utf-8")
    with pytest.raises(InvalidFileError) as caught:
        read_pdf(path)
    assert caught.value.message == f"`{path}` is not a PDF"
    with pytest.raises(NotFoundError):
        read_pdf(tmp_path / "nothing.pdf")
    with pytest.raises(InvalidFileError, match="cannot read"):
        read_pdf(tmp_path)


@pytest.mark.parametrize("cut", [20, 200, 400])
def test_half_a_pdf_tells_what_its_name_does(tmp_path: Path, cut: int) -> None:
    whole = made(tmp_path / "1706.03762.pdf", "doi:10.1038/nature14539").read_bytes()
    (tmp_path / "1706.03762.pdf").write_bytes(whole[:cut])
    id, _ = read_pdf(tmp_path / "1706.03762.pdf")
    assert id == "arxiv:1706.03762"
