"""One GET, against a server on this machine that does everything a server can do to us."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mlcoach.adapters import fetch
from mlcoach.adapters.fetch import Manners, WebTrouble, get
from tests.adapters.server import Reply, Server, serving

FINE = Reply(body=b"<feed/>")


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as told:
        yield told


class Pauses:
    """Notes how long it was asked to wait instead of waiting."""

    def __init__(self) -> None:
        self.waited: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.waited.append(seconds)


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


def ask(server: Server, pauses: Pauses) -> bytes:
    return get(f"{server.base}/api/query?id_list=1", "application/atom+xml", Manners(sleep=pauses))


def trouble(server: Server, pauses: Pauses) -> str:
    with pytest.raises(WebTrouble) as caught:
        ask(server, pauses)
    return str(caught.value)


def test_an_answer_is_its_body_and_says_who_asked(server: Server, pauses: Pauses) -> None:
    server.replies = [FINE]
    assert ask(server, pauses) == b"<feed/>"
    assert server.asked == ["/api/query?id_list=1"]
    assert server.agents[0].startswith("mlcoach/")
    assert pauses.waited == []


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_busy_server_is_asked_once_more_after_as_long_as_it_says(server: Server, pauses: Pauses, status: int) -> None:
    server.replies = [Reply(status, headers=(("Retry-After", "7"),)), FINE]
    assert ask(server, pauses) == b"<feed/>"
    assert pauses.waited == [7.0]
    assert len(server.asked) == 2


def test_it_may_say_until_when_as_a_date_or_not_at_all(server: Server, pauses: Pauses) -> None:
    server.replies = [Reply(503, headers=(("Retry-After", "Fri, 31 Dec 1999 23:59:59 GMT"),)), FINE]
    ask(server, pauses)
    server.replies = [Reply(503), FINE]
    ask(server, pauses)
    server.replies = [Reply(503, headers=(("Retry-After", "soon\x7f"),)), FINE]
    ask(server, pauses)
    assert pauses.waited == [0.0, fetch.USUAL_WAIT, fetch.USUAL_WAIT]


def test_busy_twice_is_enough(server: Server, pauses: Pauses) -> None:
    server.replies = [Reply(503)]
    assert trouble(server, pauses) == "it answers 503"
    assert len(server.asked) == 2


def test_no_wait_lasts_an_hour(server: Server, pauses: Pauses) -> None:
    server.replies = [Reply(429, headers=(("Retry-After", "3600"),))]
    assert trouble(server, pauses) == "it answers 429 and wants 3600 seconds of quiet"
    assert (pauses.waited, len(server.asked)) == ([], 1)


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_refusal_is_reported(server: Server, pauses: Pauses, status: int) -> None:
    server.replies = [Reply(status, b"<html>no</html>")]
    assert trouble(server, pauses) == f"it answers {status}"
    assert len(server.asked) == 1


def test_half_a_document_is_asked_for_once_more(server: Server, pauses: Pauses) -> None:
    half = Reply(body=b"<feed><entry>" * 100, cut=50)
    server.replies = [half, FINE]
    assert ask(server, pauses) == b"<feed/>"
    server.replies = [half]
    assert trouble(server, pauses).startswith("it hangs up in the middle of its answer")


def test_a_silent_server_is_not_waited_for(server: Server, pauses: Pauses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "READ_SECONDS", 0.1)
    server.replies = [Reply(wait=0.5)]
    assert trouble(server, pauses) == "no answer within 0.1 seconds"
    assert len(server.asked) == 1


def test_an_answer_that_drips_for_ever_is_ended(
    server: Server, pauses: Pauses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "WHOLE_SECONDS", 0.2)
    server.replies = [Reply(body=b"x" * 200, drip=0.02)]
    assert trouble(server, pauses) == "its answer takes longer than 0.2 seconds"


def test_a_head_that_drips_for_ever_is_ended_too(
    server: Server, pauses: Pauses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "WHOLE_SECONDS", 0.3)
    server.replies = [Reply(body=b"<feed/>", drip_head=0.05)]
    began = time.monotonic()
    assert trouble(server, pauses) == "its answer takes longer than 0.3 seconds"
    assert time.monotonic() - began < 2
    assert len(server.asked) == 1


def test_a_head_that_drips_and_comes_in_time_is_an_answer(server: Server, pauses: Pauses) -> None:
    server.replies = [Reply(body=b"<feed/>", drip_head=0.001)]
    assert ask(server, pauses) == b"<feed/>"


def test_an_answer_without_end_is_ended(server: Server, pauses: Pauses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 1_000_000)
    server.replies = [Reply(body=b"x" * 1_000_001)]
    assert trouble(server, pauses) == "its answer is longer than 1 MB"


def test_no_connection_is_reported_at_once(pauses: Pauses) -> None:
    with pytest.raises(WebTrouble, match="no connection"):
        get("http://127.0.0.1:9/", "text/plain", Manners(sleep=pauses))
    assert pauses.waited == []


class TestRedirects:
    def test_within_a_host_they_are_followed(self, server: Server, pauses: Pauses) -> None:
        server.replies = [Reply(301, headers=(("Location", "/elsewhere?id_list=1"),)), FINE]
        assert ask(server, pauses) == b"<feed/>"
        assert server.asked == ["/api/query?id_list=1", "/elsewhere?id_list=1"]

    @pytest.mark.parametrize("location", ["http://localhost:{port}/", "https://example.org/", "//example.org/feed"])
    def test_to_another_host_they_are_not(self, server: Server, pauses: Pauses, location: str) -> None:
        port = server.base.rpartition(":")[2]
        server.replies = [Reply(302, headers=(("Location", location.format(port=port)),))]
        assert trouble(server, pauses).startswith("it leads to another host, ")
        assert len(server.asked) == 1

    def test_nor_to_a_file(self, server: Server, pauses: Pauses) -> None:
        server.replies = [Reply(302, headers=(("Location", "file:///etc/passwd"),))]
        assert trouble(server, pauses) == "it leads to another host, none, which is not asked"

    def test_a_circle_ends(self, server: Server, pauses: Pauses) -> None:
        server.replies = [Reply(302, headers=(("Location", "/again"),))]
        assert trouble(server, pauses) == "it leads on more than 3 times"


class TestGap:
    def test_two_questions_keep_the_gap_also_between_runs(self, server: Server, pauses: Pauses, tmp_path: Path) -> None:
        manners = Manners(3.0, tmp_path / "cache" / "asked", pauses)
        server.replies = [FINE]
        get(server.base, "text/plain", manners)
        assert pauses.waited == []
        get(server.base, "text/plain", manners)
        assert len(pauses.waited) == 1
        assert 2.0 < pauses.waited[0] <= 3.0

    def test_a_cache_that_cannot_be_written_is_done_without(
        self, server: Server, pauses: Pauses, tmp_path: Path
    ) -> None:
        (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
        server.replies = [FINE]
        assert get(server.base, "text/plain", Manners(3.0, tmp_path / "cache" / "asked", pauses)) == b"<feed/>"
