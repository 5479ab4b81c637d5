"""A place in PostgreSQL, in a cluster that the test starts from the system's packages."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcoach.adapters.sync.place import PlaceGoneError, PlaceRefusesError, UnreadableError
from mlcoach.adapters.sync.postgres import PostgresPlace
from mlcoach.errors import UsageError
from tests.conftest import Compiled, Program
from tests.services.sync.lives import Life

NAME = "journal/aa/1-2-00.jsonl.z.age"


def test_an_address_holds_no_password() -> None:
    for address in ("postgresql://ada:secret@host/db", "postgresql://host/db?password=secret"):
        with pytest.raises(UsageError, match="holds no password") as refused:
            PostgresPlace(address)
        assert "secret" not in refused.value.message


def program(name: str) -> str:
    """Return where a program of the server is, "" for nowhere."""
    folders = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", "")])) or ""


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A server that listens in a folder only, with a database `study` and a user `reader` who may do nothing."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    if not (program("initdb") and program("pg_ctl")):
        pytest.skip("the system has no PostgreSQL server")
    folder = Path(tempfile.mkdtemp(prefix="pg"))  # a short path, as that of a socket has to be
    data = folder / "data"
    # The server refuses to run as root.
    as_whom = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}
    if as_whom:
        shutil.chown(folder, "postgres", "postgres")
    run = {"check": True, "capture_output": True, "timeout": 60, "cwd": folder, **as_whom}
    try:
        subprocess.run([program("initdb"), "-D", str(data), "-U", "ada", "-A", "trust", "-N"], **run)  # type: ignore[call-overload]
        options = f"-k {folder} -c listen_addresses='' -c fsync=off"
        start = [program("pg_ctl"), "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start"]
        subprocess.run(start, **(run | {"capture_output": False, "stdout": subprocess.DEVNULL}))  # type: ignore[call-overload]
    except (OSError, LookupError, subprocess.SubprocessError) as error:
        pytest.skip(f"the PostgreSQL server does not start here: {error}")
    import psycopg

    with psycopg.connect(f"postgresql://ada@/postgres?host={folder}", autocommit=True) as connection:
        connection.execute("CREATE DATABASE study")
        connection.execute("CREATE ROLE reader LOGIN")
    yield str(folder)
    subprocess.run([program("pg_ctl"), "-D", str(data), "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]
    shutil.rmtree(folder, ignore_errors=True)


def address(cluster: str, user: str = "ada", name: str = "") -> str:
    return f"postgresql://{user}@/study?host={cluster}" + (f"#{name}" if name else "")


@pytest.mark.slow
def test_what_one_puts_others_get(cluster: str) -> None:
    one, two, other = (PostgresPlace(address(cluster, name=name)) for name in ("", "", "other"))
    assert one.listing() == ({}, [])
    one.put(NAME, b"first")
    one.put("format.toml", b"")
    two.put(NAME, b"second")
    assert two.listing() == ({NAME: 5, "format.toml": 0}, [])
    assert two.get(NAME) == b"first"
    with pytest.raises(UnreadableError):
        two.get("files/none.age")
    two.put(NAME, b"whole again", again=True)
    two.remove("format.toml")
    two.remove("never there")
    assert one.listing().sizes == {NAME: 11}
    assert other.listing().sizes == {}


@pytest.mark.slow
def test_no_rights_and_no_server_are_one_sentence(cluster: str) -> None:
    reader = PostgresPlace(address(cluster, "reader"))
    PostgresPlace(address(cluster)).put("format.toml", b"x", again=True)
    with pytest.raises(PlaceGoneError, match=r"cannot be read: permission denied for table mlcoach_files$"):
        reader.listing()
    with pytest.raises(PlaceRefusesError, match="cannot be written: permission denied for "):
        reader.put(NAME, b"x")
    with pytest.raises(PlaceGoneError, match=r'cannot be reached: role "nobody" does not exist$'):
        PostgresPlace(address(cluster, "nobody")).listing()
    with pytest.raises(PlaceGoneError, match="cannot be reached: "):
        PostgresPlace("postgresql://ada@127.0.0.1:9/study").listing()


@pytest.mark.slow
def test_two_machines_and_three_learners_live_over_a_database(
    cluster: str, tmp_path: Path, compiled_cache: Compiled
) -> None:
    homes = {name: Program(tmp_path / name) for name in ("ada", "ada2", "ben", "cleo")}
    for name, home in homes.items():
        compiled_cache.copy_to(home.home)
        home.environment["MLCOACH_MACHINE"] = name
        home.at("2026-11-28T20:00:00+01:00")
    ada, second = homes["ada"], homes["ada2"]
    ada("log 45m vectors")
    ada(f"sync init '{address(cluster, name='mine')}'")
    second(f"sync join '{address(cluster, name='mine')}'", stdin=(ada.home / "data/sync/key.txt").read_text())
    assert second("log").out == ada("log").out
    meeting = address(cluster, name="five")
    ada(f"group start '{meeting}' --name ada")
    for name in ("ben", "cleo"):
        homes[name](f"group join '{meeting}' --name {name}")
        ada(f"group add {name} {(homes[name].home / 'data/group/key.txt').read_text().splitlines()[1].split()[-1]}")
    for week in range(4):
        for program in (ada, homes["ben"], homes["cleo"]):
            program.at("2026-11-28T20:00:00+01:00").later(days=7 * week)
            program(f"log {30 + week}m vectors")
            program("group")
    rows = json.loads(ada("group --json").out)["data"]["rows"]
    assert [(row["name"], row["minutes"]) for row in rows] == [("ada", 33), ("ben", 33), ("cleo", 33)]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(25))
def test_three_devices_that_live_at_random_come_to_agree(
    cluster: str, tmp_path: Path, compiled_cache: Compiled, seed: int
) -> None:
    life = Life(tmp_path, compiled_cache, seed, "elsewhere", address=address(cluster, name=str(seed)))
    life.live(life.random.randint(10, 40))
    life.settle()
