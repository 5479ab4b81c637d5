"""Asking web pages whether they are still there, politely: no page is read, a host gets one question at a time."""

import socket
from collections import defaultdict
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin, urlsplit

from mlcoach import __version__

if TYPE_CHECKING:
    import httpx

AT_ONCE = 8  # questions
SECONDS = 15.0  # for one answer
MOST_HOPS = 6
GONE = frozenset({404, 410})
FOR_GOOD = frozenset({301, 308})
# Servers that do not answer HEAD as they answer a browser.
ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 501})


class Answer(NamedTuple):
    """What became of an address.

    `verdict` is fine, moved (for good; `address` is the new one), dead, unsure (the server refuses or fails), or
    silent (nothing answered, which may be this machine's fault).
    """

    verdict: str
    detail: str = ""
    address: str = ""


def ask_links(
    urls: Iterable[str],
    told: Callable[[int, int], None] = lambda done, total: None,
    transport: "httpx.BaseTransport | None" = None,
) -> dict[str, Answer]:
    """Ask every address once, several at a time, and return the answers. `told` hears (done, total).

    Addresses in private networks are not asked: a file from somebody else must not knock at the learner's devices.
    """
    from concurrent.futures import ThreadPoolExecutor, as_completed

    import httpx

    wanted = list(dict.fromkeys(urls))
    hosts: dict[str, Lock] = defaultdict(Lock)
    for url in wanted:
        _ = hosts[_host(url)]  # made here, in one thread
    resolve = transport is None
    headers = {"User-Agent": f"mlcoach/{__version__} (looks whether links still work)"}
    answers: dict[str, Answer] = {}
    with (
        httpx.Client(timeout=SECONDS, headers=headers, transport=transport) as client,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):

        def ask(url: str) -> Answer:
            with hosts[_host(url)]:
                return _follow(client, url, resolve=resolve)

        waiting = {pool.submit(ask, url): url for url in wanted}
        try:
            for done, future in enumerate(as_completed(waiting), 1):
                answers[waiting[future]] = future.result()
                told(done, len(wanted))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return {url: answers[url] for url in wanted}


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _follow(client: "httpx.Client", url: str, *, resolve: bool) -> Answer:
    """Ask an address and follow where it leads."""
    import httpx

    address, for_good = url, True
    for _ in range(MOST_HOPS):
        if not _is_public(address, resolve=resolve):
            return Answer("unsure", "it leads into a private network and was not asked")
        try:
            response = _ask(client, address)
        except httpx.TimeoutException:
            return Answer("silent", f"no answer within {SECONDS:g} seconds")
        except httpx.ConnectError as error:
            return Answer("silent", f"no connection: {error}")
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            return Answer("unsure", str(error) or type(error).__name__)
        if not response.is_redirect:
            break
        for_good = for_good and response.status_code in FOR_GOOD
        address = urljoin(address, response.headers.get("location", ""))
    else:
        return Answer("unsure", f"it leads on more than {MOST_HOPS} times")
    status = response.status_code
    if status in GONE:
        return Answer("dead", f"the server answers {status}")
    if status >= 400:
        return Answer("unsure", f"the server answers {status}")
    if address != url and for_good:
        return Answer("moved", f"it moved to {address}", address)
    return Answer("fine")


def _ask(client: "httpx.Client", url: str) -> "httpx.Response":
    """Return the head of an answer; of a page that wants to be fetched, not more than its head either."""
    response = client.head(url)
    if response.status_code in ASK_AGAIN:
        with client.stream("GET", url) as streamed:
            return streamed
    return response


def _is_public(url: str, *, resolve: bool) -> bool:
    """Return whether an address is on the web: http or https, and no host of a private network."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or host == "localhost" or host.endswith(".local"):
        return False
    try:
        return ip_address(host).is_global
    except ValueError:
        pass
    if not resolve:
        return True
    try:
        found = socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return True  # nobody there, which the question itself will tell, or a proxy that knows the host
    return all(ip_address(str(entry[4][0]).partition("%")[0]).is_global for entry in found)
