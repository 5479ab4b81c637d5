"""What scripts read: kind, keys and types of every JSON document are those that `json_promises` says.

Where a change is meant, FREEZE_JSON=1 in the environment writes the files again; look at what git shows of it.
"""

import os
import sys
from pathlib import Path

import pytest

from tests.cli.json_life import Life, commands_with_json, live
from tests.cli.json_shapes import Shape, differences, read, shape_of, written
from tests.conftest import Program

FOLDER = Path(__file__).parent / "json_promises"
FAMILIES = ("paper", "curriculum")


def frozen() -> dict[str, Shape]:
    files = sorted(FOLDER.glob("*.txt"))
    return {name: shape for file in files for name, shape in read(file.read_text(encoding="utf-8")).items()}


def family(name: str) -> str:
    return name.split()[0] if name.split()[0] in FAMILIES else "others"


def freeze(now: dict[str, Shape]) -> None:
    for file in FOLDER.glob("*.txt"):
        file.unlink()
    for part in sorted({family(name) for name in now}):
        text = written({name: now[name] for name in sorted(now) if family(name) == part})
        (FOLDER / f"{part}.txt").write_text(text, encoding="utf-8")


def test_every_command_with_json_has_its_promise() -> None:
    promised = {name.partition(" -> ")[0] for name in frozen()}
    assert promised == {*commands_with_json(), "error"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="the reminders are installed in a stand-in of Linux's crontab")
def test_all_documents_keep_their_keys(mlcoach: Program, tmp_path: Path) -> None:
    life = Life(mlcoach, tmp_path)
    live(life)
    if os.environ.get("FREEZE_JSON"):
        freeze(life.shapes())
    changed = differences(frozen(), life.shapes())
    assert not changed, "scripts rely on these; - is gone, + is new:\n" + "\n".join(changed)
    assert life.codes == {"usage": 2, "not_found": 3, "invalid_file": 4, "store": 5, "missing_extra": 6}


def test_what_is_gone_and_what_is_new_is_said() -> None:
    before = shape_of({"days": [{"day": "mon", "minutes": None}, {"day": "tue", "minutes": 5}], "notes": [], "n": 1})
    after = shape_of({"days": [{"date": "mon", "minutes": 5.0}], "notes": [], "n": 1})
    assert read(written({"week": before, "log -> log_list": after})) == {"week": before, "log -> log_list": after}
    assert differences({"week": before}, {"week": after}) == [
        "+ week  days[].date: str",
        "- week  days[].day: str",
        "- week  days[].minutes: int|null",
        "+ week  days[].minutes: float",
    ]
