"""A place in a PostgreSQL database: a table in which a row is a file. `#name` behind the address tells several apart.

Who asks is said as for other programs: by the address, `PGPASSWORD`, `~/.pgpass` or a service file. A password in the
address would be kept and shown with it, so it is refused.
"""

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mlcoach.adapters.sync.place import (
    LARGEST,
    MOST_FILES,
    Listing,
    PlaceGoneError,
    PlaceRefusesError,
    StrangeFile,
    UnreadableError,
)
from mlcoach.domain.text import one_line
from mlcoach.errors import MissingExtraError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMES = ("postgresql://", "postgres://")
PATIENCE = 30  # seconds for a connection
_TABLE = """CREATE TABLE IF NOT EXISTS mlcoach_files (
    place text NOT NULL, name text NOT NULL, content bytea NOT NULL, PRIMARY KEY (place, name))"""
_LISTED = "SELECT name, octet_length(content) FROM mlcoach_files WHERE place = %s ORDER BY name LIMIT %s"
_GOT = "SELECT content FROM mlcoach_files WHERE place = %s AND name = %s"
_PUT = "INSERT INTO mlcoach_files (place, name, content) VALUES (%s, %s, %s) ON CONFLICT (place, name) DO "
_REMOVED = "DELETE FROM mlcoach_files WHERE place = %s AND name = %s"
_HINT = "may this user use it, and is there a network? what you do here waits for the next time"


class PostgresPlace:
    """The rows of one place in a database. Each is there for others as soon as it is put."""

    _connection: Any = None

    def __init__(self, address: str) -> None:
        """Raise UsageError for an address with a password, or one that cannot be read."""
        try:
            parts = urlsplit(address)
            has_password = parts.password is not None or "password=" in parts.query
        except ValueError as error:
            raise UsageError(
                f"`{address:.200}` is not the address of a database", "postgresql://host/database"
            ) from error
        if has_password:
            raise UsageError(
                "the address of a place holds no password: it is kept and shown", "put it into ~/.pgpass or PGPASSWORD"
            )
        self._address = address
        self._place = parts.fragment
        self._database = parts._replace(fragment="").geturl()
        self._has_table = False

    @property
    def address(self) -> str:
        """The address of the database."""
        return self._address

    def listing(self) -> Listing:
        """Return what is there now. Raises PlaceGoneError."""
        from_table = self._ask("SELECT to_regclass('mlcoach_files') IS NOT NULL", ())
        self._has_table = bool(from_table[0][0])
        if not self._has_table:
            return Listing({}, [])
        rows = self._ask(_LISTED, (self._place, MOST_FILES + 1))
        if len(rows) > MOST_FILES:
            raise PlaceGoneError(f"`{self.address}` has more files than a place can have", "look what they are")
        strange = [StrangeFile(name, "larger than any file of a place") for name, size in rows if size > LARGEST]
        return Listing({name: size for name, size in rows if size <= LARGEST}, strange)

    def get(self, name: str) -> bytes:
        """Return a file. Raises UnreadableError for one that is not there, PlaceGoneError."""
        rows = self._ask(_GOT, (self._place, name))
        if not rows:
            raise UnreadableError("it is not there")
        return bytes(rows[0][0])

    def put(self, name: str, content: bytes, *, again: bool = False) -> None:
        """Put a file; one that is there stays, unless it is to be put `again`. Raises PlaceRefusesError."""
        if not self._has_table:
            self._write(_TABLE, ())
            self._has_table = True
        self._write(
            _PUT + ("UPDATE SET content = EXCLUDED.content" if again else "NOTHING"), (self._place, name, content)
        )

    def remove(self, name: str) -> None:
        """Remove a file. Raises PlaceRefusesError."""
        self._write(_REMOVED, (self._place, name))

    def finish(self) -> None:
        """Do nothing: what was put is there."""

    def _ask(self, words: str, values: "Sequence[object]") -> list[Any]:
        connection, errors = self._connected()
        try:
            return list(connection.execute(words, values, prepare=False).fetchall())
        except errors.Error as error:
            raise PlaceGoneError(f"the place `{self.address}` cannot be read: {_reason(error)}", _HINT) from error

    def _write(self, words: str, values: "Sequence[object]") -> None:
        try:
            connection, errors = self._connected()
        except PlaceGoneError as error:
            raise PlaceRefusesError(error.message, error.hint) from error
        try:
            connection.execute(words, values, prepare=False)
        except errors.Error as error:
            raise PlaceRefusesError(f"the place `{self.address}` cannot be written: {_reason(error)}", _HINT) from error

    def _connected(self) -> tuple[Any, Any]:
        """Return the connection, made on first use and again where it broke, and the library."""
        try:
            import psycopg
        except ImportError as error:
            raise MissingExtraError(
                "a place in PostgreSQL needs the package psycopg", "install it: pip install 'mlcoach[postgres]'"
            ) from error
        if self._connection is None or self._connection.closed:
            try:
                self._connection = psycopg.connect(
                    self._database, autocommit=True, connect_timeout=PATIENCE, application_name="mlcoach"
                )
            except psycopg.Error as error:
                raise PlaceGoneError(
                    f"the place `{self.address}` cannot be reached: {_reason(error)}", _HINT
                ) from error
        return self._connection, psycopg

    def __del__(self) -> None:
        if self._connection is not None:
            self._connection.close()


def _reason(error: Exception) -> str:
    """Return what the database said, in one line."""
    lines = [one_line(line) for line in str(error).splitlines() if line.strip()]
    found = lines[-1] if lines and "failed:" in lines[-1] else (lines[0] if lines else "it gave no reason")
    return found.rpartition("FATAL: ")[2].strip()[:160]
