#!/usr/bin/env python3
"""Deploys Countersign into an emulated cloud on this machine, and runs a command against it: `run.py cargo nextest run …`.

The command finds what was deployed in the file that COUNTERSIGN_DEPLOYED names (README.md). Afterwards nothing is left but the build, and
what was logged, in test-output/deployed.
"""

import os
import shutil
import signal
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from stand.deployment import MAIL_DOMAIN, ROOT_FOLDER, Deployment, timed, write
from stand.emulator import Emulator, run
from stand.front import Front
from stand.recorder import Recorder
from stand.times import cold_and_warm


def main(command):
    if sys.platform != "linux":
        print("The deployed test is left out: the functions are programs for Linux, and run here as they are.")
        return 0
    # Being told to end is an end like any other: what was started is stopped.
    for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sign, lambda number, _: sys.exit(128 + number))
    output = ROOT_FOLDER / "test-output" / "deployed"
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT_FOLDER / "target"))
    print("With " + ", ".join(f"{name} {version(name)}" for name in ("ministack", "aws-sam-cli", "cargo-lambda", "ziglang")), flush=True)
    folder = Path(tempfile.mkdtemp(prefix="countersign-deployed-"))
    try:
        return rehearse(command, folder, target, output)
    finally:
        for log in folder.glob("*.log"):
            shutil.copy(log, output)
        shutil.rmtree(folder, ignore_errors=True)


def rehearse(command, folder, target, output):
    timed("sam build", lambda: Deployment(None, folder, target).build())
    recorder = Recorder()
    with Emulator(folder, recorder.port) as emulator:
        recorder.leads_to(emulator.port)
        front = Front(folder, emulator.port)
        deployment = Deployment(emulator, folder, target)
        applications = deployment.applications()
        deployment.client("sesv2").create_email_identity(EmailIdentity=MAIL_DOMAIN)
        timed("sam deploy", lambda: deployment.deploy({
            "Organization": "Example", "DomainName": front.origin.removeprefix("https://"),
            "MailFrom": f"no-reply@{MAIL_DOMAIN}", "MailIdentity": MAIL_DOMAIN, "SecurityContact": f"mailto:security@{MAIL_DOMAIN}",
            "ApnsApplicationArn": applications["apns"], "FcmApplicationArn": applications["fcm"],
        }))
        deployment.sweep_expired()
        described = deployment.described()
        front.leads_to(described["outputs"]["Api"])
        write(folder / "deployed.json", {
            **described, "origin": front.origin, "recorder": emulator.recorder_url, "applications": applications,
            "mail_domain": MAIL_DOMAIN,
        })
        environment = {"COUNTERSIGN_DEPLOYED": str(folder / "deployed.json"), "SSL_CERT_FILE": str(front.trusted)}
        try:
            cold_and_warm(front.origin, front.authority)
            return timed("facts", lambda: run(command, cwd=ROOT_FOLDER, env={**os.environ, **environment}))
        finally:
            write(output / "functions.json", deployment.logs())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
