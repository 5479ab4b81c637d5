"""Asking links, against a web of the test's own: nothing here leaves the machine."""

import json
import socket
import time
from collections import Counter
from pathlib import Path
from threading import Event

import httpx2
import pytest

from mlcoach.adapters.curriculum import links as adapter
from mlcoach.adapters.curriculum.links import AT_ONCE, LinkAnswer, ask_links
from tests.adapters.server import Reply, serving
from tests.conftest import Program

PAGES = {
    "https://fine.example/": 200,
    "https://gone.example/": 410,
    "https://missing.example/page": 404,
    "https://closed.example/": 403,
    "https://broken.example/": 503,
    "https://choices.example/": 300,
    "https://unchanged.example/": 304,
    "https://nowhere.example/": 301,
}
MOVES = {
    "https://old.example/": (301, "https://fine.example/"),
    "https://other.example/login": (302, "https://fine.example/"),
    "https://relative.example/a": (308, "/b"),
    "https://circle.example/": (302, "https://circle.example/"),
    "https://inward.example/": (301, "http://192.168.0.1/admin"),
    "https://script.example/": (301, "javascript:alert(1)"),
    "https://empty.example/": (302, ""),
    "https://bracket.example/": (301, "http://[bad"),
    "https://slashes.example/": (301, "//[x"),
    "https://hostless.example/": (301, "http://]/"),
}
FAILURES: dict[str, httpx2.TransportError] = {
    "https://slow.example/": httpx2.ReadTimeout("slow"),
    "https://far.example/": httpx2.ConnectTimeout("far"),
    "https://crowded.example/": httpx2.PoolTimeout("crowded"),
    "https://proxied.example/": httpx2.ProxyError("407 Proxy Authentication Required"),
    "https://cut.example/": httpx2.ReadError("cut"),
}


def web(asked: Counter[str]) -> httpx2.MockTransport:
    def answer(request: httpx2.Request) -> httpx2.Response:
        url = str(request.url)
        asked[f"{request.method} {url}"] += 1
        if url in MOVES:
            status, to = MOVES[url]
            return httpx2.Response(status, headers={"location": to})
        if url == "https://relative.example/b":
            return httpx2.Response(200)
        if url == "https://shy.example/":
            return httpx2.Response(405 if request.method == "HEAD" else 200)
        if url in FAILURES:
            raise FAILURES[url]
        if url in PAGES:
            return httpx2.Response(PAGES[url])
        raise httpx2.ConnectError("nobody there")

    return httpx2.MockTransport(answer)


@pytest.mark.parametrize(
    ("url", "verdict"),
    [
        ("https://fine.example/", "fine"),
        ("https://gone.example/", "dead"),
        ("https://missing.example/page", "dead"),
        ("https://closed.example/", "unsure"),
        ("https://broken.example/", "unsure"),
        ("https://shy.example/", "fine"),
        ("https://slow.example/", "silent"),
        ("https://nobody.example/", "silent"),
        ("https://old.example/", "moved"),
        ("https://other.example/login", "fine"),
        ("https://relative.example/a", "moved"),
        ("https://circle.example/", "unsure"),
        ("https://inward.example/", "unsure"),
        ("https://script.example/", "unsure"),
        ("https://choices.example/", "unsure"),
        ("https://unchanged.example/", "unsure"),
        ("https://nowhere.example/", "unsure"),
        ("https://empty.example/", "unsure"),
        ("https://bracket.example/", "unsure"),
        ("https://slashes.example/", "unsure"),
        ("https://hostless.example/", "unsure"),
        ("https://far.example/", "silent"),
        ("https://crowded.example/", "silent"),
        ("https://proxied.example/", "silent"),
        ("https://cut.example/", "unsure"),
    ],
)
def test_what_becomes_of_a_link(url: str, verdict: str) -> None:
    assert ask_links([url], transport=web(Counter()))[url].verdict == verdict


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost:8000/",
        "http://localhost./",
        "http://router/",
        "http://router./",
        "http://2130706433/",
        "http://127.1/",
        "http://0x7f.0.0.0x1/",
        "http://printer.local/",
        "http://printer.local./",
        "http://PRINTER.LOCAL/",
        "http://metadata.google.internal/",
        "http://app.localhost/",
        "http://127.0.0.1/",
        "http://127.0.0.1./",
        "http://10.0.0.1/reboot",
        "http://169.254.169.254/",
        "http://224.0.0.1/",
        "http://[::1]/",
        "http://[::10.0.0.1]/",
        "http://[ff0e::1]/",
        "http://[fec0::1]/",
        "http://[fe80::1%25eth0]/",
        "http://[2606:4700::1%25.fine.example]/",
        "http://[2002:c0a8:101::1]/",
        "http://[64:ff9b::c0a8:101]/",
        "http://[64:ff9b::808:808]/",
        "http://[64:ff9b:1::c0a8:101]/",
        "http://[::ffff:10.0.0.1]/",
        "http://reader@10.0.0.1/",
        "http://fine.example\\@10.0.0.1/",
        "https://[broken/",
        "https://example.org:notaport/",
        "https:///path",
        "ftp://fine.example/",
    ],
)
def test_what_is_not_on_the_public_web_is_never_asked(url: str) -> None:
    asked: Counter[str] = Counter()
    assert ask_links([url], transport=web(asked))[url].verdict == "private"
    assert not asked


