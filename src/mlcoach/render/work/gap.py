"""The screen of `job gap`: what adverts ask for and the learner has no evidence of."""

from collections.abc import Sequence

from mlcoach.render.layout import columns, paragraphs, plural
from mlcoach.render.screen import Line, Lines, prose_width
from mlcoach.views.work.gap import GapView, SkillGapView

MOST_SKILLS, MOST_WORDS = 12, 15
_WIDE = 70  # cells that all columns need


def gap_lines(view: GapView, width: int | None, *, everything: bool = False) -> Lines:
    """Return the skills that lack, by what an hour brings, those that are there, and the words not known."""
    room = prose_width(width)
    of = plural(view.adverts, "advert") if view.adverts else "what the role needs"
    shown: Lines = [[(f"The gap to {view.about}", "strong"), (f"  {of}", "muted")]]
    if view.other_languages:
        words = f"{plural(view.other_languages, 'advert')} in another language: only names of tools are found there."
        shown += paragraphs(words, room, "", "muted")
    most = len(view.missing) if everything else MOST_SKILLS
    if view.missing:
        shown += [[], *_table(view.missing[:most], view.adverts, width)]
        if len(view.missing) > most:
            shown.append([(f"  {len(view.missing) - most} more: --all", "muted")])
        shown.append([])
        shown.append([("Next: ", "muted"), (f"mlcoach start {view.missing[0].unit}", "accent")])
    else:
        shown += [[], [("Of what is taught here, nothing lacks.", "")]]
    if view.untaught:
        shown += [[], *paragraphs(f"Not taught here: {_counted(view.untaught, everything)}.", room, "", "muted")]
    if view.there:
        shown += [[], *paragraphs(f"You have: {_counted(view.there, everything)}.", room, "", "good")]
    if view.unknown_words:
        most = view.unknown_words if everything else MOST_WORDS
        words = ", ".join(f"{one.word} {one.adverts}" for one in view.unknown[:most])
        more = f" and {view.unknown_words - most} more (--all)" if view.unknown_words > most else ""
        known = plural(view.unknown_words, "word")
        shown += [[], *paragraphs(f"{known} that no role knows: {words}{more}.", room, "", "muted")]
    return shown


def _table(skills: Sequence[SkillGapView], adverts: int, width: int | None) -> Lines:
    if width is not None and width < _WIDE:
        narrow: list[Line] = [
            [(f"  {skill.name}", ""), (str(skill.adverts), ""), (skill.unit, "accent")] for skill in skills
        ]
        return columns(narrow, width, right=(1,))
    heads = ["  skill", "asked", "must", "yours", "take", "hours"] if adverts else ["  skill", "yours", "take", "hours"]
    rows: list[Line] = []
    for skill in skills:
        counted: Line = [(str(skill.adverts), ""), (str(skill.must), "")] if adverts else []
        yours = skill.evidence if skill.state == "part" else "nothing yet"
        rows.append(
            [
                (f"  {skill.name}", ""), *counted, (yours if skill.evidence != "none" else _begun(skill), "muted"),
                (skill.unit, "accent"), (f"{skill.hours:g}h", "muted"),
            ]
        )  # fmt: skip
    return columns(rows, width, flexible=3 if adverts else 1, right=(1, 2, 5) if adverts else (3,), heads=heads)


def _begun(skill: SkillGapView) -> str:
    return "begun" if skill.state == "part" else "nothing yet"


def _counted(skills: Sequence[SkillGapView], everything: bool) -> str:
    most = len(skills) if everything else MOST_WORDS
    said = ", ".join(f"{skill.name} {skill.adverts}" for skill in skills[:most])
    return said if len(skills) <= most else f"{said} and {len(skills) - most} more (--all)"
