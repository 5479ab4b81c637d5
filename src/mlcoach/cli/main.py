"""The entry point: finds the command, runs it, and turns every failure into a sentence and an exit code.

Commands are imported when they are called, so that `mlcoach today` never pays for `mlcoach doctor`.
"""

import gc
import os
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple, TextIO

import typer

from mlcoach.cli.app import App
from mlcoach.cli.lazy import HELP_OPTIONS, LazyGroup
from mlcoach.errors import ExitCode, MlcoachError, UsageError

SECTIONS: dict[str, dict[str, str]] = {
    "The day": {
        "today": "The plan of the day, and the one next step.",
        "log": "Record study time, or list what was recorded.",
        "start": "Start the timer.",
        "stop": "Stop the timer and record its time.",
        "cancel": "Stop the timer without recording its time.",
        "status": "Timer, minutes, streak and what is due, at a glance.",
    },
    "Learning": {
        "practice": "Exercises that check themselves, in your editor.",
        "interview": "A mock interview: two problems, one question, a clock.",
        "review": "Recall what is due, one key an answer.",
        "grade": "Record one answer without the review screen.",
        "done": "Finish a step, or pass a unit.",
        "skip": "Say that you know something already, or do not want it.",
        "reopen": "Put units or steps back to learning.",
        "place": "Find out what you know already, in ten minutes.",
        "cards": "Cards and exercises: find, look at, set aside.",
        "memory": "How well your recall is predicted.",
        "paper": "Read papers in three passes.",
        "curriculum": "Subjects, units and paths, and the files they are in.",
        "plan": "The coming days, if each is done as planned.",
        "forecast": "When your path ends, as a range.",
        "goal": "A path by a day: what fits, and what falls.",
        "assistant": "Serve an AI assistant at your side with your plan and questions.",
        "search": "Find units, readings, cards, papers and notes by words.",
    },
    "The work": {
        "project": "Projects of your own, from idea to finished.",
        "people": "Whom to write to, and why.",
        "job": "Jobs and clients by stages, and what adverts ask for.",
        "note": "Your notes as files, and finding what you wrote.",
    },
    "The habit": {
        "streak": "The streak, its freezes and the days behind it.",
        "rest": "Plan days of rest; the streak holds.",
        "stats": "Your minutes, reviews and progress so far.",
        "report": "A page of your numbers to look at.",
        "week": "Look back on the week in five minutes.",
        "buddy": "Your week to show to somebody, and your promise for the next.",
        "group": "The weeks of those who study with you.",
        "remind": "Reminders, on the desktop or in a terminal.",
        "calendar": "Your study hours in the calendar, and free hours found.",
    },
    "Your data": {
        "import": "Bring in Anki decks, answers, or another machine's journal.",
        "export": "Write cards for Anki, answers, or the whole journal to a file.",
        "sync": "Keep several machines alike, by a folder or a git remote.",
        "undo": "Take back the last command.",
        "redo": "Bring back what was undone.",
        "init": "Answer a few questions to fit the plan to you.",
        "config": "Read and change settings.",
        "doctor": "Check the store and everything around it.",
        "backup": "Copy the store now.",
        "restore": "Restore a backup.",
        "help": "Explain a topic or a command, or find the one for a purpose.",
    },
}
OPTIONS_BEFORE_COMMAND = ("-h", "--help", "--version", "--install-completion", "--show-completion")
TYPERS_NARROWEST = 52  # columns; on fewer its help would run over the edge


class Commands(LazyGroup):
    """All commands of the program."""

    sections = SECTIONS
    package = "mlcoach.cli"
    # `import` is a keyword of Python, which no module can be named like.
    modules: ClassVar[dict[str, str]] = {
        "import": "import_files",
        "export": "export_files",
        "skip": "done:skip",
        "reopen": "done:reopen",
    }

    def meaning(self, words: list[str]) -> str:
        """Return the commands that somebody who typed these words may want, "" for not known."""
        from mlcoach.cli.meanings import meant_by

        return meant_by(words, self.summaries)

    def elsewhere(self, words: list[str]) -> str:
        """Say how words that are not a command are found in the map."""
        return f"; `mlcoach search {' '.join(words):.60}` looks for it everywhere"


group = typer.Typer(
    cls=Commands,
    invoke_without_command=True,
    add_completion=True,
    rich_markup_mode=None,
    context_settings=HELP_OPTIONS,
    epilog="Example: `mlcoach` alone is `mlcoach today`. Every command explains itself with --help.",
)


@group.callback()
def root(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    color: Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")] = "auto",
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an unexpected error.")] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Show long screens whole.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Words alone, nothing drawn: for screen readers.")] = False,
) -> None:
    """The coach of somebody who teaches themselves machine learning at a terminal."""
    if version:
        from mlcoach import __version__

        ctx.obj.screen.text(f"mlcoach {__version__}")
        raise typer.Exit


