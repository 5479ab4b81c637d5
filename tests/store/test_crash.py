"""A kill at any moment loses nothing that was acknowledged and leaves nothing half written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

KILL = Path(__file__).parent.parent / "benchmarks" / "kill.py"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills need processes that are forked")
def test_sixty_answers_killed_at_random_instants():
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, str(KILL), "--times", "60", "--seed", "7", "--append"]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=90, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    result = json.loads(ended.stdout)
    assert result["killed"] >= 10, "kills must land in the work to show anything"
    assert result["written"] >= result["acknowledged"] > 0
    assert {name: result[name] for name in ("lost", "twice", "rows_unlike_folds", "integrity")} == {
        "lost": 0, "twice": 0, "rows_unlike_folds": 0, "integrity": "ok"
    }  # fmt: skip
