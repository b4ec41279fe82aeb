"""Stands between the functions and SNS, and keeps what is sent: the emulator does not keep pushes. It is CodeDeploy too, which is not there."""

import json
import threading
from urllib.parse import parse_qsl

from .forwarding import Message, Server, Upstream


class Recorder:
    """Every call that came is at `GET /recorded`, in order, as JSON."""

    def __init__(self):
        self.calls = []
        self.lock = threading.Lock()
        self.upstream = None
        self.server = Server(self.answer)
        self.port = self.server.server_address[1]

    def leads_to(self, emulator_port):
        self.upstream = Upstream(emulator_port)

    def answer(self, request: Message) -> Message:
        if request.path == "/recorded":
            with self.lock:
                body = json.dumps(self.calls).encode()
            return Message([("content-type", "application/json")], body, status=200)
        target = request.header("x-amz-target")
        if target.startswith("CodeDeploy"):
            parameters = {"Action": target.partition(".")[2], **json.loads(request.body)}
            body = json.dumps({"lifecycleEventHookExecutionId": parameters.get("lifecycleEventHookExecutionId")}).encode()
            answer = Message([("content-type", "application/x-amz-json-1.1")], body, status=200)
        else:
            parameters = dict(parse_qsl(request.body.decode(), keep_blank_values=True))
            answer = self.upstream.send(request)  # `Host` stays as it was signed
        with self.lock:
            self.calls.append({"parameters": parameters, "status": answer.status})
        return answer
