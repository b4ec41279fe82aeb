"""One emulated cloud: started in a clean environment on free ports, gone when it is left."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

REGION = "eu-west-1"
ACCOUNT = "000000000000"
# The emulator's root: it may do everything, and its signature is not checked.
ROOT = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Emulator:
    """ministack with IAM enforced. Functions find SNS and CodeDeploy at the recorder, everything else here."""

    def __init__(self, folder: Path, recorder_port: int):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "emulator.log"
        self.recorder_url = f"http://127.0.0.1:{recorder_port}"
        self.process = None

    def __enter__(self):
        # Whatever stands in this environment would stand in every function's too.
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "TMPDIR": str(self.folder),
            "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(self.port), "EDGE_PORT": str(self.port),
            "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0",  # both would listen on every address
            "AUTH": "true", "MINISTACK_REGION": REGION, "MINISTACK_ACCOUNT_ID": ACCOUNT,
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ENDPOINT_URL_SNS": self.recorder_url, "AWS_ENDPOINT_URL_CODEDEPLOY": self.recorder_url,
        }
        program = Path(__file__).with_name("stricter.py")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen([sys.executable, program], env=environment, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log,
                                            stderr=subprocess.STDOUT, start_new_session=True)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=2).read()
                return self
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.1)
        self.__exit__()
        raise SystemExit(f"The emulator did not start:\n{self.log.read_text(errors='replace')[-4000:]}")

    def __exit__(self, *_):
        stop(self.process)
        # A function's environment is a process of its own; one that outlived the emulator still runs out of our folder.
        for process in running_from(self.folder):
            os.kill(process, signal.SIGKILL)


def stop(process):
    """Ends a process that we started, and what it started."""
    if process is None:
        return
    for sign, patience in ((signal.SIGTERM, 5), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            pass
        try:
            process.wait(patience)
            return
        except subprocess.TimeoutExpired:
            continue


def run(command, **how):
    """Runs a program to its end; if we are told to end meanwhile, so is it, with all that it started."""
    process = subprocess.Popen(command, start_new_session=True, **how)
    try:
        return process.wait()
    except BaseException:
        stop(process)
        raise


def running_from(folder):
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            program = os.readlink(entry / "exe")
        except OSError:
            continue
        if program.startswith(f"{folder}/"):
            yield int(entry.name)
