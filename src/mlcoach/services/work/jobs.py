"""The jobs and clients a learner looks at: from the first advert to a signed offer, from the first word to paid."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.work_files import JobEntry, jobs_text, read_jobs
from mlcoach.domain.work.advert import LONGEST_ADVERT, plain_advert
from mlcoach.domain.work.jobs import (
    EARLY_TALKS,
    PRACTICE_FIRST,
    STAGES,
    JobState,
    StageCount,
    count_stages,
    skipped,
    weak_stage,
)
from mlcoach.domain.work_events import JobDropped, JobKind, JobMoved, JobStage, JobTimeLogged
from mlcoach.errors import UsageError
from mlcoach.services.files import OwnFiles, change
from mlcoach.services.record import record
from mlcoach.services.work import files
from mlcoach.store.append import NewEvent
from mlcoach.views.work.jobs import (
    BoardView,
    JobListView,
    JobMovedView,
    JobView,
    ShownJobView,
    StageView,
    WorkLoggedView,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mlcoach.domain.events import Body
    from mlcoach.services.context import Context

KINDS: tuple[JobKind, ...] = ("job", "client", "inbound")
SIZES = ("small", "large")
MOST_HOURS = 2_000
# What comes before a stage from which few go on, and can be changed.
WEAK = {
    "found": "few adverts become more: write to one person by name before you fill in a form",
    "talk": "talks end there: ask for a referral, and report back what you did",
    "applied": "applications stay without an answer: change the first page, the portfolio and who refers you",
    "interview": "interviews end there: mock interviews, and a card for each gap that a look back shows",
    "offer": "offers are declined or withdrawn: ask about team and terms earlier",
    "lead": "leads end there: answer within a day, with one question that shows you understood",
    "proposal": "proposals are declined: a smaller first step, with a price and an end",
    "agreed": "work is not delivered: agree on less, and say weekly how far it is",
    "delivered": "work is not paid: invoice on the day, and agree on parts paid in advance",
}
COMMANDS = {
    "found": "job move {id} talk",
    "talk": "job prep {id}",
    "applied": "job prep {id}",
    "interview": "job prep {id}",
    "offer": "job prep {id}",
    "lead": "job prep {id}",
    "proposal": "job prep {id}",
    "agreed": "log 1h job:{id}",
    "delivered": "job move {id} paid",
}


def board(context: "Context") -> BoardView:
    """Return the board: counts and rates by stage, the weak one, what is open, and the next step."""
    entries, states = files.jobs(context), _kept(context)
    jobs = [states[id] for id in entries if id in states]
    stages = count_stages(jobs, ("job", "inbound"), context.today)
    clients = count_stages(jobs, ("client",), context.today)
    weak = weak_stage(stages)
    weak_client = weak_stage(clients)
    views = [view_of(context, id, entries[id], states[id]) for id in entries if id in states]
    waiting = sorted((view for view in views if _is_open(view)), key=_turn)
    advice = " ".join(
        f"The weak stage is {one.stage}: {one.went_on} of {one.went_on + one.stayed} went on; {WEAK[one.stage]}."
        for one in (weak, weak_client)
        if one is not None
    )
    words, command = _next(context, waiting, states)
    return BoardView(
        context.today,
        tuple(_stage_view(one, weak) for one in stages) if any(view.kind != "client" for view in views) else (),
        tuple(_stage_view(one, weak_client) for one in clients) if any(view.kind == "client" for view in views) else (),
        tuple(waiting),
        len(views) - len(waiting),
        advice,
        words,
        command,
    )


def listed(context: "Context") -> JobListView:
    """Return all jobs, the last moved first."""
    entries, states = files.jobs(context), _kept(context)
    ids = sorted((id for id in entries if id in states), key=lambda id: (states[id].moved, id), reverse=True)
    return JobListView(context.today, tuple(view_of(context, id, entries[id], states[id]) for id in ids))


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
        texts: dict[Path, str | None] = {files.jobs_path(context): jobs_text(jobs)}
        if text is not None:
            texts[files.advert_path(context, id)] = text + "\n"
        _write(context, own, texts, (JobMoved(id, stage, chosen),), day)
        if same:
            notes.append(f"`{same[0]}` is of the same employer; say which by the id")
        view = view_of(context, id, jobs[id], context.store.work.jobs()[id])
        return JobMovedView(view, "added", tuple(notes), f"mlcoach job gap {id}" if text else _command(view))

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
    chosen: JobStage = next(one for one in order if one == stage)
    visited = [one for one, _ in before.visited]
    notes = []
    if chosen in visited and chosen != visited[-1] and before.stage != "closed":
        notes.append(f"back from {before.stage}: what came after {chosen} no longer counts")
    elif left := skipped(visited, chosen, before.kind):
        notes.append(f"{', '.join(left)} left out, and not counted")
    body = JobMoved(id, chosen, before.kind, by.isoformat() if by else "", round(hours * 60), team_met, negotiated)
    record(context, body, day=day, opens_day=False)
    view = view_of(context, id, entry, context.store.work.jobs()[id])
    notes += _advice(context, view, entry, context.store.work.jobs()[id])
    return JobMovedView(view, "moved", tuple(notes), _command(view))


def drop(context: "Context", name: str, day: date) -> JobMovedView:
    """Take a job off the board with its name, its advert and its notes; the journal keeps an id without a name."""
    id, entry = find(context, name)
    state = context.store.work.jobs()[id]

    def write(own: OwnFiles) -> JobMovedView:
        jobs = _read(context, own)
        jobs.pop(id, None)
        texts: dict[Path, str | None] = {files.jobs_path(context): jobs_text(jobs)}
        for path in (files.advert_path(context, id), files.look_back_path(context, id)):
            if own.read(path) is not None:
                texts[path] = None
        _write(context, own, texts, (JobDropped(id),), day)
        return JobMovedView(view_of(context, id, entry, state), "dropped", (), "")

    return change(context, write)


def show(context: "Context", name: str) -> ShownJobView:
    """Return all that is kept of a job. Raises NotFoundError and UsageError."""
    id, entry = find(context, name)
    state = context.store.work.jobs()[id]
    path = files.advert_path(context, id)
    advert = files.text_of(path)
    return ShownJobView(
        view_of(context, id, entry, state),
        tuple((stage, date.fromisoformat(on)) for stage, on in state.visited),
        files.text_of(files.look_back_path(context, id)) or "",
        str(path) if advert is not None else "",
        len((advert or "").splitlines()),
        context.today,
    )


def log_time(context: "Context", minutes: int, name: str, day: date) -> WorkLoggedView:
    """Record time worked for a client: no study time. Raises NotFoundError and UsageError."""
    id, entry = find(context, name)
    record(context, JobTimeLogged(id, minutes * 60), day=day, opens_day=False)
    return WorkLoggedView(view_of(context, id, entry, context.store.work.jobs()[id]), minutes, day)


def find(context: "Context", name: str) -> tuple[str, JobEntry]:
    """Return the id of a job and what is known of it, by its id or employer. Raises NotFoundError and UsageError."""
    entries, states = files.jobs(context), _kept(context)
    names = {id: f"{entry.employer} {entry.role}".strip() for id, entry in entries.items() if id in states}
    if name not in names:  # the employer alone says which, where it has one job
        same = [id for id in names if entries[id].employer.casefold() == name.casefold()]
        if len(same) == 1:
            return same[0], entries[same[0]]
    id = files.meant(name, names, "job", "mlcoach job list")
    return id, entries[id]


def view_of(context: "Context", id: str, entry: JobEntry, state: JobState) -> JobView:
    """Return a job as the board has it."""
    return JobView(
        id, entry.employer, entry.role, state.kind, state.stage, date.fromisoformat(state.moved),
        date.fromisoformat(state.by) if state.by else None, entry.via, entry.size, entry.practice,
        files.advert_path(context, id).exists(), state.minutes, state.seconds // 60,
    )  # fmt: skip


def _advert_text(source: str, notes: list[str]) -> str:
    text = plain_advert(source)
    if not any(character.isalpha() for character in text):
        raise UsageError("the advert has no text", "save the page as text or HTML, or pipe it in: `--advert -`")
    if len(text) > LONGEST_ADVERT - 1_000:
        notes.append(f"only the first {LONGEST_ADVERT:,} characters of the advert are kept")
    return text


def _advice(context: "Context", view: JobView, entry: JobEntry, state: JobState) -> list[str]:
    """Return what is worth a word at a new stage."""
    others = [(files.jobs(context).get(id), one) for id, one in _kept(context).items() if id != view.id]
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


def _next(context: "Context", waiting: list[JobView], states: dict[str, JobState]) -> tuple[str, str]:
    if not waiting:
        return "Put the first employers on the board, those you want less in front.", "mlcoach job add EMPLOYER ROLE"
    late = [view for view in waiting if view.by and view.by < context.today]
    if late:
        view = late[0]
        return f"{view.employer}: {view.by} is over; how did it go?", f'mlcoach job note {view.id} "…"'
    first = waiting[0]
    if first.stage in ("offer", "interview", "delivered", "agreed") or first.by:
        return f"{first.employer}, {first.stage}.", _command(first)
    talks = sum(any(stage == "talk" for stage, _ in state.visited) for state in states.values())
    found = [view for view in waiting if view.stage == "found"]
    if talks < EARLY_TALKS and found:
        words = f"{found[0].employer}: ask somebody who works there for twenty minutes, before you apply"
        return f"{words} ({talks} of {EARLY_TALKS} such talks).", "mlcoach curriculum show informational-interview"
    return f"{first.employer}, {first.stage}.", _command(first)


def _command(view: JobView) -> str:
    return f"mlcoach {COMMANDS[view.stage].format(id=view.id)}" if view.stage in COMMANDS else "mlcoach job"


def _is_open(view: JobView) -> bool:
    return view.stage not in ("closed", "paid")


def _turn(view: JobView) -> tuple[object, ...]:
    order = STAGES[view.kind]
    return (view.by or date.max, -order.index(view.stage), not view.practice, view.since, view.id)


def _stage_view(count: StageCount, weak: StageCount | None) -> StageView:
    return StageView(
        count.stage, count.here, count.came, count.went_on, count.stayed, count.rate,
        weak is not None and weak.stage == count.stage,
    )  # fmt: skip


def _kept(context: "Context") -> dict[str, JobState]:
    return {id: state for id, state in context.store.work.jobs().items() if not state.dropped}


def _read(context: "Context", own: OwnFiles) -> dict[str, JobEntry]:
    path = files.jobs_path(context)
    return read_jobs(own.text(path), path)


def _write(
    context: "Context", own: OwnFiles, texts: "Mapping[Path, str | None]", bodies: "tuple[Body, ...]", day: date
) -> None:
    own.write(texts, new=[NewEvent(body, day, day != context.today) for body in bodies])
