"""A place in storage that speaks S3, over a server of it on this machine."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.request import Request, urlopen

import pytest

from mlcoach.adapters.sync.place import PlaceGoneError, PlaceRefusesError, UnreadableError
from mlcoach.adapters.sync.s3 import S3Place
from mlcoach.errors import UsageError
from tests.conftest import Compiled, Program
from tests.services.sync.lives import Life

pytest.importorskip("obstore", reason="obstore is not installed")
server = pytest.importorskip("moto.server", reason="moto's server is not installed")
# Its sockets are closed when they are collected.
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")]
BUCKET = "s3://studies/five/of-us"
NAME = "journal/aa/1-2-00.jsonl.z.age"


def environment(address: str) -> dict[str, str]:
    return {
        "AWS_ACCESS_KEY_ID": "ada", "AWS_SECRET_ACCESS_KEY": "x", "AWS_REGION": "us-east-1", "AWS_ENDPOINT_URL": address,
    }  # fmt: skip


@pytest.fixture(scope="module")
def storage() -> Iterator[dict[str, str]]:
    """A server with an empty bucket; what the environment says of it."""
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    try:
        host, port = running.get_host_and_port()
        address = f"http://{host}:{port}"
        signed = {"Authorization": "AWS4-HMAC-SHA256 Credential=ada/20261128/us-east-1/s3/aws4_request"}
        with urlopen(Request(f"{address}/studies", method="PUT", data=b"", headers=signed)):
            yield environment(address)
    finally:
        running.stop()


@pytest.fixture
def refusing() -> Iterator[Callable[[int, str], dict[str, str]]]:
    """Return what starts storage that answers everything with one error of S3."""
    started: list[HTTPServer] = []

    def start(status: int, code: str) -> dict[str, str]:
        class Refusal(BaseHTTPRequestHandler):
            def answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length") or 0))
                body = f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>no</Message></Error>".encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_GET = do_PUT = do_DELETE = do_POST = answer

            def log_message(self, *_: object) -> None:
                pass

        http = HTTPServer(("127.0.0.1", 0), Refusal)
        started.append(http)
        Thread(target=http.serve_forever, daemon=True).start()
        return environment(f"http://127.0.0.1:{http.server_port}")

    yield start
    for http in started:
        http.shutdown()
        http.server_close()


def test_what_one_puts_others_get(storage: dict[str, str]) -> None:
    one, two = S3Place(f"{BUCKET}/one", storage), S3Place(f"{BUCKET}/one/", storage)
    assert one.address == two.address == "s3://studies/five/of-us/one"
    assert one.listing() == ({}, [])
    one.put(NAME, b"first")
    one.put("format.toml", b"")
    two.put(NAME, b"second")  # put once, though this one has not looked
    assert two.listing() == ({NAME: 5, "format.toml": 0}, [])
    assert two.get(NAME) == b"first"
    with pytest.raises(UnreadableError):
        two.get("files/none.age")
    two.put(NAME, b"whole again", again=True)
    two.remove("format.toml")
    two.remove("never there")
    assert one.listing().sizes == {NAME: 11}
    assert S3Place(f"{BUCKET}/on", storage).listing().sizes == {}  # a prefix ends where its name does


def test_addresses_that_are_none_are_refused() -> None:
    for address in ("s3://", "s3://A/b", "s3://studies/../x", "s3://studies/a b", "s3://studies//x", "s3://st\nx/y"):
        with pytest.raises(UsageError, match="is not the address of a bucket"):
            S3Place(address, {})


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (400, "ExpiredToken", "the credentials have expired"),
        (403, "InvalidAccessKeyId", "the credentials are not accepted"),
        (403, "AccessDenied", "these credentials have no right to it"),
        (403, "RequestTimeTooSkewed", "the clock of this machine is too far off"),
    ],
)
def test_a_refusal_is_one_sentence(
    refusing: Callable[[int, str], dict[str, str]], status: int, code: str, told: str
) -> None:
    place = S3Place(BUCKET, refusing(status, code))
    with pytest.raises(PlaceGoneError) as gone:
        place.listing()
    assert gone.value.message == f"the place `{BUCKET}` cannot be reached: {told}"
    with pytest.raises(PlaceGoneError, match=told):
        place.get(NAME)
    for write in (lambda: place.put(NAME, b"x"), lambda: place.remove(NAME)):
        with pytest.raises(PlaceRefusesError) as refused:
            write()
        assert refused.value.message == f"the place `{BUCKET}` cannot be written: {told}"


def test_no_bucket_and_no_network_are_one_sentence(storage: dict[str, str]) -> None:
    with pytest.raises(PlaceGoneError, match="there is no such bucket"):
        S3Place("s3://no-such-bucket/x", storage).listing()
    with pytest.raises(PlaceGoneError, match="nothing answers there"):
        S3Place(BUCKET, environment("http://127.0.0.1:9")).listing()


def test_two_machines_and_three_learners_live_over_a_bucket(
    storage: dict[str, str], tmp_path: Path, compiled_cache: Compiled
) -> None:
    homes = {name: Program(tmp_path / name) for name in ("ada", "ada2", "ben", "cleo")}
    for name, home in homes.items():
        compiled_cache.copy_to(home.home)
        home.environment |= {"MLCOACH_MACHINE": name, **storage}
        home.at("2026-11-28T20:00:00+01:00")
    ada, second = homes["ada"], homes["ada2"]
    ada("log 45m vectors")
    ada(f"sync init {BUCKET}/mine")
    second(f"sync join {BUCKET}/mine", stdin=(ada.home / "data/sync/key.txt").read_text())
    assert second("log").out == ada("log").out
    ada(f"group start {BUCKET}/group --name ada")
    for name in ("ben", "cleo"):
        homes[name](f"group join {BUCKET}/group --name {name}")
        ada(f"group add {name} {(homes[name].home / 'data/group/key.txt').read_text().splitlines()[1].split()[-1]}")
    for week in range(4):
        for program in (ada, homes["ben"], homes["cleo"]):
            program.at("2026-11-28T20:00:00+01:00").later(days=7 * week)
            program(f"log {30 + week}m vectors")
            program("group")
    rows = json.loads(ada("group --json").out)["data"]["rows"]
    assert [(row["name"], row["minutes"]) for row in rows] == [("ada", 33), ("ben", 33), ("cleo", 33)]
    ada("group remove ben")
    assert "is not open to your key" in homes["ben"]("group", expect=3).err


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(25))
def test_three_devices_that_live_at_random_come_to_agree(
    storage: dict[str, str], tmp_path: Path, compiled_cache: Compiled, seed: int
) -> None:
    life = Life(tmp_path, compiled_cache, seed, "elsewhere", address=f"{BUCKET}/{seed}", environment=storage)
    life.live(life.random.randint(10, 40))
    life.settle()
