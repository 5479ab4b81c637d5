"""An exercise without tests that gives a program: it comes in a file, with how to run and how to grade it."""

from pathlib import Path

import pytest

from tests.conftest import Compiled, Program

ITEM = "ml.found/choose-k-completion"


@pytest.fixture
def bundled(tmp_path: Path, compiled_bundle: Compiled, bundled_content: None) -> Program:
    """The program with its own curriculum, in an empty home."""
    compiled_bundle.copy_to(tmp_path / "home")
    return Program(tmp_path / "home")


def test_the_program_is_written_once_and_the_way_on_is_told(bundled: Program) -> None:
    file = bundled.home / "work" / "ml.found" / "choose-k-completion.py"
    first = bundled("practice choose-k-completion").out
    assert "Fill the four gaps" in first
    assert f"  {file}\n" in first
    assert f"Run it:\n  {first.partition('Run it:')[2].split()[0]} {file}\n" in first
    assert first.endswith(f"Then see the answer and grade it:\n  mlcoach review --item {ITEM}\n")
    source = file.read_text()
    compile(source, str(file), "exec")
    assert "nearest = sorted(train, key=lambda point: ____)[:k]" in source
    file.write_text("mine\n")
    assert "Your file, as you left it" in bundled("practice choose-k-completion", tty=40).out
    assert file.read_text() == "mine\n"


def test_the_review_says_that_there_is_a_file_to_work_in(bundled: Program) -> None:
    assert (
        f"To work on it in a file: mlcoach practice {ITEM}" in bundled(f"review --item {ITEM}", tty=80, stdin="q").out
    )


def test_an_exercise_without_a_program_is_asked_as_in_a_review(bundled: Program) -> None:
    asked = bundled("practice no-learning-needed-memo", tty=80, stdin="q", expect=None)
    assert "The memo that says no" in asked.out
    assert asked.err == ""


def test_what_can_be_run_but_not_checked_says_so(bundled: Program) -> None:
    assert "is an exercise without tests" in bundled(f"practice {ITEM} --check", expect=2).err
