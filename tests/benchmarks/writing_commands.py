"""All commands that write, each with a word of its own in what it writes, and a look whether that word is there.

What the harnesses of kills, of full disks and of commands at once have in common. A command runs in a process of its
own, forked from one that has everything imported, so that what happens to it happens in the work, not in the imports.
"""

import contextlib
import io
import json
import os
import re
import shlex
import signal
import stat
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from mlcoach.curriculum.read import find
from tests.conftest import CURRICULUM, Terminal

NOW = "2026-11-23T20:00:00+01:00"
NOWHERE = "http://127.0.0.1:9"
PAPER, OTHER = "1706.03762", "1412.6980"
OVERLAY, PAPERS = "config/curriculum/math-la.toml", "config/curriculum/papers-own.toml"
SETTING = re.compile(r'^cue = "(.*)"', re.MULTILINE)
# Adds the word of the run to the end of the file; of a setting, it replaces the one that is there.
EDITOR = """\
#!/bin/sh
case "$WHAT" in
    setting) { printf 'cue = "%s"\\n' "$WORD"; grep -v '^cue = ' "$1"; } > "$1.new"; cat "$1.new" > "$1"; rm "$1.new" ;;
    card) printf "q = 'What is %s?'\\na = 'A word.'\\n" "$WORD" > "$1" ;;
    *) printf '# %s\\n' "$WORD" >> "$1" ;;
esac
"""


class WritingCommand(NamedTuple):
    """A command that writes: its words, and where its word is to be found once it was acknowledged.

    `place` is a file of the home, "journal", "setting" (the last one holds), "notes", "subject", or ""
    for nothing to look for. `edits` is what the editor does, `before` are commands to run first.
    """

    words: str
    place: str = ""
    edits: str = ""
    before: tuple[str, ...] = ()


COMMANDS: dict[str, WritingCommand] = {
    "log": WritingCommand("log 1m vectors --note {w}", "journal"),
    "grade": WritingCommand("grade math.la.eigen/eig-def good --seconds 7"),
    "start": WritingCommand("start vectors", before=("cancel",)),
    "stop": WritingCommand("stop --note {w}", "journal", before=("start vectors",)),
    "cancel": WritingCommand("cancel", before=("start vectors",)),
    "done": WritingCommand("done vectors --no-questions", before=("reopen vectors",)),
    "reopen": WritingCommand("reopen vectors"),
    "skip": WritingCommand("skip vectors", before=("reopen vectors",)),
    "rest": WritingCommand("rest fri"),
    "rest --clear": WritingCommand("rest fri --clear", before=("rest fri",)),
    "today --replan": WritingCommand("today --replan"),
    "cards suspend": WritingCommand("cards suspend eig-def", before=("cards resume eig-def",)),
    "cards resume": WritingCommand("cards resume eig-def", before=("cards suspend eig-def",)),
    "cards forget": WritingCommand("cards forget eig-def"),
    "paper add": WritingCommand("paper add --title {w} {w}-paper", "journal"),
    "paper note": WritingCommand(f"paper note {PAPER} {{w}}", "journal"),
    "paper check": WritingCommand(f"paper check {OTHER} title"),
    "paper finish": WritingCommand(f"paper finish {PAPER} --verdict later --minutes 5 --note {{w}}", "journal"),
    "paper ask": WritingCommand(f"paper ask {PAPER} {{w}}", "journal"),
    "paper cite": WritingCommand(f"paper cite {PAPER} {OTHER}"),
    "buddy promise": WritingCommand("buddy promise {w}", "journal"),
    "week": WritingCommand("week --well {w} --minutes '{n} sat=90'", "journal"),
    "config set": WritingCommand("config set cue {w}", "setting"),
    "config unset": WritingCommand("config unset slot", before=("config set slot 19:00",)),
    "config edit": WritingCommand("config edit", "setting", "setting"),
    "init": WritingCommand("init --yes --slot '{w}, at 20:00'", "setting"),
    "cards new": WritingCommand("cards new math.la.eigen -q 'What is {w}?' -a 'A word.'", OVERLAY),
    "cards new (editor)": WritingCommand("cards new math.la.eigen --edit", OVERLAY, "card"),
    "paper term": WritingCommand(f"paper term {PAPER} {{w}} 'A word.'", PAPERS),
    "paper card": WritingCommand(f"paper card {PAPER} -q 'What is {{w}}?' -a 'A word.'", PAPERS),
    "paper note (editor)": WritingCommand(f"paper note {PAPER}", "notes", "line"),
    "curriculum new": WritingCommand("curriculum new my.{w}", "subject"),
    "curriculum edit": WritingCommand("curriculum edit math.la", OVERLAY, "line"),
    "curriculum fix": WritingCommand("curriculum fix"),
    "curriculum diff --seen": WritingCommand("curriculum diff --seen"),
    "report": WritingCommand("report"),
    "report -o": WritingCommand("report -o {home}/out/report.html"),
    "export journal": WritingCommand("export journal -o {home}/out/journal.jsonl"),
    "export reviews": WritingCommand("export reviews -o {home}/out/reviews.csv"),
    "export anki": WritingCommand("export anki -o {home}/out/anki.apkg"),
    "calendar export": WritingCommand("calendar export -o {home}/out/calendar.ics"),
    "paper export": WritingCommand("paper export -o {home}/out/papers.bib"),
    "import journal": WritingCommand("import journal {home}/own.jsonl"),
    "backup": WritingCommand("backup"),
    "undo": WritingCommand("undo"),
    "redo": WritingCommand("redo", before=("undo",)),
}


