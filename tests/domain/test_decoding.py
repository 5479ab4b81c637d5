"""Bytes of a file from elsewhere as text, in whatever encoding it was saved."""

import codecs

import pytest

from mlcoach.domain.decoding import decoded

TEXT = "@misc{a, title = {Müller und Söhne}}\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(), codecs.BOM_UTF8 + TEXT.encode(), TEXT.encode("utf-16"), codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), codecs.BOM_UTF16_LE * 2 + TEXT.encode("utf-16-le"),
        TEXT.replace("\n", "\r\n").encode(), TEXT.replace("\n", "\r").encode(),
    ],
)  # fmt: skip
def test_what_is_sure_is_read_without_a_word(data: bytes) -> None:
    assert decoded(data) == (TEXT, "")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (TEXT.encode("latin-1"), "1 line of it is not UTF-8 and was read as Western European (Windows-1252)"),
        (TEXT.encode("utf-16-le"), "it was read as UTF-16"),
        (TEXT.encode("utf-16-be"), "it was read as UTF-16"),
    ],
)
def test_a_guess_is_told(data: bytes, words: str) -> None:
    text, guessed = decoded(data)
    assert (text, guessed.startswith(words)) == (TEXT, True)


def test_lines_of_both_kinds_are_each_read_as_they_are() -> None:
    assert decoded("ü\n".encode() + "ä\n".encode("latin-1") * 2) == (
        "ü\nä\nä\n", "2 lines of it are not UTF-8 and were read as Western European (Windows-1252); look at the accents",
    )  # fmt: skip


def test_a_file_that_says_its_encoding_is_believed() -> None:
    data = "% Encoding: Cp1251\nКлюч\n".encode("cp1251")
    assert decoded(data) == ("% Encoding: Cp1251\nКлюч\n", "it was read as cp1251, as it says it is")
    # One that says what it is not, or what is not an encoding of texts, is not.
    assert decoded(b"% Encoding: punycode\n\xe4\n").text == "% Encoding: punycode\nä\n"


def test_no_bytes_at_all_are_refused() -> None:
    assert decoded(bytes(range(128, 256))).text
    assert decoded(b"") == ("", "")
