"""Which of our own modules the commands of every day import: asked in real processes, held by a frozen list.

    python -m tests.e2e.start_up

writes the list again, after a change that is meant.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

FROZEN = Path(__file__).parent / "start_up_modules.txt"
COMPLETION = {"_MLCOACH_COMPLETE": "complete_bash", "COMP_WORDS": "mlcoach log 45m math.la.e", "COMP_CWORD": "3"}
# By name: the words, and what the environment has besides. Each begins in a home without an entry.
COMMANDS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "today": (("today",), {}),
    "log": (("log", "45m", "vectors"), {}),
    "status": (("status",), {}),
    "completion": ((), COMPLETION),
}
PROBE = """
import sys
sys.argv = ["mlcoach", *sys.argv[1:]]
from mlcoach.cli.main import run
try:
    run()
except SystemExit as stop:
    code = stop.code
print("modules:" + " ".join(sorted(sys.modules)), file=sys.stderr)
sys.exit(code)
"""


def environment(home: Path, **more: str) -> dict[str, str]:
    """Return the environment of a process that lives in a home."""
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    own = {"HOME": str(home), "MLCOACH_HOME": str(home), "MLCOACH_MACHINE": "the machine of the tests"}
    return {**kept, **own, "FORCE_COLOR": "1", **more}


def modules(home: Path, *words: str, **more: str) -> set[str]:
    """Run a command in a process of its own and return all modules that it imported."""
    command = [sys.executable, "-c", PROBE, *words]
    done = subprocess.run(command, env=environment(home, **more), capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.rpartition("modules:")[2].split())


def own_modules(home: Path, name: str) -> list[str]:
    """Return those of our modules that one of the commands imports in an empty home."""
    words, more = COMMANDS[name]
    return sorted(module for module in modules(home, *words, **more) if module.partition(".")[0] == "mlcoach")


def frozen_modules() -> dict[str, list[str]]:
    """Return the frozen lists by command."""
    blocks = FROZEN.read_text(encoding="utf-8").split("\n\n")
    return {head.removesuffix(":"): lines for head, *lines in map(str.splitlines, blocks)}


def main() -> None:
    """Write the frozen lists again."""
    blocks = []
    for name in COMMANDS:
        with tempfile.TemporaryDirectory() as folder:
            modules(Path(folder), "today")  # compiles the curriculum
            found = own_modules(Path(folder), name)
        print(f"{name}: {len(found)} modules")
        blocks.append("\n".join([f"{name}:", *found]))
    FROZEN.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
