"""The learner's editor: which command it is, and opening a file or a text in it."""

import os
import shlex
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from mlcoach.errors import MlcoachError, UsageError

T = TypeVar("T")

# Tried in this order where the learner named none; vi is promised by POSIX, nano explains itself.
FALLBACKS = ("nano", "vi") if os.name == "posix" else ("notepad",)
# Editors that open a file at a line when `+LINE` is before it.
TAKE_A_LINE = ("vi", "vim", "nvim", "gvim", "nano", "pico", "micro", "emacs", "emacsclient", "joe", "kak", "gedit")
NAMEABLE = ("nano", "micro", "vi", "vim", "nvim", "emacs", "gedit", "notepad")
# What a first meeting with an editor fails at is the way out of it.
WAYS_OUT = {
    "vi": "i begins to type; Esc, then `:wq` and enter keep it and leave, Esc and `:q!` leave without",
    "nano": "type; Ctrl-O and enter keep it, Ctrl-X leaves",
    "emacs": "type; Ctrl-X Ctrl-S keeps it, Ctrl-X Ctrl-C leaves",
}


def how_to_choose(environment: Mapping[str, str]) -> str:
    """Return how to name an editor, with one that is there."""
    search = environment.get("PATH")
    there = next((name for name in (*FALLBACKS, *NAMEABLE) if shutil.which(name, path=search)), "")
    if there:
        return f"choose one that is there: `mlcoach config set editor {there}`, or set $VISUAL or $EDITOR"
    return "install one, such as nano, then `mlcoach config set editor nano`"


def way_out(command: Sequence[str]) -> str:
    """Return in a line how to type, keep and leave in an editor, "" for one that is not known."""
    name = Path(command[0]).stem.lower()
    return WAYS_OUT.get("vi" if name in ("vi", "vim", "nvim") else name, "")


def editor_command(
    chosen: str, environment: Mapping[str, str], *, terminal: bool, instead: str = "run it in a terminal"
) -> list[str]:
    """Return the words of the editor: the setting, else $VISUAL, else $EDITOR, else what is installed.

    `chosen` is the setting `editor` ("" when unset), `terminal` whether the learner sits at one, `instead` what they
    can do where they don't. Raises UsageError without a terminal, and when there is no editor or its command cannot
    be read or found.
    """
    if not terminal:
        raise UsageError("an editor needs a terminal", instead)
    search = environment.get("PATH")
    named = {
        "the setting `editor`": chosen,
        "$VISUAL": environment.get("VISUAL", ""),
        "$EDITOR": environment.get("EDITOR", ""),
    }
    for origin, text in named.items():
        if not text.strip():
            continue
        words = _split(text, origin, how_to_choose(environment))
        if shutil.which(words[0], path=search) is None:
            raise UsageError(f"{origin} names `{words[0]}`, which is not installed", how_to_choose(environment))
        return words
    for name in FALLBACKS:
        if shutil.which(name, path=search):
            return [name]
    raise UsageError("no editor was found", how_to_choose(environment))


def at_line(command: Sequence[str], line: int) -> list[str]:
    """Return the command so that it opens its file at a line, where the editor is known to take one; 0 is nowhere."""
    known = Path(command[0]).stem.lower() in TAKE_A_LINE
    return [*command, f"+{line}"] if known and line > 0 else list(command)


def edit_file(command: Sequence[str], path: Path) -> None:
    """Open a file in the editor and wait until it is closed.

    Raises UsageError when the editor cannot be started or ends with another exit code than 0.
    """
    import subprocess

    try:
        code = subprocess.run([*command, str(path)], check=False).returncode
    except OSError as error:
        message = f"the editor `{command[0]}` did not start: {error.strerror}"
        raise UsageError(message, how_to_choose(os.environ)) from error
    if code:
        ended = f"was ended by signal {-code}" if code < 0 else f"ended with exit code {code}"
        raise UsageError(f"the editor `{command[0]}` {ended}", "try again, or choose another editor")


def edit_text(command: Sequence[str], text: str, accept: Callable[[str], T], *, suffix: str = ".md") -> T:
    """Open a text in the editor and return what `accept` makes of the result, line ends as plain line feeds.

    The temporary file goes away when `accept` returns. When it or the editor raises a MlcoachError after
    something was written, the file stays and the hint says where: no words are lost. Raises UsageError
    as `edit_file` does, and for a file that is no longer UTF-8 text.
    """
    import tempfile

    handle, name = tempfile.mkstemp(prefix="mlcoach-", suffix=suffix)
    path = Path(name)
    keep = False
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        try:
            edit_file(command, path)
            return accept(_read(path))
        except MlcoachError as error:
            keep = _holds_new_words(path, text)
            if keep:
                error.hint = "; ".join(filter(None, (error.hint, f"your text is kept in {path}")))
            raise
    finally:
        if not keep:
            path.unlink(missing_ok=True)


def _split(text: str, origin: str, hint: str) -> list[str]:
    try:
        words = shlex.split(text, posix=os.name == "posix")
    except ValueError as error:
        raise UsageError(f"{origin} cannot be read: {error}".rstrip("."), hint) from error
    words = [word.strip('"') for word in words] if os.name != "posix" else words
    if not words or not words[0]:
        raise UsageError(f"{origin} names no command", hint)
    return words


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise UsageError("what the editor saved is not UTF-8 text", "save it as UTF-8") from error
    except OSError as error:
        raise UsageError(f"what the editor saved cannot be read: {error.strerror}", "try again") from error


def _holds_new_words(path: Path, text: str) -> bool:
    try:
        found = path.read_bytes()
    except OSError:
        return False
    return bool(found.strip()) and found != text.encode()
