"""Asking links, against a web of the test's own: nothing here leaves the machine."""

from collections import Counter

import httpx
import pytest

from mlcoach.adapters.web import Answer, ask_links

PAGES = {
    "https://fine.example/": 200,
    "https://gone.example/": 410,
    "https://missing.example/page": 404,
    "https://closed.example/": 403,
    "https://broken.example/": 503,
}
MOVES = {
    "https://old.example/": (301, "https://fine.example/"),
    "https://other.example/login": (302, "https://fine.example/"),
    "https://relative.example/a": (308, "/b"),
    "https://circle.example/": (302, "https://circle.example/"),
    "https://inward.example/": (301, "http://192.168.0.1/admin"),
    "https://script.example/": (301, "javascript:alert(1)"),
}


def web(asked: Counter[str]) -> httpx.MockTransport:
    def answer(request: httpx.Request) -> httpx.Response:
        url = str(request.url)
        asked[f"{request.method} {url}"] += 1
        if url in MOVES:
            status, to = MOVES[url]
            return httpx.Response(status, headers={"location": to})
        if url == "https://relative.example/b":
            return httpx.Response(200)
        if url == "https://shy.example/":
            return httpx.Response(405 if request.method == "HEAD" else 200)
        if url == "https://slow.example/":
            raise httpx.ReadTimeout("slow")
        if url in PAGES:
            return httpx.Response(PAGES[url])
        raise httpx.ConnectError("nobody there")

    return httpx.MockTransport(answer)


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
        ("http://localhost:8000/", "unsure"),
        ("http://127.0.0.1/", "unsure"),
        ("http://[::1]/", "unsure"),
        ("http://10.0.0.1/reboot", "unsure"),
        ("https://[broken/", "unsure"),
        ("https://example.org:notaport/", "unsure"),
    ],
)
def test_what_becomes_of_a_link(url: str, verdict: str) -> None:
    assert ask_links([url], transport=web(Counter()))[url].verdict == verdict


def test_private_hosts_are_never_asked() -> None:
    asked: Counter[str] = Counter()
    ask_links(["http://10.0.0.1/", "http://printer.local/", "https://inward.example/"], transport=web(asked))
    assert list(asked) == ["HEAD https://inward.example/"]


def test_every_address_is_asked_once_and_progress_is_told() -> None:
    asked: Counter[str] = Counter()
    told: list[tuple[int, int]] = []
    urls = ["https://fine.example/", "https://gone.example/", "https://fine.example/"]
    answers = ask_links(urls, lambda done, total: told.append((done, total)), web(asked))
    assert list(answers) == urls[:2]
    assert asked["HEAD https://fine.example/"] == 1
    assert told == [(1, 2), (2, 2)]


def test_a_moved_page_says_where_to() -> None:
    answers = ask_links(["https://old.example/"], transport=web(Counter()))
    assert answers["https://old.example/"] == Answer(
        "moved", "it moved to https://fine.example/", "https://fine.example/"
    )
