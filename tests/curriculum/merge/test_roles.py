"""Roles of several files: a skill is defined once, one's own role changes the bundled one, and what is wrong is said."""

from pathlib import Path

import pytest

from mlcoach.curriculum.cache.catalog import open_catalog
from mlcoach.curriculum.check.check import check

SUBJECT = """schema = 1
id = "math.la"
title = "Linear algebra"
track = "math"

[[unit]]
id = "vectors"
title = "Vectors"
hours = 5
recall = "What is a vector?"
"""
ROLES = """schema = 1

[[role]]
id = "engineer"
title = "Engineer"
tasks = ["Build"]
tools = ["python", "sql"]

  [[role.tool]]
  id = "python"
  name = "Python"
  aliases = ["py3"]
  units = ["math.la.vectors"]

  [[role.tool]]
  id = "sql"
  name = "SQL"

[[role]]
id = "analyst"
title = "Analyst"
tools = ["sql"]
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    bundled, own = tmp_path / "bundled", tmp_path / "own"
    bundled.mkdir()
    own.mkdir()
    (bundled / "la.toml").write_text(SUBJECT, encoding="utf-8")
    (bundled / "roles.toml").write_text(ROLES, encoding="utf-8")
    return bundled, own


def skills(folders: tuple[Path, Path], tmp_path: Path) -> dict[str, list[str]]:
    with open_catalog(*folders, tmp_path / "cache") as catalog:
        return {id: [tool.id for tool in role.tools] for id, role in catalog.roles().items()}


def errors(folders: tuple[Path, Path]) -> list[tuple[str, str]]:
    report = check(*folders)
    return [(problem.code, problem.message) for problem in (*report.errors, *report.warnings)]


def test_a_skill_is_defined_once_and_named_by_others(folders: tuple[Path, Path], tmp_path: Path) -> None:
    assert skills(folders, tmp_path) == {"engineer": ["python", "sql"], "analyst": ["sql"]}
    assert errors(folders) == []
    with open_catalog(*folders, tmp_path / "cache") as catalog:
        tool = catalog.roles()["engineer"].tools[0]
    assert (tool.name, tool.aliases, tool.units) == ("Python", ("py3",), ("math.la.vectors",))


def test_a_role_of_ones_own_adds_hides_and_changes(folders: tuple[Path, Path], tmp_path: Path) -> None:
    (folders[1] / "mine.toml").write_text(
        'schema = 1\n[[role]]\nid = "engineer"\ntitle = "Engineer here"\nhide = ["sql"]\n'
        '[[role.tool]]\nid = "rust"\nname = "Rust"\n[[role.tool]]\nid = "python"\nname = "Python 3"\n',
        encoding="utf-8",
    )
    assert skills(folders, tmp_path) == {"engineer": ["python", "rust"], "analyst": ["sql"]}
    with open_catalog(*folders, tmp_path / "cache") as catalog:
        role = catalog.roles()["engineer"]
    assert (role.title, role.tools[0].name, role.tasks) == ("Engineer here", "Python 3", ("Build",))


def test_a_role_may_be_replaced(folders: tuple[Path, Path], tmp_path: Path) -> None:
    own = 'schema = 1\n[[role]]\nid = "engineer"\ntitle = "Mine"\nextends = false\ntools = ["sql"]\n'
    (folders[1] / "mine.toml").write_text(own, encoding="utf-8")
    assert skills(folders, tmp_path)["engineer"] == ["sql"]


def test_what_is_wrong_is_said(folders: tuple[Path, Path]) -> None:
    (folders[1] / "mine.toml").write_text(
        'schema = 1\n[[role]]\nid = "mine"\ntitle = "Mine"\ntools = ["pythn"]\n'
        '[[role.tool]]\nid = "x"\nname = "X"\nunits = ["math.la.vektors"]\n'
        '[[role]]\nid = "analyst"\ntitle = "A"\nhide = ["kafka"]\n',
        encoding="utf-8",
    )
    assert sorted(errors(folders)) == [
        ("no-match", "role `analyst` has no skill `kafka`"),
        ("unknown-skill", "role `mine` names the skill `pythn`, which no role defines"),
        ("unknown-unit", "no unit `math.la.vektors`"),
    ]


def test_a_word_that_two_skills_claim_is_said(folders: tuple[Path, Path]) -> None:
    own = 'schema = 1\n[[role]]\nid = "mine"\ntitle = "M"\n[[role.tool]]\nid = "db"\nname = "DB"\naliases = ["sql"]\n'
    (folders[1] / "mine.toml").write_text(own, encoding="utf-8")
    assert errors(folders) == [
        ("duplicate-alias", "`sql` is a word of the skill `sql` already, which is the one that counts")
    ]


def test_an_id_is_not_taken_twice(folders: tuple[Path, Path]) -> None:
    second = 'schema = 1\n[[role]]\nid = "analyst"\ntitle = "A"\n'
    (folders[0] / "second.toml").write_text(second, encoding="utf-8")
    assert [code for code, _ in errors(folders)] == ["duplicate-id"]
