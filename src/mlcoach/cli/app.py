"""What a command gets from the shell: the services' context, and the one writer to the terminal."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

from mlcoach.domain.text import without_controls
from mlcoach.errors import ExitCode, MlcoachError, UsageError
from mlcoach.render.screen import PIPED_WIDTH, Lines, Screen
from mlcoach.services.context import Context

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from mlcoach.domain.bulk import OnProgress


YES, NO, LEAVE = ("y", "yes"), ("n", "no", "q", "quit"), ("q", "quit")


class App:
    """The composition root of one command: environment, streams, context and screen."""

    def __init__(
        self, environment: Mapping[str, str], out: TextIO, err: TextIO, color: str, words: "Sequence[str]"
    ) -> None:
        self.environment = environment
        self.screen = Screen(out, err, environment, color)
        self.context = Context(environment, kept_words(words))
        self.context.confirm = self.confirm if self.screen.interactive else None
        self.context.choose = self.choose if self.screen.interactive else None
        self.context.waiting = self.waiting
        self.as_json = False  # said before the subcommand: `mlcoach paper --json list`
        self.plain = False  # said with --plain: words alone, nothing drawn or redrawn
        self.screen.wants_plain = lambda: self.is_plain
        self.screen.fitting = self._fitting
        self.pages = True  # long screens go through the pager

    @property
    def is_plain(self) -> bool:
        """Whether screens are words alone: said with --plain or in the settings. Settings that are broken say no."""
        if not self.plain:
            try:
                self.plain = bool(self.context.settings.get("plain"))
            except Exception:  # asked also while an error is shown, which must not be lost to another one
                return False
        return self.plain

    def _fitting(self, command: str, room: int) -> str:
        """Return a command in a form for so much room; most screens have enough, and never come here."""
        if len(command) <= room:
            return command
        from mlcoach.cli.short_commands import ShortCommands

        self.screen.fitting = ShortCommands(self.context)
        return self.screen.fitting(command, room)

    def another_context(self) -> Context:
        """Return a context of its own for one look at the world, for commands that last."""
        return Context(self.environment, self.context.command_text)

    def waiting(self, words: str) -> "AbstractContextManager[OnProgress]":
        """Return a bar for long work that no command asked for; it comes only where there is much to do."""
        from mlcoach.render import waiting_bar

        return waiting_bar.waiting_bar(self.screen, words, waiting_bar.LONG)

    def show(self, kind: str, view: Any, as_json: bool, lines: Callable[..., Lines]) -> None:
        """Print a view: as one JSON document, or as the lines that a function of `render` makes of it."""
        if as_json or self.as_json:
            from mlcoach.render.json import document

            self.screen.text(document(kind, view, ascii_only=not self.screen.knows_unicode))
        else:
            self._show_lines(lines(view, self._room()))
        self.flush_notices()

    def show_before_questions(self, lines: Lines, question: str = "", *, on_stderr: bool = False) -> None:
        """Print what the first question is about; what is longer than the terminal stops where a page is full, and
        leaves room for the question on its last one."""
        from mlcoach.cli.paging import show_by_pages

        stream = self.screen.err if on_stderr else self.screen.out
        text = self.screen.error_text(lines) if on_stderr else self.screen.rendered(lines)
        if self.screen.interactive and (on_stderr or self.screen.is_terminal):
            show_by_pages(self.screen, text, stream, below=1 + len(question) // self.screen.columns)
        else:
            stream.write(text)

    def _room(self) -> int | None:
        """Return the cells that a screen is laid out for; None, as on a pipe, where it is heard: nothing is cut."""
        width = self.screen.width
        return None if width and width >= PIPED_WIDTH and self.is_plain else width

    def _show_lines(self, lines: Lines) -> None:
        """Print a screen; one that is longer than the terminal goes through the pager."""
        self.show_text(self.screen.rendered(lines))

    def show_text(self, text: str) -> None:
        """Print a text that is laid out; one that is longer than the terminal goes through the pager, in words alone
        page by page."""
        on_terminal = self.pages and self.screen.interactive and self.screen.is_terminal
        if on_terminal and text.count("\n") >= self.screen.measure()[1]:
            pager = self._pager()
            if self.is_plain and pager:
                from mlcoach.cli.paging import show_by_pages

                show_by_pages(self.screen, text, self.screen.out)
                return
            if not self.is_plain and self._page(text, pager):
                return
        self.screen.out.write(text)

    def give_keys(self) -> None:
        """Give the keys to a screen: nobody is asked a line from here on, and no pager opens, in which the key that
        was pressed once too often would act."""
        self.flush_notices()
        self.context.confirm = None
        self.pages = False

    def _pager(self) -> str:
        """Return the setting of the pager; none where the settings are broken: help is shown all the same."""
        try:
            return str(self.context.settings.get("pager"))
        except MlcoachError:
            return ""

    def _page(self, text: str, pager: str) -> bool:
        """Show a text in the learner's pager, and return whether there is one."""
        from mlcoach.adapters.pager import show_in_pager

        return show_in_pager(text, pager, self.environment, self.screen.out)

    def answer(self, kind: str, view: Any, as_json: bool, lines: Callable[..., Lines]) -> None:
        """Print the short answer of a small command, as `show` prints a screen."""
        if as_json or self.as_json:
            self.show(kind, view, as_json, lines)
        else:
            self.screen.brief(lines(view, self._room()))
        self.flush_notices()

    def flush_notices(self) -> None:
        """Print what services noticed on the way, once, on stderr."""
        for notice in dict.fromkeys(self.context.notices):
            self.screen.note(f"note: {notice}")
        self.context.notices.clear()

    def hint(self, text: str) -> None:
        """Print a hint on stderr."""
        self.screen.note(text)

    def ask(self, question: str, default: str = "") -> str:
        """Return the learner's answer. Raises UsageError without a terminal."""
        if not self.screen.interactive:
            raise UsageError(f"`{question}` needs an answer, and this is not a terminal", "pass --yes or the answer")
        shown = f" [{default}]" if default else ""
        self.screen.prompt(f"{question}{shown} ")
        return without_controls(self.screen.read_line()).strip() or default

    def confirm(self, question: str, *, default: bool = False) -> bool:
        """Return the learner's yes or no; other words are asked again. Raises UsageError without a terminal."""
        while True:
            answer = self.ask(f"{question} (y/n)", "y" if default else "n").lower()
            if answer in YES or answer in NO:
                return answer in YES
            self.hint("write y for yes or n for no; enter takes what stands in brackets")

    def choose(self, question: str, offered: "Sequence[tuple[str, str]]") -> int | None:
        """Return the place of the one that the learner chooses by its number, None for an empty answer."""
        wide = max(len(name) for name, _ in offered)
        self.screen.error([[(question, "strong")]])
        self.screen.error(
            [[(f"  {n}  {name:{wide}}  {title}", "")] for n, (name, title) in enumerate(offered, start=1)]
        )
        while True:
            answer = self.ask(f"Which one? Type its number, 1 to {len(offered)}; enter or q leaves:")
            if answer.lower() in ("", *LEAVE):
                return None
            if answer.isascii() and answer.isdecimal() and 1 <= int(answer) <= len(offered):
                return int(answer) - 1
            self.hint(f"`{answer[:40]}` is not a number from 1 to {len(offered)}")

    def show_error(self, error: MlcoachError, as_json: bool) -> None:
        """Print an error: text on stderr, and with --json a document on stdout."""
        from mlcoach.render.errors import error_lines, error_view

        if as_json:
            from mlcoach.render.json import document

            self.screen.text(document("error", error_view(error), ascii_only=not self.screen.knows_unicode))
        self.screen.error(error_lines(error))

    def show_interrupted(self, as_json: bool) -> None:
        """Say that Ctrl-C ended the command; whatever was acknowledged before is saved."""
        error = MlcoachError("interrupted", "what was acknowledged before is saved")
        error.exit_code = ExitCode.INTERRUPTED
        error.code = "interrupted"
        self.show_error(error, as_json)

    def show_unexpected(self, error: BaseException, as_json: bool) -> None:
        """Say in three lines that something is wrong with the program itself, and keep the traceback in the log."""
        kept = f"the details are in {self.context.places.log}\nmlcoach itself is wrong here; `--debug` shows where"
        if not self._log(error):
            kept = "the details could not be kept; run it again with --debug"
        self.show_error(MlcoachError(f"unexpected: {type(error).__name__}: {error}", kept), as_json)

    def as_damage(self, error: BaseException) -> MlcoachError | None:
        """Return what is damaged in the store where an unexpected error comes from that; the log keeps its traceback.

        None where the store is whole: then the program itself is wrong.
        """
        from mlcoach.services.upkeep.doctor import find_damage

        damage = find_damage(self.context)
        if damage is not None:
            self._log(error)
        return damage

    def _log(self, error: BaseException) -> bool:
        """Keep a traceback in the log, and return whether it could be kept."""
        import traceback

        from mlcoach.private_files import append_to

        log = self.context.places.log
        try:
            with append_to(log) as file:
                file.write(f"$ mlcoach {self.context.command_text}\n")
                file.write("".join(traceback.format_exception(error)) + "\n")
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Print what is left to say and close what was opened."""
        self.flush_notices()
        if self.context.is_writing:
            self._sync_by_itself()
        self.context.close()

    def _sync_by_itself(self) -> None:
        """Start a sync in the background after a command that wrote, where the learner wants that."""
        try:
            if self.context.settings.get("sync.auto"):
                from mlcoach.services.sync.automatic import begin

                begin(self.context)
        except Exception:  # whatever is wrong, the command itself is done; `status` and `doctor` say more
            return


# Commands whose words name other people: of what was typed the journal and the log keep only which command it was.
PRIVATE = ("people", "job")
VERBS = ("add", "list", "show", "log", "drop", "move", "prep", "note", "gap")


def kept_words(words: "Sequence[str]") -> str:
    """Return of a command line what may be kept: all of it, of people and jobs the command alone.

    Time for a job is logged as `log 1h job:…`; its words behind that may name the job again. Where a project's folder
    is concerns this machine alone, and the journal goes to others.
    """
    spoken = [word for word in words if not word.startswith("-")]
    if spoken and spoken[0] in PRIVATE:
        return " ".join(spoken[:2] if spoken[1:2] and spoken[1] in VERBS else spoken[:1])
    for number, word in enumerate(words):
        if word.lower().startswith("job:"):
            return _quoted([*words[:number], "job:…"])
    return _quoted(_without_folder(words, spoken[1:2]) if spoken[:1] == ["project"] else words)


def _without_folder(words: "Sequence[str]", verb: "Sequence[str]") -> list[str]:
    behind = ("--at", "folder") if verb == ["folder"] else ("--at",)
    kept: list[str] = []
    for before, word in zip(("", *words), words, strict=False):
        is_folder = before in behind
        kept.append("…" if is_folder else "--at=…" if word.startswith("--at=") else word)
    return kept


def _quoted(words: "Sequence[str]") -> str:
    """Return the words as they could be typed again."""
    return " ".join(word if word and not set(word) & set(" \t\n\"'$`\\;&|<>()*?") else repr(word) for word in words)
