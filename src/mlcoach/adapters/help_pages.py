"""The pages of the help, as they come with the program."""

from pathlib import Path

from mlcoach.domain.help.page import HelpPage, parsed

FOLDER = Path(__file__).parent.parent / "help_pages"
# In the order of the list: what a first week asks first.
TOPICS = (
    "days", "plan", "steps", "memory", "practice", "breaks", "forecast", "assistant", "papers", "place", "goal",
    "curriculum", "work", "jobs", "habit", "files", "settings", "machines", "phone", "group", "anki", "network",
    "scripts", "writing", "contributing", "source",
)  # fmt: skip


def read_pages() -> tuple[HelpPage, ...]:
    """Return all pages in the order of the list."""
    return tuple(parsed(name, (FOLDER / f"{name}.md").read_text(encoding="utf-8")) for name in TOPICS)