def run() -> None:
    """Run the program for this process and end it with the exit code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: `mlcoach log 45m >&-`
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - until the end
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = run_with(sys.argv[1:], os.environ, sys.stdout, sys.stderr)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        # `mlcoach stats | head`: the reader has seen enough, which is not a failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    # Python looks for cycles in all that is left before it ends: a tenth of a command's time, for nothing.
    gc.freeze()
    sys.exit(code)


def run_with(arguments: Sequence[str], environment: Mapping[str, str], out: TextIO, err: TextIO) -> int:
    """Run one command in a given environment and return its exit code."""
    try:
        words, said = split_globals(list(arguments))
        app = App(environment, out, err, said.color, words)
        app.pages, app.plain = said.pages, said.plain
    except MlcoachError as error:
        app = App(environment, out, err, "auto", ["today"])
        app.show_error(error, as_json="--json" in arguments)
        return int(error.exit_code)
    as_json = "--json" in words
    try:
        command = typer.main.get_command(group)
        with _help_that_fits(command, app, words):
            result = command.main(words, prog_name="mlcoach", standalone_mode=False, obj=app)
        return result if isinstance(result, int) else 0
    except MlcoachError as error:
        app.show_error(error, as_json)
        return int(error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        app.show_interrupted(as_json)
        return int(ExitCode.INTERRUPTED)
    except BrokenPipeError:
        return 0
    except Exception as error:
        if hasattr(error, "format_message"):  # Typer's own: a missing argument, an unknown option
            app.show_error(as_usage_error(error), as_json)
            return int(ExitCode.USAGE)
        if said.debug:
            raise
        if damage := app.as_damage(error):
            app.show_error(damage, as_json)
            return int(damage.exit_code)
        app.show_unexpected(error, as_json)
        return int(ExitCode.UNEXPECTED)
    finally:
        app.close()


def _help_that_fits(command: Any, app: App, words: Sequence[str]) -> AbstractContextManager[None]:
    """Return what lets the help of a command fit the terminal: its lines, its examples, and its length."""
    said = words[: words.index("--")] if "--" in words else words
    asks = any(word in HELP_OPTIONS["help_option_names"] for word in said)
    if not asks and app.screen.columns >= TYPERS_NARROWEST:
        return nullcontext()
    from mlcoach.cli.narrow_help import fitted_help

    return fitted_help(command, app, words)


class Globals(NamedTuple):
    """What is said for any command: when to colour, whether to show tracebacks, to use the pager, to draw nothing."""

    color: str = "auto"
    debug: bool = False
    pages: bool = True
    plain: bool = False


def split_globals(arguments: list[str]) -> tuple[list[str], Globals]:
    """Return the words of the command, and what was said for any command.

    `--color`, `--debug`, `--no-pager` and `--plain` count wherever they are before `--`. No command at all means
    `today`.
    """
    words: list[str] = []
    color, debug, pages, plain = "auto", False, True, False
    rest = iter(arguments)
    for word in rest:
        if word == "--":
            words += [word, *rest]
        elif word == "--debug":
            debug = True
        elif word == "--no-pager":
            pages = False
        elif word == "--plain":
            plain = True
        elif word == "--color" or word.startswith("--color="):
            color = word.partition("=")[2] if "=" in word else next(rest, "")
            if color not in ("auto", "always", "never"):
                raise UsageError(f"`--color` must be auto, always or never, got `{color}`")
        else:
            words.append(word)
    if not words or (words[0].startswith("-") and words[0].partition("=")[0] not in OPTIONS_BEFORE_COMMAND):
        words.insert(0, "today")
    return words, Globals(color, debug, pages, plain)


# What people type for a command of a group; a group that has none of these names the commands that it has.
MEANT = {
    "add": "new", "create": "new", "write": "new", "find": "search", "list": "search", "open": "show", "view": "show",
    "delete": "suspend", "remove": "suspend",
}  # fmt: skip


def _unknown_command(word: str, path: str, context: Any) -> UsageError:
    """Return that a group has no command of that name, and the one that is meant, else those it has."""
    from difflib import get_close_matches

    known = list(getattr(context.command, "commands", ())) if context else []
    near = [meant for meant in [MEANT.get(word, "")] if meant in known] or get_close_matches(word, known, 1)
    hint = f"did you mean `{path} {near[0]}`?" if near else f"`{path} --help` shows them: {', '.join(known)}"
    return UsageError(f"no command `{path.removeprefix('mlcoach ')} {word}`", hint)


MEANT_OPTION = {"--front": "--question", "--back": "--answer", "--type": "--only", "--number": "--limit"}


def _unknown_option(option: str, path: str, context: Any) -> UsageError:
    """Return that a command has no option of that name, and the one that is meant, else those it has."""
    from difflib import get_close_matches

    params = getattr(context.command, "params", ()) if context else ()
    known = [name for param in params for name in param.opts if name.startswith("--") and not param.hidden]
    meant = MEANT_OPTION.get(option, "")
    near = [meant] if meant in known else get_close_matches(option, known, 1, 0.7)
    explained = (
        f"`{path} --help` explains them: {', '.join(known)}" if known else f"`{path} --help` shows how it is written"
    )
    return UsageError(f"no such option: {option}", f"did you mean `{near[0]}`? {explained}" if near else explained)


def as_usage_error(error: Any) -> UsageError:
    """Return Typer's complaint in our words: message without full stop, and where the help is."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "mlcoach"
    message = str(error.format_message()).rstrip(".")
    if unknown := re.match(r"No such option: (--[\w-]+)", message):
        return _unknown_option(unknown[1], path, context)
    if unknown := re.match(r"No such command '([^']+)'", message):
        return _unknown_command(unknown[1], path, context)
    if re.search(r"No such option: -\d", message):
        message = "a duration must be more than 0"
    message = re.sub(r"is not a valid int(eger)?( range)?", "is not a whole number", message)
    return UsageError(message[:1].lower() + message[1:], f"`{path} --help` shows how it is written")