def test_nor_is_it_asked_where_a_page_leads_there() -> None:
    asked: Counter[str] = Counter()
    url = "https://inward.example/"
    answer = ask_links([url], transport=web(asked))[url]
    assert answer == LinkAnswer(
        "unsure", "it leads to http://192.168.0.1/admin, not asked: its host belongs to a private network"
    )
    assert list(asked) == ["HEAD https://inward.example/"]


@pytest.mark.parametrize(
    ("found", "public"),
    [
        (["93.184.216.34"], True),
        (["93.184.216.34", "10.0.0.1"], False),
        (["fe80::1%eth0"], False),
        (["224.0.0.1"], False),
        (["2002:c0a8:101::1"], False),
        (["::ffff:93.184.216.34"], True),
        (["::ffff:10.0.0.1"], False),
        # A network of IPv6 alone looks every host up like this.
        (["64:ff9b::5db8:d822", "93.184.216.34"], True),
        (["64:ff9b::c0a8:101"], False),
    ],
)
def test_a_name_is_as_public_as_every_address_it_has(
    found: list[str], public: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(0, 0, 0, "", (one, 443)) for one in found])
    for name in ("fine.example", "8.8.8.8%25.fine.example"):
        assert (adapter._refusal(f"https://{name}/", resolve=True) == "") == public


@pytest.mark.parametrize(
    ("url", "detail"),
    [
        ("https://choices.example/", "the server answers 300"),
        ("https://unchanged.example/", "the server answers 304"),
        ("https://nowhere.example/", "the server answers 301"),
        ("https://empty.example/", "the server answers 302"),
    ],
)
def test_a_page_that_leads_nowhere_is_asked_once(url: str, detail: str) -> None:
    asked: Counter[str] = Counter()
    assert ask_links([url], transport=web(asked))[url].detail == detail
    assert asked == {f"HEAD {url}": 1}


def test_a_bad_page_does_not_keep_the_others_from_being_asked() -> None:
    urls = ["https://bracket.example/", "https://fine.example/"]
    assert [answer.verdict for answer in ask_links(urls, transport=web(Counter())).values()] == ["unsure", "fine"]


def test_a_slow_host_does_not_keep_the_others_waiting() -> None:
    quick = {f"https://quick{number}.example/" for number in range(20)}
    slow = [f"https://slow.example/{number}" for number in range(3 * AT_ONCE)]
    answered: set[str] = set()
    all_quick = Event()
    in_time: list[bool] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.host == "slow.example":
            in_time.append(all_quick.wait(0 if in_time else 5))
        else:
            answered.add(str(request.url))
            if answered == quick:
                all_quick.set()
        return httpx2.Response(200)

    answers = ask_links([*slow, *sorted(quick)], transport=httpx2.MockTransport(answer))
    assert in_time == [True] * len(slow)
    assert len(answers) == len(slow) + len(quick)


def test_a_host_is_asked_one_thing_at_a_time() -> None:
    at_once: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        host = request.url.host.rstrip(".")
        assert host not in at_once
        at_once.append(host)
        time.sleep(0.01)
        at_once.remove(host)
        return httpx2.Response(200)

    urls = [f"https://{host}/{page}" for page in range(4) for host in ("one.example", "ONE.example.", "two.example")]
    answers = ask_links(urls, transport=httpx2.MockTransport(answer))
    assert {one.verdict for one in answers.values()} == {"fine"}


