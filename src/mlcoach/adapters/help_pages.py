"""The pages of the help, as they come with the program."""

from pathlib import Path

from mlcoach.adapters.settings import SETTINGS, Setting
from mlcoach.domain.help.page import SETTINGS_HERE, HelpPage, parsed

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


def filled(text: str) -> str:
    """Return a text with the list of all settings where it stands for it."""
    if SETTINGS_HERE not in text:
        return text
    # Weekdays have no default of their own; the page says in one line what all seven mean.
    listed = (setting for setting in SETTINGS if setting.default is not None)
    return text.replace(SETTINGS_HERE, "\n".join(_setting_line(setting) for setting in listed))


def _setting_line(setting: Setting) -> str:
    if isinstance(setting.default, bool):
        default = "true" if setting.default else "false"
    elif isinstance(setting.default, list):
        default = " ".join(setting.default) or "none"
    else:
        default = str(setting.default) or "empty"
    return f"- `{setting.name}` ({setting.unit}; {default}): {setting.meaning}"
