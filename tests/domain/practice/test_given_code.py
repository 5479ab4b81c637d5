"""What an exercise without tests gives as a program."""

from mlcoach.domain.practice.given_code import file_text, given_code

PROGRAM = "points = [1, 2]\nfor point in points:\n    print(____)\n"


def test_the_program_of_a_prompt_is_what_its_blocks_hold() -> None:
    given = given_code(f"Fill the gap.\n\n```python\n{PROGRAM}```\n\nIt prints:\n\n```text\n1\n2\n3\n```\nThen answer.")
    assert given is not None
    assert (given.language, given.text, given.suffix) == ("python", PROGRAM, ".py")
    compile(file_text(given, "A\ntitle", "ml.one/gap"), "gap.py", "exec")
    assert file_text(given, "A\ntitle", "ml.one/gap").startswith("# A title\n# mlcoach review --item ml.one/gap\n\n")


def test_several_blocks_are_one_program_and_other_languages_are_left_out() -> None:
    given = given_code("```python\na = 1\nb = 2\n```\nand\n```bash\nrm -r x\n```\n~~~python\nprint(a)\n~~~\n")
    assert given is not None
    assert given.text == "a = 1\nb = 2\n\n\nprint(a)\n"


def test_no_program_and_a_line_or_two_are_none() -> None:
    assert given_code("Prove it.") is None
    assert given_code("```text\n1\n2\n3\n4\n```") is None
    assert given_code("```python\nx = 1\n```") is None
    assert given_code("```python\nnever closed\n\n\n\n") is None
