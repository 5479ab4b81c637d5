"""`mlcoach paper finish`"""

from typing import TYPE_CHECKING, Annotated

import typer

from mlcoach.cli.params import DayOption, Json, SomePaperWords, study_day_of

if TYPE_CHECKING:
    from mlcoach.cli.app import App

EXAMPLE = "Example: mlcoach paper finish 1706.03762 --verdict go-on --minutes 12"


def command(
    ctx: typer.Context,
    words: SomePaperWords = None,
    verdict: Annotated[
        str,
        typer.Option(
            "--verdict", metavar="VERDICT", help="go-on to the next pass, stop here, or later.", show_default=False
        ),
    ] = "",
    minutes: Annotated[
        str,
        typer.Option("--minutes", metavar="TIME", help="How long it took; it counts for the day.", show_default=False),
    ] = "",
    note: Annotated[
        str, typer.Option("--note", "-n", "-m", help="One sentence: what you take from it.", show_default=False)
    ] = "",
    changed: Annotated[
        str, typer.Option("--changed", help="What it changed your mind about.", show_default=False)
    ] = "",
    date: DayOption = "",
    as_json: Json = False,
) -> None:
    """End the pass under way with a verdict; without a paper, of the one whose turn it is.

    Unticked steps are fine, and so is stopping after the first pass."""
    from mlcoach.errors import UsageError
    from mlcoach.render.papers import passes as screen
    from mlcoach.services.papers import passes as service

    app, paper = ctx.obj, " ".join(words or ())
    if not paper and not (paper := service.current_paper(app.context)):
        raise UsageError("no paper is waiting to be read", "`mlcoach paper suggest` names some")
    day = study_day_of(app, date)
    time = 0
    if minutes:
        from mlcoach.domain.time.durations import parse_duration

        time = parse_duration(minutes)
    if not verdict:
        verdict, note = _asked(app, paper, note, as_json)
    view = service.finish(app.context, paper, verdict, day, minutes=time, note=note, changed=changed)
    app.show("paper_finish", view, as_json, screen.finished_lines)


def _asked(app: "App", paper: str, note: str, as_json: bool) -> tuple[str, str]:
    """Return the verdict and a sentence, asked for on a terminal. The last pass needs no verdict."""
    from mlcoach.domain.papers.passes import PASSES, VERDICT_MEANINGS
    from mlcoach.errors import UsageError
    from mlcoach.services.papers import passes as service

    ending = service.pass_to_finish(app.context, paper)
    can_answer = app.screen.interactive and not as_json
    if ending.reading_pass == PASSES[-1]:
        verdict = "stop"
    elif not can_answer:
        raise UsageError("finishing a pass needs --verdict", "--verdict go-on, --verdict stop or --verdict later")
    else:
        app.hint(f"{ending.title}, pass {ending.reading_pass}:")
        for word, meaning in VERDICT_MEANINGS.items():
            app.hint(f"  {word}: {meaning}")
        verdict = _verdict(app)
    return verdict, note or (app.ask("One sentence that stays of it:") if can_answer else "")


def _verdict(app: "App") -> str:
    from mlcoach.errors import UsageError
    from mlcoach.services.papers import passes as service

    while True:
        try:
            return service.verdict_of(app.ask("Verdict: go-on, stop or later?"))
        except UsageError as error:
            app.hint(f"{error.message}; {error.hint}")
