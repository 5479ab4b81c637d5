"""Asking web pages whether they are still there, politely: no page is read, a host gets one question at a time."""

import socket
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from mlcoach import __version__
from mlcoach.adapters.deadline import DeadlineError, within
from mlcoach.domain.bulk import OnProgress, silent

if TYPE_CHECKING:
    import httpx2

AT_ONCE = 8  # hosts
SILENT_ENOUGH = 24  # answers in a row from the beginning
SECONDS = 15.0  # of silence
WHOLE_SECONDS = 25.0  # for one answer, however it comes
MOST_HOPS = 6
GONE = frozenset({404, 410})
FOR_GOOD = frozenset({301, 308})
# Servers that do not answer HEAD as they answer a browser.
ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 501})
PRIVATE_ENDINGS = (".local", ".internal", ".localhost")
NAT64 = IPv6Network("64:ff9b::/96")
# IPv6 addresses that hold an IPv4 address, or are of one site; Python counts these among the global ones.
INWARD = (NAT64, *map(IPv6Network, ("::/96", "64:ff9b:1::/48", "2002::/16", "fec0::/10")))


class LinkAnswer(NamedTuple):
    """What became of an address.

    `verdict` is fine, moved (for good; `address` is the new one), dead, unsure (the server refuses or fails),
    silent (nothing answered, which may be this machine's fault), or private (not asked: it is not on the public web).
    """

    verdict: str
    detail: str = ""
    address: str = ""


def ask_links(
    urls: Iterable[str],
    on_progress: OnProgress = silent,
    transport: "httpx2.BaseTransport | None" = None,
) -> dict[str, LinkAnswer]:
    """Ask every address once, several hosts at a time, and return the answers. `on_progress` hears (done, total).

    Addresses in private networks are not asked: a file from another person must not knock at the learner's devices.
    The limit of that: a name is looked up here and again by httpx2, so whoever owns the name can answer the second time
    with a private address. It then gets a request without a body (HEAD, or GET of which only the head is read), and
    no more than its status or where it leads is shown.

    What `on_progress` raises, and an interrupt, ends the asking as soon as the questions already asked are answered.
    So does silence: when the first addresses asked are all silent, this machine is not connected, and the
    others stay unasked.
    """
    from concurrent.futures import ThreadPoolExecutor

    import httpx2

    hosts: dict[str, list[str]] = defaultdict(list)
    wanted = list(dict.fromkeys(urls))
    for url in wanted:
        hosts[_host(url)].append(url)
    headers = {"User-Agent": f"mlcoach/{__version__} (looks whether links still work)"}
    answers: dict[str, LinkAnswer] = {}
    heard: SimpleQueue[tuple[str, LinkAnswer] | BaseException] = SimpleQueue()
    stop = Event()
    with (
        httpx2.Client(timeout=SECONDS, headers=headers, transport=transport) as client,
        ThreadPoolExecutor(AT_ONCE) as pool,
    ):
        visitor = _Visitor(client, stop, resolve=transport is None)

        def visit(addresses: Sequence[str]) -> None:
            try:
                for url in addresses:
                    if stop.is_set():
                        return
                    heard.put((url, visitor.follow(url)))
            except BaseException as error:
                heard.put(error)  # raised where the answers are awaited

        try:
            for addresses in hosts.values():
                pool.submit(visit, addresses)
            for done in range(1, len(wanted) + 1):
                news = heard.get()
                if isinstance(news, BaseException):
                    raise news
                answers[news[0]] = news[1]
                on_progress(done, len(wanted))
                if done == SILENT_ENOUGH and all(answer.verdict == "silent" for answer in answers.values()):
                    break
        finally:
            stop.set()
    return {url: answers.get(url) or LinkAnswer("silent", "not asked, since nothing answered") for url in wanted}


