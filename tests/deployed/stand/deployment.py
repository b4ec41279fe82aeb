"""The very template of infra/, built and deployed as the deployment guide says, into the emulated cloud."""

import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

import boto3

from .emulator import ACCOUNT, REGION, ROOT, run

ROOT_FOLDER = Path(__file__).resolve().parents[3]
TEMPLATE = ROOT_FOLDER / "infra" / "template.yaml"
STACK = "countersign"
MAIL_DOMAIN = "example.com"
HERE = f"Architecture={'arm64' if platform.machine() in ('arm64', 'aarch64') else 'x86_64'}"

# `sam build` builds with the release profile, and so it does here. But optimizing, and above all link-time optimization over eight
# binaries in one unit each, takes longer than all other tests together, and finds no error that these settings do not. Nothing else
# differs from what is deployed; what computes for milliseconds has its own level in Cargo.toml and keeps it.
QUICK_RELEASE = {
    "CARGO_PROFILE_RELEASE_LTO": "off",
    "CARGO_PROFILE_RELEASE_CODEGEN_UNITS": "16",
    "CARGO_PROFILE_RELEASE_OPT_LEVEL": "0",
}


class Deployment:
    """One stack."""

    def __init__(self, emulator, folder: Path, target: Path):
        self.emulator, self.folder = emulator, folder
        # Its own folder: `make lambdas` must not hand out binaries that were built quickly.
        self.target = target / "deployed"
        self.built = self.target / "sam"

    def client(self, service):
        return boto3.client(service, endpoint_url=self.emulator.url, region_name=REGION, **ROOT)

    def build(self):
        self.sam("build", "--template", str(TEMPLATE), "--build-dir", str(self.built), "--parameter-overrides", HERE)

    def deploy(self, parameters):
        values = [HERE, *(f"{name}={value}" for name, value in parameters.items())]
        self.sam("deploy", "--template-file", str(self.built / "template.yaml"), "--stack-name", STACK, "--resolve-s3", "--no-progressbar",
                 "--no-confirm-changeset", "--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND",
                 "--parameter-overrides", *values)

    def sam(self, verb, *arguments):
        """Runs SAM with a home of its own; what it says is shown only if it fails."""
        home = Path(os.path.expanduser("~"))
        environment = {
            **os.environ, **QUICK_RELEASE,
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(self.folder),
            "CARGO_HOME": os.environ.get("CARGO_HOME", str(home / ".cargo")),
            "RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(home / ".rustup")),
            "CARGO_TARGET_DIR": str(self.target), "XDG_CACHE_HOME": str(self.target / "cache"), "SAM_CLI_TELEMETRY": "0",
            "AWS_ACCESS_KEY_ID": ROOT["aws_access_key_id"], "AWS_SECRET_ACCESS_KEY": ROOT["aws_secret_access_key"],
            "AWS_REGION": REGION, "AWS_DEFAULT_REGION": REGION, "AWS_ENDPOINT_URL": self.emulator.url if self.emulator else "",
        }
        environment = {name: value for name, value in environment.items() if value and name not in ("AWS_PROFILE", "AWS_SESSION_TOKEN")}
        log = self.folder / f"sam-{verb}.log"
        with log.open("wb") as said:
            code = run([Path(sys.executable).with_name("sam"), verb, *arguments], cwd=ROOT_FOLDER, env=environment,
                       stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)
        if code:
            raise SystemExit(f"`sam {verb}` failed ({code}):\n{log.read_text(errors='replace')[-8000:]}")

    def resources(self, stack=STACK):
        """Every resource of the stack and of the stacks in it: (logical id, type, physical id)."""
        found = self.client("cloudformation").describe_stack_resources(StackName=stack)["StackResources"]
        for one in found:
            yield one["LogicalResourceId"], one["ResourceType"], one["PhysicalResourceId"]
            if one["ResourceType"] == "AWS::CloudFormation::Stack":
                yield from self.resources(one["PhysicalResourceId"])

    def described(self):
        """All that the facts need to know, by name."""
        outputs = self.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]["Outputs"]
        functions = {}
        for logical, kind, physical in self.resources():
            if kind == "AWS::Lambda::Function" and (self.built / logical / "bootstrap").is_file():
                configuration = self.client("lambda").get_function_configuration(FunctionName=physical)
                role = configuration["Role"]
                functions[logical.removesuffix("Function").lower()] = {
                    "name": physical, "role": role, "environment": configuration.get("Environment", {}).get("Variables", {}),
                    "bootstrap": str(self.built / logical / "bootstrap"), "credentials": self.assumed(role),
                    "log_group": configuration.get("LoggingConfig", {}).get("LogGroup", f"/aws/lambda/{physical}"),
                }
        return {
            "stack": STACK, "emulator": self.emulator.url, "region": REGION, "account": ACCOUNT, "functions": functions,
            "outputs": {output["OutputKey"]: output["OutputValue"] for output in outputs},
        }

    def assumed(self, role):
        credentials = self.client("sts").assume_role(RoleArn=role, RoleSessionName="facts")["Credentials"]
        return {"access_key_id": credentials["AccessKeyId"], "secret_access_key": credentials["SecretAccessKey"],
                "session_token": credentials["SessionToken"]}

    def sweep_expired(self):
        """The emulator leaves out the expiry that the template asks for; the template's own checks assert it."""
        database = self.client("dynamodb")
        for logical, kind, physical in self.resources():
            if kind == "AWS::DynamoDB::Table":
                database.update_time_to_live(TableName=physical, TimeToLiveSpecification={"Enabled": True, "AttributeName": "ttl"})

    def applications(self):
        """Platform applications for native phones: made before the deployment, as CloudFormation has none."""
        sns = self.client("sns")
        return {kind: sns.create_platform_application(Name=f"countersign-{kind}", Platform=platform, Attributes=attributes)["PlatformApplicationArn"]
                for kind, platform, attributes in (
                    ("apns", "APNS", {"PlatformCredential": "key", "PlatformPrincipal": "certificate"}),
                    ("fcm", "GCM", {"PlatformCredential": "key"}),
                    ("foreign", "APNS", {"PlatformCredential": "key", "PlatformPrincipal": "certificate"}))}

    def logs(self):
        """Everything that was logged, by group."""
        logs = self.client("logs")
        lines = {}
        for page in logs.get_paginator("describe_log_groups").paginate():
            for group in page["logGroups"]:
                pages = logs.get_paginator("filter_log_events").paginate(logGroupName=group["logGroupName"])
                lines[group["logGroupName"]] = [event["message"] for found in pages for event in found["events"]]
        return lines


def timed(what, work):
    started = time.monotonic()
    result = work()
    print(f"  {what:<44} {time.monotonic() - started:6.1f} s", flush=True)
    return result


def write(path: Path, value):
    path.write_text(json.dumps(value, indent=1))
