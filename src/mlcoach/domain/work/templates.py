"""The templates a project can begin with, and how the name of its package follows from its title."""

import keyword

from mlcoach.domain.papers.ids import slug

TEMPLATES = {
    "cli": "a model behind a command",
    "reproduce": "a result of a paper, reproduced in small",
    "kaggle-replay": "the recipe of a past winner, then a change of your own",
    "one-day": "a first version in a day, shown to one person",
}
LONGEST_PACKAGE = 40
FALLBACK = "project"


def package_name(title: str) -> str:
    """Return a name for a Python package made of a title: lower-case words with underscores, never a keyword."""
    words = [word for word in slug(title).split("-") if word.isascii()]
    name = "_".join(words)[:LONGEST_PACKAGE].strip("_")
    if not name or not name.isidentifier() or keyword.iskeyword(name):
        name = f"{FALLBACK}_{name}".strip("_") if name else FALLBACK
    return name if name.isidentifier() else FALLBACK
