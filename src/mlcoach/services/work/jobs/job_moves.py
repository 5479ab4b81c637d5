"""Jobs and clients come on the board, move, and leave it; time is logged for them.

Names and adverts go into files, days and stages into the journal, both as one step of undo.
"""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.work_files import JobEntry, jobs_text, read_jobs
from mlcoach.domain.time.study_days import format_day
from mlcoach.domain.work.advert import LONGEST_ADVERT, plain_advert
from mlcoach.domain.work.jobs import PRACTICE_FIRST, STAGES, JobState, skipped
from mlcoach.domain.work_events import JobDropped, JobKind, JobMoved, JobStage, JobTimeLogged
from mlcoach.errors import UsageError
from mlcoach.services.files import OwnFiles, change
from mlcoach.services.record import record
from mlcoach.services.work import files, paths
from mlcoach.services.work.jobs import forgetting
from mlcoach.services.work.jobs.jobs import command_of, find, kept, view_of
from mlcoach.store.append import NewEvent
from mlcoach.views.work.jobs import JobMovedView, JobView, WorkLoggedView

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mlcoach.domain.events import Body
    from mlcoach.services.context import Context

KINDS: tuple[JobKind, ...] = ("job", "client", "inbound")
SIZES = ("small", "large")
MOST_HOURS = 2_000


def add(
    context: "Context",
    entry: JobEntry,
    day: date,
    *,
    kind: str = "job",
    advert: str | None = None,
) -> JobMovedView:
    """Put a job on the board, with its advert as plain text in a file of its own.

    Raises UsageError for a bad name, kind or size, and for an advert without any text.
    """
    if kind not in KINDS:
        raise UsageError(f"no kind `{kind:.40}`", f"say {', '.join(KINDS)}")
    if entry.size and entry.size not in SIZES:
        raise UsageError(f"no size `{entry.size:.40}`", f"say {', '.join(SIZES)}")
    employer = files.checked_name(entry.employer, "employer")
    role = files.checked_name(entry.role, "role") if entry.role else ""
    via = files.checked_name(entry.via, "name") if entry.via else ""
    entry = entry._replace(employer=employer, role=role, via=via)
    notes: list[str] = []
    text = _advert_text(advert, notes) if advert is not None else None
    chosen: JobKind = next(one for one in KINDS if one == kind)
    stage = STAGES[chosen][0]

    def write(own: OwnFiles) -> JobMovedView:
        jobs = _read(context, own)
        same = [id for id, other in jobs.items() if other.employer.casefold() == employer.casefold()]
        id = files.new_id((*jobs, *context.store.work.jobs()))
        jobs[id] = entry
        texts: dict[Path, str | None] = {paths.jobs_path(context): jobs_text(jobs)}
        if text is not None:
            texts[paths.advert_path(context, id)] = text + "\n"
        _write(context, own, texts, (JobMoved(id, stage, chosen),), day)
        if same:
            notes.append(f"`{same[0]}` is of the same employer; say which by the id")
        view = view_of(context, id, jobs[id], context.store.work.jobs()[id])
        return JobMovedView(view, "added", tuple(notes), f"mlcoach job gap {id}" if text else command_of(view))

    return change(context, write)


def move(
    context: "Context",
    name: str,
    stage: str,
    day: date,
    *,
    by: date | None = None,
    hours: float = 0.0,
    team_met: bool = False,
    negotiated: bool = False,
    signed: bool = False,
) -> JobMovedView:
    """Move a job to a stage, forward, over some, or back. Raises NotFoundError and UsageError."""
    id, entry = find(context, name)
    before = context.store.work.jobs()[id]
    order = (*STAGES[before.kind], "closed")
    if stage not in order:
        raise UsageError(f"no stage `{stage:.40}` of a {before.kind}", f"say {', '.join(order)}")
    if by is not None and by < day:
        raise UsageError(f"`{by}` is in the past", "`--next` names today or a day to come")
    if not 0 <= hours <= MOST_HOURS:
        raise UsageError(f"`--hours` must be 1 to {MOST_HOURS:,}, got {hours:g}")
    if signed and (stage != "closed" or before.kind == "client"):
        raise UsageError("`--signed` ends a job with an offer", f"`mlcoach job move {id} closed --signed`")
    chosen: JobStage = next(one for one in order if one == stage)
    visited = [one for one, _ in before.visited]
    notes = []
    if chosen in visited and chosen != visited[-1] and before.stage != "closed":
        notes.append(f"back from {before.stage}: what came after {chosen} no longer counts")
    elif left := skipped(visited, chosen, before.kind):
        notes.append(f"{', '.join(left)} left out, and not counted")
    stays = before.by if chosen == before.stage and before.by >= day.isoformat() else ""
    body = JobMoved(
        id, chosen, before.kind, by.isoformat() if by else stays, round(hours * 60), team_met, negotiated, signed
    )
    record(context, body, day=day, opens_day=False)
    view = view_of(context, id, entry, context.store.work.jobs()[id])
    if view.stage != chosen:
        notes.append(f"kept for {format_day(day, context.today)}; what you said for a later day holds: {view.stage}")
    after = context.store.work.jobs()[id]
    notes += _advice(context, view, entry, after)
    may_sign = view.stage == "offer" and after.team_met and after.negotiated
    command = f"mlcoach job move {id} closed --signed" if may_sign else command_of(view)
    return JobMovedView(view, "moved", tuple(notes), command)


