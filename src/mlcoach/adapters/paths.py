"""Where things live: below `MLCOACH_HOME`, or in the platform's own places."""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

VARIABLE = "MLCOACH_HOME"


class Places(NamedTuple):
    """The four folders. Nothing here creates them."""

    config: Path
    data: Path
    cache: Path
    state: Path

    @property
    def config_file(self) -> Path:
        """The learner's settings."""
        return self.config / "config.toml"

    @property
    def curriculum(self) -> Path:
        """The learner's own subjects and overlays."""
        return self.config / "curriculum"

    @property
    def database(self) -> Path:
        """The journal and its projections."""
        return self.data / "mlcoach.db"

    @property
    def backups(self) -> Path:
        """Copies of the database, and of files that commands wrote."""
        return self.data / "backups"

    @property
    def notes(self) -> Path:
        """The learner's notes, as plain files."""
        return self.data / "notes"

    @property
    def sync(self) -> Path:
        """Where the place of `mlcoach sync` is, and its key."""
        return self.data / "sync"

    @property
    def group(self) -> Path:
        """Which group this home is in, the key for it, and what was seen of the others."""
        return self.data / "group"

    @property
    def group_file(self) -> Path:
        """Which group this home is in; not there without one."""
        return self.group / "group.json"

    @property
    def log(self) -> Path:
        """Where unexpected errors are written down."""
        return self.state / "mlcoach.log"


def find_places(environment: Mapping[str, str]) -> Places:
    """Return the four folders for this environment."""
    home = environment.get(VARIABLE)
    if home:
        root = Path(home).expanduser().absolute()
        return Places(root / "config", root / "data", root / "cache", root / "state")
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("mlcoach", appauthor=False)
    return Places(dirs.user_config_path, dirs.user_data_path, dirs.user_cache_path, dirs.user_state_path)
