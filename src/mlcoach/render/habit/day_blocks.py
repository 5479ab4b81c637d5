"""The blocks of a day on a page: a verb, what it is about, how long, and the command that begins it."""

from mlcoach.domain.time.durations import format_duration
from mlcoach.render.habit.charts import text
from mlcoach.views.day import BlockView

# The words of the screen stand beside these in `mlcoach help`; a page says what to do.
VERBS = {
    "review": "Review", "study": "Study", "build": "Build", "project": "Work on", "practice": "Practise",
    "free": "Free", "paper": "Read", "close": "Write",
}  # fmt: skip


def block_lines(block: BlockView) -> list[str]:
    """Return the lines of a block as HTML."""
    mark = "✓ " if block.done else ""
    lines = [f"<strong>{mark}{VERBS[block.kind]}</strong> {text(block.title)}, {_minutes(block)}"]
    if block.done:
        return lines
    step = f"step {block.step.n} of {block.step.of}: " if block.step else ""
    if block.resource:
        lines.append(linked(step + block.resource, block.step.url if block.step else ""))
    if block.then:
        lines.append(f"then: {text(block.then)}")
    if block.command:
        lines.append(f"<code>{text(block.command)}</code>")
    return lines


def _minutes(block: BlockView) -> str:
    planned = format_duration(block.minutes)
    return f"{format_duration(block.done_minutes)} of {planned}" if 0 < block.done_minutes < block.minutes else planned


def linked(words: str, url: str) -> str:
    """Return words as a link where the address is one of the web; files of people may hold any other."""
    if not url.startswith(("https://", "http://")):
        return text(words)
    return f'<a href="{text(url)}" rel="noreferrer">{text(words)}</a>'
