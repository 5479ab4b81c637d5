"""What a template writes is a project whose own tests pass."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mlcoach.domain.work.templates import TEMPLATES
from mlcoach.services.work.projects.templates import template_texts


@pytest.mark.slow
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_tests_of_a_template_pass(template: str, tmp_path: Path) -> None:
    for name, text in template_texts(template, 'Late "invoices" \\ and more', 2026).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(tmp_path)]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=tmp_path, env=kept, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout
