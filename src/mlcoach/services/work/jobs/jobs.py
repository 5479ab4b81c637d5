"""The board of jobs and clients: how many are at each stage, how many go on, and what comes next."""

from datetime import date
from typing import TYPE_CHECKING

from mlcoach.adapters.work_files import JobEntry
from mlcoach.domain.time.study_days import format_day
from mlcoach.domain.work.jobs import (
    EARLY_TALKS,
    STAGES,
    JobState,
    StageCount,
    count_stages,
    weak_stage,
)
from mlcoach.services.work import files, paths
from mlcoach.views.work.jobs import (
    BoardView,
    JobListView,
    JobView,
    ShownJobView,
    StageView,
)

if TYPE_CHECKING:
    from mlcoach.services.context import Context

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
    entries, states = files.jobs(context), kept(context)
    jobs = [states[id] for id in entries if id in states]
    stages = count_stages(jobs, ("job", "inbound"), context.today)
    clients = count_stages(jobs, ("client",), context.today)
    weak = None if any(job.signed for job in jobs) else weak_stage(stages)  # the search is over
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
    entries, states = files.jobs(context), kept(context)
    ids = sorted((id for id in entries if id in states), key=lambda id: (states[id].moved, id), reverse=True)
    return JobListView(context.today, tuple(view_of(context, id, entries[id], states[id]) for id in ids))


def show(context: "Context", name: str) -> ShownJobView:
    """Return all that is kept of a job. Raises NotFoundError and UsageError."""
    id, entry = find(context, name)
    state = context.store.work.jobs()[id]
    path = paths.advert_path(context, id)
    advert = paths.text_of(path)
    return ShownJobView(
        view_of(context, id, entry, state),
        tuple((stage, date.fromisoformat(on)) for stage, on in state.visited),
        paths.text_of(paths.look_back_path(context, id)) or "",
        str(path) if advert is not None else "",
        len((advert or "").splitlines()),
        context.today,
    )


def find(context: "Context", name: str) -> tuple[str, JobEntry]:
    """Return the id of a job and what is known of it, by its id or employer. Raises NotFoundError and UsageError."""
    entries, states = files.jobs(context), kept(context)
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
        paths.advert_path(context, id).exists(), state.minutes, state.seconds // 60,
        state.signed,
    )  # fmt: skip


def _next(context: "Context", waiting: list[JobView], states: dict[str, JobState]) -> tuple[str, str]:
    if not waiting:
        return "Put the first employers on the board, those you want less in front.", "mlcoach job add EMPLOYER ROLE"
    signed = [view for view in waiting if view.kind != "client"] if any(job.signed for job in states.values()) else []
    if signed:
        said = f"{signed[0].employer}: you signed elsewhere; decline within a day, with thanks."
        return said, f"mlcoach job move {signed[0].id} closed"
    late = [view for view in waiting if view.by and view.by < context.today]
    if late:
        view = late[0]
        over = format_day(view.by, context.today) if view.by else ""
        if view.stage == "offer":
            return (
                f"{view.employer}: {over} is over; signed, or declined?",
                f"mlcoach job move {view.id} closed --signed",
            )
        return f"{view.employer}: {over} is over; how did it go?", f'mlcoach job note {view.id} "…"'
    first = waiting[0]
    if first.stage in ("offer", "interview", "delivered", "agreed") or first.by:
        return f"{first.employer}, {first.stage}.", command_of(first)
    talks = sum(any(stage == "talk" for stage, _ in state.visited) for state in states.values())
    found = [view for view in waiting if view.stage == "found"]
    if talks < EARLY_TALKS and found:
        words = f"{found[0].employer}: ask somebody who works there for twenty minutes, before you apply"
        return f"{words} ({talks} of {EARLY_TALKS} such talks).", "mlcoach curriculum show informational-interview"
    return f"{first.employer}, {first.stage}.", command_of(first)


def command_of(view: JobView) -> str:
    """Return the command of what comes next for a job."""
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


def kept(context: "Context") -> dict[str, JobState]:
    """Return the state of every job that was not dropped, by id."""
    return {id: state for id, state in context.store.work.jobs().items() if not state.dropped}
