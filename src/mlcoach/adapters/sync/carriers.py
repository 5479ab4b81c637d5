"""Programs that carry a folder to other machines, by what they leave in it."""

from collections.abc import Iterator, Mapping
from pathlib import Path

# What the programs leave in the folder they carry. A folder `.dropbox` is where that program keeps its own settings,
# in every home; in the folder that it carries there is a file of that name.
_MARKS = {
    ".stfolder": "Syncthing",
    ".stversions": "Syncthing",
    ".dropbox.cache": "Dropbox",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.driveupload": "Google Drive",
    ".tmp.drivedownload": "Google Drive",
    ".owncloudsync.log": "Nextcloud or ownCloud",
    ".nextcloudsync.log": "Nextcloud",
    ".seafile-data": "Seafile",
    ".SyncID": "Resilio Sync",
    ".git": "a git repository",
    ".hg": "a Mercurial repository",
    ".jj": "a Jujutsu repository",
    ".svn": "a Subversion working copy",
}
_FILES = {".dropbox": "Dropbox"}
_PATTERNS = {".sync_*.db": "Nextcloud or ownCloud", "._sync_*.db": "Nextcloud or ownCloud"}
# Where the systems themselves put what they carry; no other folder is called so.
_SYSTEM_FOLDERS = (
    (("Library", "Mobile Documents"), "iCloud"),
    (("Library", "CloudStorage"), "a cloud storage"),
)
_VARIABLES = {"OneDrive": "OneDrive", "OneDriveConsumer": "OneDrive", "OneDriveCommercial": "OneDrive"}


def carriers(folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """Yield what carries a folder to other machines: the folder in which that shows, and what it is called."""
    for start in dict.fromkeys((folder.absolute(), folder.resolve())):
        for place in (start, *start.parents):
            yield from ((place, name) for mark, name in _MARKS.items() if _is_there(place / mark))
            yield from ((place, name) for mark, name in _FILES.items() if (place / mark).is_file())
            yield from ((place, name) for pattern, name in _PATTERNS.items() if any(place.glob(pattern)))
            yield from ((place, name) for ends, name in _SYSTEM_FOLDERS if place.parts[-2:] == ends)
        for variable, name in _VARIABLES.items():
            carried = environment.get(variable)
            if carried and start.is_relative_to(carried):
                yield Path(carried), name


def _is_there(mark: Path) -> bool:
    try:
        return mark.exists()
    except OSError:  # a folder above that nobody may look into
        return False
