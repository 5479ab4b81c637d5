"""Opening a page in the learner's browser."""

from pathlib import Path


def open_page(path: Path) -> bool:
    """Open a file in the browser and return whether there is one."""
    import webbrowser

    try:
        return webbrowser.open(path.absolute().as_uri())
    except (webbrowser.Error, OSError):
        return False
