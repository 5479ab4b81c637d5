"""Whether something carries the files of the store to other machines while they are in use: then entries get lost."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from mlcoach.services.upkeep.environment_checks import advice, good
from mlcoach.views.upkeep import CheckView

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


def synced(folder: Path, environment: Mapping[str, str]) -> CheckView:
    """Return whether the data folder lies in one that a program carries to other machines, file by file."""
    for place, name in _carriers(folder, environment):
        return advice(
            "cloud",
            f"the data folder is inside {name} ({place}), which can replace the store while it is in use",
            "keep it out of there: move the folder, and point MLCOACH_HOME at it",
            "between machines carry what `mlcoach export journal` writes; `mlcoach import journal` joins it",
        )
    return good("cloud", "no sync program and no repository carries the data folder")


def _carriers(folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
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
