"""Reads the templates in infra/: with CloudFormation's short forms spelled out, and SAM's resources expanded."""

import copy
import logging
import os
from pathlib import Path
from types import SimpleNamespace

import yaml

ROOT = Path(__file__).resolve().parent.parent
INFRA = ROOT / "infra"
TEMPLATES = sorted(path.name for path in INFRA.glob("*.yaml"))


class Loader(yaml.SafeLoader):
    """YAML with `!Ref`, `!Sub` and the like, where a key that stands twice is an error."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        twice = {key for key in keys if keys.count(key) > 1}
        if twice:
            raise yaml.YAMLError(f"{', '.join(map(str, twice))} stands twice{node.start_mark}")
        return super().construct_mapping(node, deep)


def _tag(loader, suffix, node):
    if isinstance(node, yaml.ScalarNode):
        value = loader.construct_scalar(node)
    elif isinstance(node, yaml.SequenceNode):
        value = loader.construct_sequence(node, deep=True)
    else:
        value = loader.construct_mapping(node, deep=True)
    if suffix == "GetAtt" and isinstance(value, str):
        value = value.split(".", 1)
    return {suffix if suffix in ("Ref", "Condition") else f"Fn::{suffix}": value}


yaml.add_multi_constructor("!", _tag, Loader)
# A date in a template is text: CloudFormation knows no other.
Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node))


def parse(text):
    """A template out of its text."""
    return yaml.load(text, Loader)  # noqa: S506 (a safe loader)


def read(name):
    """A template of infra/."""
    return parse((INFRA / name).read_text())


def expanded(template, **parameters):
    """A template as CloudFormation meets it: SAM's functions as functions, versions, aliases and deployment groups."""
    if template.get("Transform") != "AWS::Serverless-2016-10-31":
        return template
    from samtranslator.translator.transform import transform

    logging.getLogger("samtranslator").setLevel(logging.CRITICAL)
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
    template = copy.deepcopy(template)
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::Serverless::Function":
            resource["Properties"]["CodeUri"] = "s3://bucket/key"
    return transform(template, parameters, SimpleNamespace(load=lambda: {}))
