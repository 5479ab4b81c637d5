"""Shorter forms of a command mean the same, and a broken one can be copied."""

import shlex

from hypothesis import given
from hypothesis import strategies as st

from mlcoach.domain.help.commands import KnownNames, broken_command, fitting, shorter, words_of_command
from mlcoach.domain.text import resolve

IDS = (
    "ml.found",
    "ml.linear",
    "prog.dsa.linear",
    "ml.found/choose-k",
    "ml.linear/ols",
    "prog.dsa.linear/ols",
    "ml",
    "x",
)
PAPERS = {
    "doi:10.1145/2347736.2347755": "A Few Useful Things to Know About Machine Learning",
    "arxiv:1706.03762": "Attention Is All You Need",
    "attention-again": "Attention, Please",
}
KNOWN = KnownNames(IDS, PAPERS, "doi:10.1145/2347736.2347755")


def test_an_id_is_shortened_to_an_end_that_no_other_has() -> None:
    assert shorter("mlcoach review --item ml.found/choose-k", KNOWN)[-1] == "mlcoach review --item choose-k"
    assert shorter("mlcoach curriculum show ml.found --answers", KNOWN)[-1] == "mlcoach curriculum show found --answers"
    assert shorter("mlcoach start ml.linear", KNOWN) == ["mlcoach start ml.linear"]
    assert shorter("mlcoach practice prog.dsa.linear/ols", KNOWN)[-1] == "mlcoach practice dsa.linear/ols"


def test_the_paper_whose_turn_it_is_needs_no_name() -> None:
    assert shorter("mlcoach paper read 10.1145/2347736.2347755", KNOWN)[1:] == [
        "mlcoach paper read a-few",
        "mlcoach paper read",
    ]
    assert shorter("mlcoach paper finish 10.1145/2347736.2347755 --verdict stop", KNOWN)[-1] == (
        "mlcoach paper finish --verdict stop"
    )


def test_another_paper_is_called_by_the_beginning_of_its_title() -> None:
    assert shorter("mlcoach paper check 10.1145/2347736.2347755 title", KNOWN)[-1] == "mlcoach paper check a-few title"
    assert shorter("mlcoach paper read attention-again", KNOWN)[-1] == "mlcoach paper read attention-again"
    assert shorter("mlcoach paper read 1706.03762", KNOWN) == ["mlcoach paper read 1706.03762"]


def test_what_is_not_in_the_queue_yet_has_no_shorter_name() -> None:
    assert shorter("mlcoach paper add 10.1145/2347736.2347755", KNOWN) == ["mlcoach paper add 10.1145/2347736.2347755"]


def test_where_time_goes_only_a_unit_that_is_near_is_called_by_its_end() -> None:
    far = KNOWN._replace(far=("ml.found",))
    assert shorter("mlcoach start ml.found", far) == ["mlcoach start ml.found"]
    assert shorter("mlcoach done ml.found/islp-2", far) == ["mlcoach done ml.found/islp-2"]
    assert shorter("mlcoach curriculum show ml.found", far)[-1] == "mlcoach curriculum show found"


def test_a_word_of_another_command_is_not_a_name() -> None:
    for command in ("mlcoach note open ml.found", "mlcoach curriculum edit ml.found"):
        assert shorter(command, KNOWN) == [command]


def test_a_step_is_called_by_the_end_of_its_unit() -> None:
    assert shorter("mlcoach done ml.found/islp-2", KNOWN)[-1] == "mlcoach done found/islp-2"


@given(st.sampled_from(IDS))
def test_a_shorter_name_is_read_as_the_same(id: str) -> None:
    for form in shorter(f"mlcoach start {id}", KNOWN):
        assert resolve(form.split()[-1], IDS, "thing") == id


def test_the_longest_form_that_fits_is_taken() -> None:
    full = "mlcoach paper read 10.1145/2347736.2347755"
    assert fitting(full, 80, KNOWN) == full
    assert fitting(full, 30, KNOWN) == "mlcoach paper read a-few"
    assert fitting(full, 20, KNOWN) == "mlcoach paper read"
    assert fitting(full, 5, KNOWN) == "mlcoach paper read"


WORDS = st.lists(st.from_regex(r"[a-z.-]{1,12}|\"[a-z]{1,5} [a-z]{1,5}\"", fullmatch=True), min_size=1, max_size=12)


@given(WORDS, st.integers(4, 50), st.integers(4, 50))
def test_a_broken_command_is_read_by_a_shell_as_one(words: list[str], first: int, room: int) -> None:
    command = " ".join(words)
    lines = broken_command(command, first, room)
    assert shlex.split("\n".join(lines).replace("\\\n", "")) == shlex.split(command)
    for number, line in enumerate(lines):
        fits = len(line) <= (first if number == 0 else room)
        assert fits or len(words_of_command(line.removesuffix(" \\"))) == 1
