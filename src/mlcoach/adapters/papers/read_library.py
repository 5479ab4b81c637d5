"""A reference manager's file as it is found -> its entries, whatever it is encoded as and whichever format it has."""

from pathlib import Path

from mlcoach.adapters.papers.library import Broken, Library
from mlcoach.domain.bulk import OnProgress, silent
from mlcoach.domain.decoding import decoded
from mlcoach.errors import InvalidFileError, NotFoundError

MOST_BYTES = 30_000_000  # an entry of BibTeX takes one kilobyte or two


def read_library(path: Path, on_progress: OnProgress = silent) -> Library:
    """Return the papers of a BibTeX or CSL-JSON file; which of the two it is, its text says.

    `on_progress` hears (entries read, entries in all). Raises NotFoundError for no file, InvalidFileError for one that
    is neither.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InvalidFileError(f"`{path}` is larger than {MOST_BYTES // 1_000_000} MB", "import it in parts")
        text, guessed = decoded(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError(f"no file `{path}`", "check the file name") from error
    except OSError as error:
        raise InvalidFileError(f"cannot read `{path}`: {error.strerror}", "make it a readable file") from error
    except ValueError as error:  # a path with a NUL in it
        raise NotFoundError("no such file", "check the file name") from error
    library = _parsed(path, text, on_progress)
    if not guessed:
        return library
    return library._replace(doubts=(Broken("the file", guessed), *library.doubts))


def _parsed(path: Path, text: str, on_progress: OnProgress) -> Library:
    if text.lstrip().startswith(("[", "{")):
        from mlcoach.adapters.papers import csl

        try:
            return csl.read(text, on_progress)
        except ValueError as error:
            raise InvalidFileError(f"`{path}` cannot be read: {error}", "export it again as CSL-JSON") from error
    from mlcoach.adapters.papers import bibtex

    library = bibtex.read(text, on_progress)
    if not library.entries and not library.broken:
        raise InvalidFileError(
            f"`{path}` holds no entry of BibTeX and no CSL-JSON", "export it again as one of the two"
        )
    return library
