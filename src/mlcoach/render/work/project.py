"""The screens of `mlcoach project`."""

from itertools import groupby

from mlcoach.domain.text import one_line
from mlcoach.domain.time.durations import format_duration
from mlcoach.domain.time.study_days import format_day
from mlcoach.render.layout import cells, columns, ends, pad, paragraphs, plural, tick
from mlcoach.render.screen import SPOKEN, UNDO, Line, Lines, Span, drawn, prose_width
from mlcoach.render.work.checklists import item_lines
from mlcoach.views.work.project import (
    FolderView,
    MetricView,
    ProjectChangedView,
    ProjectLineView,
    ProjectListView,
    ProjectView,
    ShownProjectView,
    WhereView,
)

BARS = "·▁▂▃▄▅▆▇█"
WHAT = {"model": "Model", "business": "Business"}
ACTIONS = {
    "begun": "Begun", "kept": "Idea kept", "ticked": "Ticked", "unticked": "Unticked", "measured": "Kept",
    "noted": "Noted", "moved": "Its folder on this machine", "dropped": "Dropped", "go-on": "Went on",
    "back": "Went back", "stop": "Stopped",
}  # fmt: skip
SCORES = ("growth", "team", "stepping stone")


def where_lines(view: WhereView, width: int | None) -> Lines:
    """Return where the learner is, and the next command."""
    room = None if width is None else prose_width(width)
    if view.project is None:
        shown: Lines = [[("No project is under way.", "strong")]]
        shown += paragraphs("Courses do not show what you can do; one project of your own, finished, does.", room)
        shown += [[], *_tip("Which one?", "mlcoach curriculum show choose-project", room)]
        shown += _tip("Keep an idea:", 'mlcoach project idea "…" --growth 2 --team 1 --stepping-stone 1 --by +7', room)
        shown += _tip("Begin:", 'mlcoach project new "…" --template one-day', room)
    else:
        shown = project_lines(view.project, width)
    for title, lines in (("Also under way", view.others), ("Ideas", view.ideas)):
        if lines:
            shown += [[], [(title, "strong")], *_table(lines, room)]
    return shown


def shown_lines(view: ShownProjectView, width: int | None) -> Lines:
    """Return one project in full."""
    return project_lines(view.project, width)


def project_lines(project: ProjectView, width: int | None) -> Lines:
    """Return one project: its stage with open steps, its numbers, what was decided, its commits, the next command."""
    room = None if width is None else prose_width(width)
    shown = _head(project, room)
    shown += _metrics(project.metrics)
    if project.status == "doing":
        for gate, steps in groupby(project.steps, key=lambda step: step.gate):
            listed = list(steps)
            done = sum(step.done for step in listed)
            if gate and done == len(listed):
                shown += [[], [*tick(True), (f"Gate: {one_line(gate)}", "muted")]]
                continue
            heading = f"Gate: {one_line(gate)}" if gate else one_line(project.stage_title)
            shown += [[], [(heading, "strong"), (f"  {done} of {len(listed)}", "muted")]]
            for step in listed:
                shown += item_lines(step.id, step.text, step.why, room, done=step.done)
    elif project.status == "idea":
        shown += [[], *_scores(project.scores)]
        if project.decide_by:
            shown.append([("Decide by ", ""), (format_day(project.decide_by), "strong")])
    shown += _history(project, room)
    if project.folder:
        shown += _folder(project.folder, room)
    return [*shown, [], *_tip("Next:", project.next, room)]


def _head(project: ProjectView, room: int | None) -> Lines:
    title = one_line(project.title)
    if room is None or cells(title) + cells(project.id) + 2 > room:
        shown: Lines = [*paragraphs(title, room, style="title"), [(project.id, "muted")]]
    else:
        shown = [ends([(title, "title")], [(project.id, "muted")], room)]
    if project.status == "doing":
        so_far: Line = [drawn(" · "), (f"{format_duration(project.minutes)} so far", "muted")]
        bar: Line = [drawn("●" * (project.stage - 1), "good"), drawn("○" * (project.of - project.stage + 1), "muted")]
        return [
            *shown,
            [(f"Stage {project.stage} of {project.of}: ", ""), (one_line(project.stage_title), "strong")],
            [*bar, *(so_far if project.minutes else [])],
        ]
    spent = f", {format_duration(project.minutes)}" if project.minutes else ""
    return [*shown, [(f"{project.status}{spent}", "muted")]]


def _metrics(metrics: tuple[MetricView, ...]) -> Lines:
    shown: Lines = []
    for metric in metrics:
        parts = [
            f"baseline {metric.baseline}" if metric.baseline else "no baseline yet",
            f"now {metric.value}" if metric.value else "",
            f"target {metric.target}" if metric.target else "",
        ]
        name = f"{WHAT[metric.what]}: {one_line(metric.name)}" if metric.name else WHAT[metric.what]
        line: Line = [(f"{name}  ", ""), (", ".join(filter(None, parts)), "muted")]
        if metric.gain is not None:
            better = "better" if metric.gain > 0 else "worse"
            told = f"  {abs(metric.gain):.3g} {better}" if metric.gain else "  no better"
            line.append((told, "good" if metric.gain > 0 else "warn"))
        if metric.reached:
            line.append((" · reached", "good"))
        shown.append(line)
    return shown


