"""A small HTTP forwarder: what the TLS front and the recorder are made of."""

import http.client
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "trailer", "upgrade", "proxy-connection"}


@dataclass
class Message:
    """A request, or an answer to one."""

    headers: list[tuple[str, str]]
    body: bytes
    method: str = ""
    path: str = ""
    status: int = 0

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name), "")

    def replaced(self, **headers):
        """The same with headers in the place of others; `None` takes one away."""
        names = {name.replace("_", "-") for name in headers}
        kept = [(name, value) for name, value in self.headers if name.lower() not in names]
        added = [(name.replace("_", "-"), value) for name, value in headers.items() if value is not None]
        return Message([*kept, *added], self.body, self.method, self.path)


@dataclass
class Upstream:
    """Where requests go on to; one connection a thread."""

    port: int
    threads: threading.local = field(default_factory=threading.local)

    def send(self, request: Message) -> Message:
        for fresh in (False, True):
            connection = None if fresh else getattr(self.threads, "connection", None)
            reused = connection is not None
            if connection is None:
                connection = self.threads.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            try:
                connection.putrequest(request.method, request.path, skip_host=True, skip_accept_encoding=True)
                for name, value in request.headers:
                    if name.lower() not in HOP_BY_HOP | {"content-length"}:
                        connection.putheader(name, value)
                if request.body or request.method in ("POST", "PUT", "PATCH"):
                    connection.putheader("content-length", str(len(request.body)))
                connection.endheaders(request.body or None)
                answer = connection.getresponse()
                return Message(answer.getheaders(), answer.read(), status=answer.status)
            except (http.client.RemoteDisconnected, ConnectionError):
                connection.close()
                self.threads.connection = None
                if not reused:
                    raise
        raise ConnectionError("nobody answers")


class Server(ThreadingHTTPServer):
    """Listens on this machine only, and gives each request to a function."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, answer, port=0, tls=None):
        self.answer = answer
        self.tls = tls
        super().__init__(("127.0.0.1", port), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def finish_request(self, request, client_address):
        # The handshake belongs in the connection's own thread: one that hangs holds nobody up.
        if self.tls:
            request = self.tls.wrap_socket(request, server_side=True)
        super().finish_request(request, client_address)

    def handle_error(self, request, client_address):
        pass  # a client that went away


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def one(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        answer = self.server.answer(Message(self.headers.items(), body, self.command, self.path))
        self.send_response_only(answer.status)
        for name, value in answer.headers:
            if name.lower() not in HOP_BY_HOP | {"content-length"}:
                self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = one

    def log_message(self, *_):
        pass
