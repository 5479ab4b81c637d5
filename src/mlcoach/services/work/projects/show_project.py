"""A project as screens show it: its stage, numbers, notes, and the commits of its repository by week."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from mlcoach.domain.day.progress import DayState
from mlcoach.domain.time.weeks import monday_of
from mlcoach.domain.work.projects import (
    PREFIX,
    STATUSES,
    Metric,
    ProjectState,
    current_project,
    gain,
    number_in,
)
from mlcoach.services.work.projects.folders import folder_of
from mlcoach.services.work.projects.projects import projects
from mlcoach.services.work.projects.stages import next_step, stage_of, stages
from mlcoach.views.work.project import (
    CommitWeekView,
    FolderView,
    MetricView,
    ProjectLineView,
    ProjectListView,
    ProjectNoteView,
    ProjectStepView,
    ProjectView,
    StageVerdictView,
    WeekProjectView,
    WhereView,
)

if TYPE_CHECKING:
    from mlcoach.domain.events import Event
    from mlcoach.services.context import Context

WEEKS = 8  # of commits
LATEST_NOTES = 5


def where(context: "Context") -> WhereView:
    """Return where the learner is: the project under way, the others, and the ideas."""
    known = projects(context)
    id = current_project(known.items())
    lines = listed(context).projects
    return WhereView(
        project_view(context, id, known[id]) if id else None,
        tuple(line for line in lines if line.status == "doing" and line.id != id),
        tuple(line for line in lines if line.status == "idea"),
    )


def listed(context: "Context", *, every: bool = False) -> ProjectListView:
    """Return the projects under way and the ideas, with `every` those that ended too; of ideas the best first."""
    known = projects(context)
    shown = [_line(context, id, state) for id, state in known.items() if every or state.status in ("doing", "idea")]
    return ProjectListView(
        tuple(
            sorted(
                shown,
                key=lambda line: (STATUSES.index(line.status), -sum(line.scores), -known[line.id].touched, line.id),
            )
        )
    )


def _line(context: "Context", id: str, state: ProjectState) -> ProjectLineView:
    found = stages(context, state)
    stage = stage_of(found, state)
    by = date.fromisoformat(state.decide_by) if state.decide_by else None
    return ProjectLineView(
        id=id,
        title=state.title,
        status=state.status,
        stage=stage.number,
        of=len(found),
        stage_title=stage.title,
        done=sum(step.done for step in stage.steps),
        steps=len(stage.steps),
        minutes=state.seconds // 60,
        last_day=date.fromisoformat(state.last_day) if state.last_day else None,
        scores=state.scores,
        decide_by=by,
        overdue=state.status == "idea" and by is not None and by < context.today,
    )


def project_view(context: "Context", id: str, state: ProjectState) -> ProjectView:
    """Return all that is known of a project."""
    found = stages(context, state)
    stage = stage_of(found, state)
    titles = {one.number: one.title for one in found}
    return ProjectView(
        id=id,
        title=state.title,
        status=state.status,
        template=state.template,
        stage=stage.number,
        of=len(found),
        stage_title=stage.title,
        stages=tuple(one.title for one in found),
        steps=tuple(
            ProjectStepView(
                step.item.id, step.checklist, step.item.text, step.item.why, step.done, step.needed, step.gate
            )
            for step in stage.steps
        ),
        metrics=tuple(map(_metric, sorted(state.metrics, key=lambda one: one.what != "model"))),
        verdicts=tuple(
            StageVerdictView(
                one.stage,
                titles.get(one.stage, ""),
                one.verdict,
                date.fromisoformat(one.day),
                one.note,
                one.seconds // 60,
            )
            for one in state.verdicts
        ),
        notes=tuple(ProjectNoteView(date.fromisoformat(note.day), note.text) for note in state.notes[-LATEST_NOTES:]),
        minutes=state.seconds // 60,
        began=date.fromisoformat(state.began) if state.began else None,
        scores=state.scores,
        decide_by=date.fromisoformat(state.decide_by) if state.decide_by else None,
        folder=_folder(context, id),
        next=_next(context, id, state),
    )


def _metric(metric: Metric) -> MetricView:
    value, target = number_in(metric.value), number_in(metric.target)
    reached = value is not None and target is not None and (value <= target if metric.lower else value >= target)
    better = gain(metric)
    return MetricView(
        metric.what, metric.name, metric.baseline, metric.target, metric.value,
        None if better is None else round(better, 6), reached,
    )  # fmt: skip


def _next(context: "Context", id: str, state: ProjectState) -> str:
    """Return the command that goes on with a project."""
    if state.status == "idea":
        return f"mlcoach project new {id}"
    if state.status != "doing":
        return 'mlcoach project new "TITLE"'
    step = next_step(stage_of(stages(context, state), state))
    only = current_project(projects(context).items()) == id
    of = "" if only else f" --project {id}"
    if step is None:
        return f"mlcoach project finish{of} --verdict go-on"
    if context.store.timer() is None and not _worked_today(context.store.day(context.today), id):
        return f"mlcoach start {PREFIX}{id}"
    return f"mlcoach project check {step.item.id}{of}"


def _worked_today(day: DayState, id: str) -> bool:
    return f"{PREFIX}{id}" in day.units


def _folder(context: "Context", id: str) -> FolderView | None:
    folder = folder_of(context, id)
    if folder is None:
        return None
    if not folder.is_dir():
        moved = f"it is not there on this machine; if it moved: mlcoach project folder NEW --project {id}"
        return FolderView(str(folder), problem=moved)
    from mlcoach.adapters.habit.git import commit_instants

    monday = monday_of(context.today)
    first = monday - timedelta(days=7 * (WEEKS - 1))
    zone = context.now.tzinfo
    found = commit_instants(folder, datetime.combine(first, time(), zone), context.now, context.environment)
    weeks = Counter(monday_of(datetime.fromtimestamp(instant, zone).date()) for instant in found.instants)
    return FolderView(
        str(folder),
        tuple(CommitWeekView(week, weeks[week]) for week in (first + timedelta(days=7 * n) for n in range(WEEKS))),
        f"no commits are counted: {found.problem}" if found.problem and not found.instants else found.problem,
    )


def week_projects(context: "Context", events: "Iterable[Event]") -> tuple[WeekProjectView, ...]:
    """Return the projects that the events of a week tell of, those with most minutes first."""
    from mlcoach.domain.events import TimeLogged, TimerStopped
    from mlcoach.domain.time.study_days import MICROSECONDS

    if not context.store.has_projects():
        return ()
    seconds: Counter[str] = Counter()
    for event in events:
        body = event.body
        if isinstance(body, TimeLogged) and body.work:
            seconds[body.work.removeprefix(PREFIX)] += body.seconds
        elif isinstance(body, TimerStopped) and body.work:
            seconds[body.work.removeprefix(PREFIX)] += max(0, body.ended - body.began) // MICROSECONDS
    known = projects(context)
    return tuple(
        WeekProjectView(id, state.title, spent // 60, len(state.steps), line.stage, line.of)
        for id, spent in seconds.most_common()
        if (state := known.get(id)) and (line := _line(context, id, state))
    )