def _history(project: ProjectView, room: int | None) -> Lines:
    shown: Lines = []
    for one in project.verdicts[-4:]:
        told = f"{format_day(one.date)}: stage {one.stage} {ACTIONS[one.verdict].lower()}"
        spent = f", {format_duration(one.minutes)}" if one.minutes else ""
        note = f": {one_line(one.note)}" if one.note else ""
        shown += paragraphs(f"{told}{spent}{note}", room, style="muted")
    for kept in project.notes:
        shown += paragraphs(f"{format_day(kept.date)}: {one_line(kept.text)}", room, style="muted")
    return [[], *shown] if shown else []


def _folder(folder: FolderView, room: int | None) -> Lines:
    shown: Lines = [[], *paragraphs(one_line(folder.path), room, style="muted")]
    if any(week.commits for week in folder.weeks):
        most = max(week.commits for week in folder.weeks)
        bars = "".join(BARS[-(-week.commits * (len(BARS) - 1) // most)] for week in folder.weeks)
        total = sum(week.commits for week in folder.weeks)
        shown.append(
            [
                (bars, "accent"),
                (
                    f"  {plural(total, 'commit')} in {len(folder.weeks)} weeks, {folder.weeks[-1].commits} this week",
                    "muted",
                ),
            ]
        )
    elif folder.weeks and not folder.problem:
        shown.append([(f"no commits of yours in {len(folder.weeks)} weeks", "muted")])
    return [*shown, *(paragraphs(folder.problem, room, style="warn") if folder.problem else [])]


def _scores(scores: tuple[int, ...]) -> Lines:
    names = max(map(cells, SCORES)) + 2
    return [
        [(pad(name, names), ""), drawn("●" * score + "○" * (2 - score), "accent"), (f"{score} of 2", SPOKEN)]
        for name, score in zip(SCORES, scores, strict=False)
    ]


def list_lines(view: ProjectListView, width: int | None) -> Lines:
    """Return the projects and ideas, one a line."""
    room = None if width is None else prose_width(width)
    if not view.projects:
        return [[("No project and no idea yet.", "")], *_tip("Begin:", 'mlcoach project new "TITLE"', room)]
    return [*_table(view.projects, room), [], *_tip("One of them:", "mlcoach project show ID", room)]


def _table(lines: tuple[ProjectLineView, ...], room: int | None) -> Lines:
    rows: list[list[Span]] = []
    for line in lines:
        if line.status == "idea":
            by = f"decide by {format_day(line.decide_by)}" if line.decide_by else "no day to decide"
            state: Span = (f"idea {sum(line.scores)}/6, {by}", "warn" if line.overdue else "muted")
        elif line.status == "doing":
            state = (f"stage {line.stage} of {line.of}, {line.done}/{line.steps}", "")
        else:
            state = (line.status, "muted")
        rows.append([(line.id, "accent"), (line.title, ""), state])
    return columns(rows, room, flexible=1)


def changed_lines(view: ProjectChangedView, width: int | None) -> Lines:
    """Return what a command did to a project, and where that leaves it."""
    room = None if width is None else prose_width(width)
    project = view.project
    word = "Finished" if project.status == "finished" else ACTIONS[view.action]
    if view.action in ("ticked", "unticked"):
        shown: Lines = []
        if view.unchanged:
            state = "ticked" if view.action == "ticked" else "open"
            verb = "was" if len(view.unchanged) == 1 else "were"
            shown += paragraphs(f"{', '.join(view.unchanged)} {verb} {state} before.", room)
        if view.changed:
            shown += paragraphs(f"{word}: {', '.join(view.changed)}", room, style="strong")
        shown += [*([[]] if shown else []), *project_lines(project, width)]
        return [*shown, UNDO] if view.changed else shown
    shown = paragraphs(f"{word}: {one_line(project.title)}  {project.id}", room, style="strong")
    if view.action == "begun" and view.changed:
        shown += paragraphs(
            f"{plural(len(view.changed), 'file')} written: {', '.join(view.changed)}", room, style="muted"
        )
    if view.said:
        shown += paragraphs(view.said, room)
    if view.action == "kept" or (view.action in ("begun", "go-on", "back", "measured") and project.status == "doing"):
        shown += [[], *project_lines(project, width)]
    elif view.action == "moved" and project.folder:
        shown += paragraphs(one_line(project.folder.path), room)
    return [*shown, UNDO]


def _tip(label: str, command: str, room: int | None) -> Lines:
    if room is None or cells(label) + 1 + cells(command) <= room:
        return [[(f"{label} ", "muted"), (command, "accent")]]
    return [[(label, "muted")], [("  ", ""), (command, "accent")]]
