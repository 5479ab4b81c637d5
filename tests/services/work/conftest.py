"""A home whose curriculum has a small workflow for projects, its gates and two rules."""

from pathlib import Path

import pytest

from tests.conftest import Compiled, Program, compiled_with

WORK = """schema = 1

[[checklist]]
id = "project-workflow"
title = "A project, step by step"
item = [
  { id = "problem", text = "Ask somebody who has it", why = "A model nobody needed is expensive.", group = "Scope it" },
  { id = "ideas", text = "Write down several ways", group = "Scope it" },
  { id = "rumours", text = "Ask around", group = "Scope it" },
  { id = "rows", text = "Look at fifty rows", group = "Look at the data" },
  { id = "again", text = "Start from a clean clone", group = "Finish" },
]

[[checklist]]
id = "responsible-ml"
title = "Responsible"
item = [
  { id = "purpose", text = "Say what it is for", group = "Before" },
  { id = "groups", text = "Report errors by group", group = "While building" },
]

[[checklist]]
id = "spring"
title = "Every spring"
was = ["early-year"]
item = [
  { id = "dig", text = "Dig", was = ["delve"] },
  { id = "sow", text = "Sow" },
]

[[rule]]
id = "readme"
check = "readme"
title = "There is no README"
remedy = "Write one"

[[rule]]
id = "secret"
check = "secret"
level = "warn"
title = "This looks like a key"
remedy = "Revoke it"
"""


@pytest.fixture(scope="session")
def compiled_work(tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    """That curriculum, compiled once for the whole run."""
    return compiled_with(tmp_path_factory.mktemp("work"), {"work.toml": WORK})


@pytest.fixture
def work(tmp_path: Path, compiled_work: Compiled) -> Program:
    """The program in an empty home with that curriculum."""
    home = tmp_path / "home"
    compiled_work.copy_to(home)
    return Program(home)