class _Visitor:
    """Asks one address after the other, until `stop` is set."""

    def __init__(self, client: "httpx2.Client", stop: Event, *, resolve: bool) -> None:
        """Take a client that follows no redirects. `resolve` says whether names of hosts are looked up first."""
        self._client = client
        self._stop = stop
        self._resolve = resolve

    def follow(self, url: str) -> LinkAnswer:
        """Ask an address and follow where it leads."""
        import httpx2

        address, for_good = url, True
        for hop in range(MOST_HOPS):
            if self._stop.is_set():
                return LinkAnswer("silent", "the asking was ended")
            refusal = _refusal(address, resolve=self._resolve)
            if refusal and hop:
                return LinkAnswer("unsure", f"it leads to {address}, not asked: {refusal}")
            if refusal:
                return LinkAnswer("private", refusal)
            try:
                response = within(WHOLE_SECONDS, partial(self._ask, address))
                # Without a location (300, 304) it leads nowhere, and an empty one leads in a circle.
                location = response.headers["location"] if response.has_redirect_location else ""
                if not location:
                    break
                address = urljoin(address, location)
            except DeadlineError:
                return LinkAnswer("silent", f"no answer within {WHOLE_SECONDS:g} seconds")
            except httpx2.TimeoutException:
                return LinkAnswer("silent", f"no answer within {SECONDS:g} seconds")
            except (httpx2.ConnectError, httpx2.ProxyError) as error:
                return LinkAnswer("silent", f"no connection: {error}")
            except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as error:
                return LinkAnswer("unsure", str(error) or type(error).__name__)
            for_good = for_good and response.status_code in FOR_GOOD
        else:
            return LinkAnswer("unsure", f"it leads on more than {MOST_HOPS} times")
        status = response.status_code
        if status in GONE:
            return LinkAnswer("dead", f"the server answers {status}")
        if status >= 300:
            return LinkAnswer("unsure", f"the server answers {status}")
        if address != url and for_good:
            return LinkAnswer("moved", f"it moved to {address}", address)
        return LinkAnswer("fine")

    def _ask(self, url: str) -> "httpx2.Response":
        """Return the head of an answer; of a page that wants to be fetched, not more than its head either."""
        response = self._client.head(url)
        if response.status_code in ASK_AGAIN and not self._stop.is_set():
            with self._client.stream("GET", url) as streamed:
                return streamed
        return response


def _parts(url: str) -> "httpx2.URL | None":
    """Return an address as the client reads it, or None for what is none."""
    import httpx2

    try:
        return httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError):
        return None


def _host(url: str) -> str:
    """Return the host of an address as it is looked up, without the dot that may end it, or nothing."""
    parts = _parts(url)
    return parts.raw_host.decode("ascii").rstrip(".") if parts else ""


def _refusal(url: str, *, resolve: bool) -> str:
    """Return why an address is not to be asked, or nothing where it is one of the public web."""
    parts, host = _parts(url), _host(url)
    if parts is None or parts.scheme not in ("http", "https") or not host:
        return "it is not the address of a web page"
    return "" if _is_public(host, parts.port or 443, resolve=resolve) else "its host belongs to a private network"


def _is_public(host: str, port: int, *, resolve: bool) -> bool:
    """Return whether a host, in lower case and without a dot at its end, is one of the public internet."""
    try:
        return _is_global(host)
    except ValueError:
        pass  # a name
    # The last part of a public name is not a number: 127.1 is an address to some.
    ending = host.rpartition(".")[2]
    if "." not in host or host.endswith(PRIVATE_ENDINGS) or ending[0].isdigit():
        return False
    if not resolve:
        return True
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return True  # no such host, which the question itself will show, or a proxy that knows the host
    return all(_is_global(str(entry[4][0]), looked_up=True) for entry in found)


def _is_global(text: str, *, looked_up: bool = False) -> bool:
    """Return whether an IP address is one of the public internet. Raises ValueError for what is not an IP address.

    In a network of IPv6 alone a look-up gives NAT64 addresses, which are judged by the IPv4 address they hold.
    """
    address: IPv4Address | IPv6Address = ip_address(text)
    if isinstance(address, IPv6Address):
        if address.scope_id:
            return False  # only an address of this very network needs to name it
        if looked_up and address in NAT64:
            address = IPv4Address(int(address) & 0xFFFFFFFF)
        elif address.ipv4_mapped:
            address = address.ipv4_mapped
        elif any(address in network for network in INWARD):
            return False
    return address.is_global and not address.is_multicast
