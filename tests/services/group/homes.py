"""What the tests of groups ask of the homes of members."""

import json
from pathlib import Path

from mlcoach.adapters.sync.member_key import MemberKey
from tests.conftest import Program


def key_of(program: Program) -> MemberKey:
    text = (program.home / "data" / "group" / "key.txt").read_text()
    return MemberKey(text.splitlines()[-1])


def join(founder: Program, program: Program, place: Path | str, name: str) -> None:
    program(f"group join {place} --name {name}")
    founder(f"group add {name} {key_of(program).public}")


def table(program: Program, code: int = 0, more: str = "") -> dict[str, dict]:
    data = json.loads(program(f"group {more} --json", expect=code).out)["data"]
    return {row["name"]: row for row in data["rows"]}