@pytest.mark.parametrize("status", [200, 302])
@pytest.mark.parametrize("hosts", [1, 30])
def test_an_interrupt_ends_the_asking(status: int, hosts: int) -> None:
    asked: list[str] = []
    before: list[int] = []
    interrupted = Event()

    def answer(request: httpx2.Request) -> httpx2.Response:
        first = not asked
        asked.append(str(request.url))
        if first:
            return httpx2.Response(200)
        interrupted.wait(5)
        time.sleep(0.05)
        return httpx2.Response(status, headers={"location": str(request.url)} if status == 302 else {})

    def told(done: int, total: int) -> None:
        before.append(len(asked))
        interrupted.set()
        raise KeyboardInterrupt

    urls = [f"https://host{number % hosts}.example/{number}" for number in range(60)]
    with pytest.raises(KeyboardInterrupt):
        ask_links(urls, told, httpx2.MockTransport(answer))
    assert len(before) == 1
    assert len(asked) - before[0] <= min(hosts, AT_ONCE) + 2


def test_what_goes_wrong_here_is_raised_here() -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        raise RuntimeError("a mistake")

    with pytest.raises(RuntimeError, match="a mistake"):
        ask_links(["https://fine.example/"], transport=httpx2.MockTransport(answer))


def test_every_address_is_asked_once_and_progress_is_reported() -> None:
    asked: Counter[str] = Counter()
    told: list[tuple[int, int]] = []
    urls = ["https://fine.example/", "https://gone.example/", "https://fine.example/"]
    answers = ask_links(urls, lambda done, total: told.append((done, total)), web(asked))
    assert list(answers) == urls[:2]
    assert asked["HEAD https://fine.example/"] == 1
    assert told == [(1, 2), (2, 2)]


def test_a_moved_page_says_where_to() -> None:
    answers = ask_links(["https://old.example/"], transport=web(Counter()))
    assert answers["https://old.example/"] == LinkAnswer(
        "moved", "it moved to https://fine.example/", "https://fine.example/"
    )


class TestTheCommand:
    """`mlcoach curriculum check --links`, which says what each verdict means."""

    @pytest.fixture
    def own(self, mlcoach: Program) -> Path:
        text = 'schema = 1\nover = "math.la"\n[resources.mine]\ntitle = "Mine"\nurl = "https://192.168.1.1/a"\n'
        return mlcoach.write("config/curriculum/mine.toml", text)

    @pytest.fixture(autouse=True)
    def no_network(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # The look-up of names, too, would leave the machine.
        monkeypatch.setattr(
            adapter, "ask_links", lambda urls, told: ask_links(urls, told, httpx2.MockTransport(self.silence))
        )

    @staticmethod
    def silence(request: httpx2.Request) -> httpx2.Response:
        raise httpx2.ConnectError("nobody there")

    def test_a_private_address_does_not_count_as_an_answer(self, mlcoach: Program, own: Path) -> None:
        error = mlcoach("curriculum check --links", expect=6).err
        assert "no connection: nobody there" in error
        assert "look at your network" in error

    def test_a_private_address_alone_says_nothing_about_the_network(self, mlcoach: Program, own: Path) -> None:
        data = json.loads(mlcoach(f"curriculum check {own} --links --json").out)["data"]
        assert [(one["code"], one["message"]) for one in data["warnings"]] == [
            (
                "unsure-link",
                "the link of `mine` (Mine) was not asked: its host belongs to a private network",
            )
        ]
        assert (data["links"]["fine"], data["links"]["unsure"]) == (0, 1)


def test_a_machine_that_is_not_connected_does_not_ask_them_all() -> None:
    asked: Counter[str] = Counter()

    def silence(request: httpx2.Request) -> httpx2.Response:
        asked[str(request.url)] += 1
        time.sleep(0.01)
        raise httpx2.ConnectError("nobody there")

    urls = [f"https://nobody{number}.example/" for number in range(200)]
    answers = ask_links(urls, transport=httpx2.MockTransport(silence))
    assert list(answers) == urls
    assert {answer.verdict for answer in answers.values()} == {"silent"}
    assert len(asked) < 100


def test_one_answer_at_the_beginning_is_enough_to_go_on() -> None:
    asked: Counter[str] = Counter()
    urls = ["https://fine.example/", *(f"https://nobody{number}.example/" for number in range(60))]
    ask_links(urls, transport=web(asked))
    assert len(asked) == 61


def test_a_head_that_drips_for_ever_is_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adapter, "WHOLE_SECONDS", 0.3)
    monkeypatch.setattr(adapter, "_refusal", lambda *_, **__: "")  # the server is on this machine
    with serving() as server:
        server.replies = [Reply(drip_head=0.05)]
        answer = ask_links([f"{server.base}/page"])[f"{server.base}/page"]
    assert answer == LinkAnswer("silent", "no answer within 0.3 seconds")