def drop(context: "Context", name: str, day: date) -> JobMovedView:
    """Take a job off the board with its name, its advert and its notes; the journal keeps an id without a name."""
    id, entry = find(context, name)
    state = context.store.work.jobs()[id]

    def write(own: OwnFiles) -> JobMovedView:
        jobs = _read(context, own)
        jobs.pop(id, None)
        texts: dict[Path, str | None] = {paths.jobs_path(context): jobs_text(jobs)}
        for path in (paths.advert_path(context, id), paths.look_back_path(context, id)):
            if own.read(path) is not None:
                texts[path] = None
        _write(context, own, texts, (JobDropped(id),), day)
        return JobMovedView(view_of(context, id, entry, state), "dropped", (), "")

    return change(context, write)._replace(notes=forgetting.left_over(context, id, entry.employer, "mlcoach job drop"))


def erase(context: "Context", name: str, day: date) -> JobMovedView:
    """Take a job off the board for ever, with the copies that undo keeps; one that was dropped goes by its id.

    Raises as `drop` does, and StoreError where a copy cannot be removed.
    """
    states = context.store.work.jobs()
    if name in states and name not in files.jobs(context):
        view = JobMovedView(view_of(context, name, JobEntry("(no name)"), states[name]), "dropped", (), "")
    else:
        view = drop(context, name, day)
    number = forgetting.erase_copies(context, view.job.id)
    said = f"{number} {'copy' if number == 1 else 'copies'} erased; undo cannot bring anything back"
    named = [note for note in view.notes if "--erase" not in note]
    elsewhere = "other machines keep copies of their own until it is said there too"
    return view._replace(action="erased", notes=(said, *named, elsewhere))


def log_time(context: "Context", minutes: int, name: str, day: date) -> WorkLoggedView:
    """Record time worked for a client: no study time. Raises NotFoundError and UsageError."""
    id, entry = find(context, name)
    record(context, JobTimeLogged(id, minutes * 60), day=day, opens_day=False)
    return WorkLoggedView(view_of(context, id, entry, context.store.work.jobs()[id]), minutes, day)


def _advert_text(source: str, notes: list[str]) -> str:
    text = plain_advert(source)
    if not any(character.isalpha() for character in text):
        raise UsageError("the advert has no text", "save the page as text or HTML, or pipe it in: `--advert -`")
    if len(text) > LONGEST_ADVERT - 1_000:
        notes.append(f"only the first {LONGEST_ADVERT:,} characters of the advert are kept")
    return text


def _advice(context: "Context", view: JobView, entry: JobEntry, state: JobState) -> list[str]:
    """Return what is worth a word at a new stage."""
    others = [(files.jobs(context).get(id), one) for id, one in kept(context).items() if id != view.id]
    if state.signed:
        return ["Decline the others within a day, with thanks, and tell those who helped you: mlcoach people."]
    if view.stage == "offer":
        asked = [] if state.team_met else ["Have you met the team you would work with? Then add --team-met."]
        return asked if state.negotiated else [*asked, "Negotiate before you sign, never after: then add --negotiated."]
    if view.stage == "applied" and not entry.practice:
        tried = sum(bool(known and known.practice and one.stage != "found") for known, one in others)
        if tried < PRACTICE_FIRST:
            return [f"Practice first: {PRACTICE_FIRST} places you want less come before it (job add … --practice)."]
    if view.stage == "agreed" and not view.estimate_minutes:
        return ["Say how many hours were agreed: --hours 30. Logged time is held against it."]
    if view.stage == "interview" and view.by is None:
        return ["With --next DAY problems come daily until then, and have half of the minutes."]
    if view.stage == "delivered" and view.estimate_minutes:
        share = view.logged_minutes / view.estimate_minutes
        return [f"Logged {share:.0%} of what was estimated: the next estimate takes that into account."]
    return []


def _read(context: "Context", own: OwnFiles) -> dict[str, JobEntry]:
    path = paths.jobs_path(context)
    return read_jobs(own.text(path), path)


def _write(
    context: "Context", own: OwnFiles, texts: "Mapping[Path, str | None]", bodies: "tuple[Body, ...]", day: date
) -> None:
    own.write(texts, new=[NewEvent(body, day, day != context.today) for body in bodies])
