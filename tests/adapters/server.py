"""A server on this machine that answers as told: slowly, with refusals, with garbage, with half of it, or not at all."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Reply(NamedTuple):
    """An answer. `cut` sends only so many bytes of the length it promises; `wait` are seconds before, `drip` between
    two bytes of the body, `drip_head` between two bytes of what stands before it."""

    status: int = 200
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    cut: int = -1
    wait: float = 0.0
    drip: float = 0.0
    drip_head: float = 0.0


class Server:
    """Answers in turn with `replies`, the last one for ever; `asked` are the paths and queries that came."""

    def __init__(self) -> None:
        self.replies: list[Reply | Callable[[str], Reply]] = [Reply(404)]
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.base = ""

    def answer(self, path: str) -> Reply:
        """Return the next answer."""
        self.asked.append(path)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        return reply(path) if callable(reply) else reply


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server for the block."""
    told = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            told.agents.append(self.headers.get("User-Agent", ""))
            reply = told.answer(self.path)
            time.sleep(reply.wait)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                head = b"".join([*self._headers_buffer, b"\r\n"]) if reply.drip_head else b""
                for place in range(len(head)):
                    self.wfile.write(head[place : place + 1])
                    self.wfile.flush()
                    time.sleep(reply.drip_head)
                if not head:
                    self.end_headers()
                body = reply.body if reply.cut < 0 else reply.body[: reply.cut]
                if reply.drip:
                    for place in range(len(body)):
                        self.wfile.write(body[place : place + 1])
                        self.wfile.flush()
                        time.sleep(reply.drip)
                else:
                    self.wfile.write(body)
                self.wfile.flush()
            except OSError:
                pass  # whoever asked has hung up
            if reply.cut >= 0:
                self.close_connection = True
                self.connection.shutdown(socket.SHUT_RDWR)

        def log_message(self, format: str, *words: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass

    server = Quiet(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    told.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