class Ended(NamedTuple):
    """How a command ended: its exit code (None for a kill), what it said, and how long it took, in seconds."""

    code: int | None
    out: str
    took: float


class Home:
    """A home in which commands are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0
        find.bundled_folder = lambda: CURRICULUM
        os.umask(0)  # nothing is left to it
        (folder / "out").mkdir(parents=True)
        editor = folder / "out" / "editor.sh"
        editor.write_text(EDITOR, encoding="utf-8")
        editor.chmod(0o700)
        for words in (
            f"paper add {PAPER}", f"paper add {OTHER}", "cards new math.la.eigen -q 'What is it?' -a 'It.'",
            f"paper term {PAPER} it 'It.'", "log 5m vectors", "export journal -o {home}/own.jsonl",
        ):  # fmt: skip
            self.undisturbed(words)

    def word(self) -> str:
        """Return a word that was in nothing before."""
        self.number += 1
        return f"w{self.number}"

    def prepare(self, command: WritingCommand) -> None:
        """Run what a command needs before it; what was done already is refused, which is no matter."""
        for words in command.before:
            self.run(words)

    def undisturbed(self, words: str, word: str = "", edits: str = "") -> Ended:
        """Run a command that must succeed."""
        ended = self.run(words, word, edits)
        if ended.code != 0:
            raise SystemExit(f"`mlcoach {words}` failed undisturbed: {ended.out}")
        return ended

    def run(
        self,
        words: str,
        word: str = "",
        edits: str = "",
        delay: float | None = None,
        within: Callable[[], object] | None = None,
    ) -> Ended:
        """Run a command, `within` called in its process first, and kill it after `delay` seconds (None: let it end)."""
        running = Running(self, words, word, edits, within)
        if delay is not None:
            time.sleep(delay)
            os.kill(running.process, signal.SIGKILL)
        return running.wait()

    def is_there(self, place: str, word: str, journal: str | None = None) -> bool:
        """Return whether a word is where a command was to write it."""
        match place:
            case "journal":
                return bool(re.search(rf"\b{word}\b", self.journal() if journal is None else journal))
            case "setting":
                return self.setting() == word
            case "notes":
                return any(_has(path, word) for path in (self.folder / "data/notes/papers").glob("*.md"))
            case "subject":
                return (self.folder / f"config/curriculum/my-{word}.toml").exists()
            case "":
                return True
        return _has(self.folder / place, word)

    def setting(self) -> str:
        """Return the cue as the settings have it."""
        config = self.folder / "config/config.toml"
        found = SETTING.search(config.read_text(encoding="utf-8")) if config.exists() else None
        return found[1] if found else ""

    def journal(self) -> str:
        """Return the data of all entries that count, but for the frames of days."""
        from mlcoach.store.journal import COUNTS
        from mlcoach.store.open_database import connect_to_write

        connection = connect_to_write(self.folder / "data/mlcoach.db", NOW)
        wanted = f"{COUNTS} AND kind NOT IN ('day_opened', 'day_planned')"
        rows = connection.execute(f"SELECT data FROM event WHERE {wanted}").fetchall()
        connection.close()
        return "\n".join(data for (data,) in rows)

    def state(self) -> dict[str, Any]:
        """Return what must be as it was when a command says that nothing was changed."""
        own = [path for root in ("config", "data/notes", "out") for path in (self.folder / root).rglob("*")]
        files = {str(path.relative_to(self.folder)): path.read_bytes() for path in own if path.is_file()}
        return {"files": files, "journal": self.journal()}

    def examine(self) -> dict[str, Any]:
        """Return what is in the home after all that, opened as the next command opens it; all should be 0 or "ok"."""
        from mlcoach.store.open_database import connect_to_write
        from mlcoach.store.projections import all_keys, row_of, stored_row

        connection = connect_to_write(self.folder / "data/mlcoach.db", NOW)
        keys = all_keys(connection)
        found: dict[str, Any] = {
            "rows_unlike_folds": sum(stored_row(connection, key) != row_of(connection, key) for key in keys),
            "integrity": connection.execute("PRAGMA integrity_check").fetchone()[0],
            "foreign_keys": len(connection.execute("PRAGMA foreign_key_check").fetchall()),
        }
        connection.close()
        everything = [path for path in self.folder.rglob("*") if path.name not in ("out", "editor.sh")]
        found["files_unlike_journal"] = len(self.files_unlike_journal())
        found["left_behind"] = sum(path.suffix in (".partial", ".old") for path in everything)
        found["readable_by_others"] = sum(bool(stat.S_IMODE(path.stat().st_mode) & 0o077) for path in everything)
        found["doctor"] = self.run("doctor").code
        found["curriculum_check"] = self.run("curriculum check").code
        return found

    def files_unlike_journal(self) -> list[str]:
        """Return the files that are not what the journal says a command left there."""
        from mlcoach.domain.events import FileWritten
        from mlcoach.services.context import Context
        from mlcoach.services.files import OwnFiles, path_of

        context = Context(self.environment("", ""))
        rows = context.store.connection.execute("SELECT data FROM event WHERE kind = 'file_written'").fetchall()
        unlike = []
        for name in {json.loads(data)["path"] for (data,) in rows}:
            digest = context.store.file_digest(name) or ""
            path = path_of(context, FileWritten(name, "", ""))
            if not OwnFiles(context).is_as_left(FileWritten(str(path), digest, digest)):
                unlike.append(name)
        context.close()
        return unlike

    def environment(self, word: str, edits: str) -> dict[str, str]:
        """Return the environment of a command."""
        return {
            **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
            "MLCOACH_HOME": str(self.folder), "MLCOACH_NOW": NOW, "NO_COLOR": "1", "COLUMNS": "200",
            "MLCOACH_ARXIV": NOWHERE, "MLCOACH_CROSSREF": NOWHERE,
            "VISUAL": str(self.folder / "out" / "editor.sh"), "WORD": word, "WHAT": edits,
        }  # fmt: skip


class Running:
    """A command on its way, in a process of its own."""

    def __init__(self, home: Home, words: str, word: str, edits: str, within: Callable[[], object] | None) -> None:
        self.began = time.perf_counter()
        reading, writing = os.pipe()
        self.process = os.fork()
        if self.process == 0:
            os.close(reading)
            try:
                if within is not None:
                    within()
                line = words.format(w=word, n=60 + int(word[1:] or 0) % 60 if word else 0, home=home.folder)
                _say(writing, *_run(line, home.environment(word, edits), edits))
            except BaseException:
                _say(writing, 99, traceback.format_exc())
            finally:
                os._exit(0)  # whatever happened: this process must not go on with the parent's work
        os.close(writing)
        self.reading = reading

    def wait(self) -> Ended:
        """Wait for its end."""
        with os.fdopen(self.reading, "rb") as file:
            said = file.read().decode("utf-8", "replace")
        os.waitpid(self.process, 0)
        took = time.perf_counter() - self.began
        code, _, out = said.partition("\n")
        # Half a message is none: the learner saw no acknowledgement either.
        return Ended(int(code), out.removesuffix("\0"), took) if said.endswith("\0") else Ended(None, "", took)


def preload(folder: Path) -> None:
    """Run each command once, here, so that all they import is there when a process is forked."""
    home = Home(folder)
    for command in COMMANDS.values():
        word = home.word()
        for words in (*command.before, command.words):
            line = words.format(w=word, n=60, home=home.folder)
            _run(line, home.environment(word, command.edits), command.edits)


def _run(line: str, environment: Mapping[str, str], edits: str) -> tuple[int, str]:
    from mlcoach.cli.main import run_with

    out, err = (Terminal(), Terminal()) if edits else (io.StringIO(), io.StringIO())
    sys.stdin = Terminal("n\n" * 5) if edits else io.StringIO("")
    os.environ.update({name: environment[name] for name in ("WORD", "WHAT")})  # the editor's, which inherits them
    with contextlib.redirect_stdout(out):
        code = run_with(shlex.split(line), environment, out, err)
    return code, out.getvalue() + err.getvalue()


def _say(writing: int, code: int, out: str) -> None:
    os.write(writing, f"{code}\n{out[:8000]}\0".encode())


def _has(path: Path, word: str) -> bool:
    return path.exists() and bool(re.search(rf"\b{word}\b", path.read_text(encoding="utf-8", errors="replace")))
