"""Getting ready for the next stage of a job, and looking back on it."""

import shlex
from datetime import date
from typing import TYPE_CHECKING

from mlcoach.domain.text import checked, one_line
from mlcoach.domain.work_events import JobNoted, JobStage, JobStepChecked
from mlcoach.errors import NotFoundError, UsageError
from mlcoach.services.files import OwnFiles, change
from mlcoach.services.record import record
from mlcoach.services.work import paths
from mlcoach.services.work.jobs import gap
from mlcoach.services.work.jobs.jobs import find, view_of
from mlcoach.store.append import NewEvent
from mlcoach.views.work.jobs import GapCardView, LookBackView, PrepItemView, PrepView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlcoach.services.context import Context

# The checklist of what comes next, by the stage a job is at.
CHECKLISTS: dict[JobStage, str] = {
    "found": "informational-interview", "talk": "informational-interview", "applied": "interview-preparation",
    "interview": "interview-preparation", "offer": "offer", "lead": "client-red-flags", "proposal": "client-proposal",
    "agreed": "client-expectations", "delivered": "client-after", "paid": "client-after", "closed": "search",
}  # fmt: skip
MOST_GAPS = 5


def prep(context: "Context", name: str) -> PrepView:
    """Return how to prepare for what is next of a job. Raises NotFoundError and UsageError."""
    id, entry = find(context, name)
    state = context.store.work.jobs()[id]
    listing = CHECKLISTS[state.stage]
    checklist = context.catalog.checklist(listing)
    if checklist is None:
        raise NotFoundError(f"the checklist `{listing}` is not there", "`mlcoach curriculum list` shows all of them")
    done = {step for of, step in state.checked if of == listing}
    items = tuple(PrepItemView(one.id, one.text, one.why, one.group, one.id in done) for one in checklist.items)
    stories = paths.text_of(paths.stories_path(context)) or ""
    titles = tuple(one_line(line.lstrip("#")) for line in stories.splitlines() if line.startswith("## "))
    advert = paths.text_of(paths.advert_path(context, id))
    about_talks = listing in ("interview-preparation", "informational-interview")
    return PrepView(
        view_of(context, id, entry, state),
        (date.fromisoformat(state.by) - context.today).days if state.by else None,
        listing,
        checklist.title,
        items,
        titles if listing == "interview-preparation" else (),
        str(paths.stories_path(context)) if listing == "interview-preparation" else "",
        gap.lacking(context, advert, MOST_GAPS) if advert and about_talks else (),
    )


def check(context: "Context", name: str, steps: "Sequence[str]", day: date, *, done: bool = True) -> PrepView:
    """Tick steps of the checklist of a job's stage, by id or its beginning. Raises NotFoundError and UsageError."""
    view = prep(context, name)
    bodies = []
    for step in steps:
        fits = [item.id for item in view.items if item.id == step] or [
            item.id for item in view.items if step and item.id.startswith(step)
        ]
        if len(fits) != 1:
            known = ", ".join(fits or [item.id for item in view.items])
            kind = UsageError if fits else NotFoundError
            raise kind(f"no step `{step:.40}` of {view.checklist}" if not fits else f"`{step}` is ambiguous", known)
        bodies.append(JobStepChecked(view.job.id, view.checklist, fits[0], done))
    record(context, *bodies, day=day, opens_day=False)
    return prep(context, view.job.id)


def note(context: "Context", name: str, text: str, gaps: "Sequence[str]", day: date) -> LookBackView:
    """Write the look back on a job into its file of notes; each gap gets the command that makes a card of it.

    Raises NotFoundError for the job, and UsageError for a bad or empty text.
    """
    text = checked(text, "note")
    gaps = [checked(one, "gap", 500) for one in gaps]
    if not text and not any(gaps):
        raise UsageError("the note is empty", 'write it: `mlcoach job note ID "what they asked" --gap "what lacked"`')
    id, entry = find(context, name)
    path = paths.look_back_path(context, id)

    def write(own: OwnFiles) -> None:
        before = own.text(path) or f"# {entry.employer} {entry.role}".rstrip() + "\n"
        lines = [before.rstrip("\n"), "", f"## {day.isoformat()}", ""]
        lines += [text, ""] if text else []
        lines += [f"- gap: {one}" for one in gaps if one]
        new = [NewEvent(JobNoted(id), day, day != context.today)]
        own.write({path: "\n".join(lines).rstrip("\n") + "\n"}, new=new)

    change(context, write)
    cards = []
    for one in gaps:
        unit = gap.unit_for(context, one)
        command = f'mlcoach cards new {unit or "UNIT"} -q {shlex.quote(one)} -a "…"'
        cards.append(GapCardView(one, unit, command))
    return LookBackView(view_of(context, id, entry, context.store.work.jobs()[id]), str(path), tuple(cards))
