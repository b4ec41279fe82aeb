"""Starts the emulator, and teaches it the resources and condition keys that it leaves out and our roles are written by.

It enforces IAM, but judges `SendEmail`, `CreatePlatformEndpoint` and `SetEndpointAttributes` as if they named the resource `*`, and knows
neither `dynamodb:LeadingKeys` nor `ses:FromAddress`. Without them a role that may write one kind of row would pass as one that may write
every row. What it decides with them is its own evaluator's decision. The roles' facts would fail if this were without effect.
"""

import contextvars
import json
import re
from email.utils import parseaddr

from ministack.core import iam_actions, iam_evaluator

# The partition keys of our tables, and of the index of people.
PARTITION_KEYS = ("PK", "people_pk")

request = contextvars.ContextVar("countersign_request", default=("", b"", {}))
extract, enforce = iam_actions.extract_resource_arn, iam_evaluator.enforce


def extract_resource_arn(service, method, path, headers, body, query_params, region, account_id):
    """The ARN that a call names."""
    request.set((path, body, query_params))
    if service == "sns":
        for name in ("PlatformApplicationArn", "EndpointArn", "TargetArn"):
            value = query_params.get(name)
            if value:
                value = value[0] if isinstance(value, list) else value
                # AWS names endpoints so; the emulator puts them under their application.
                return re.sub(r":app/([^/]+/[^/]+/)", r":endpoint/\1", value)
    if service == "ses" and path.rstrip("/") == "/v2/email/outbound-emails":
        return f"arn:aws:ses:{region}:{account_id}:identity/{identity(sender(body))}"
    arn = extract(service, method, path, headers, body, query_params, region, account_id)
    if service == "logs" and ":log-group:" in arn:
        # AWS names a group with what is in it; policies say `log-group:name:*`.
        stream = parsed(body).get("logStreamName", "")
        return f"{arn.removesuffix(':*')}:log-stream:{stream}"
    return arn


def enforce_with_keys(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
    """The decision, with the condition keys of AWS."""
    path, body, _ = request.get()
    context = dict(service_context or {})
    if service == "dynamodb":
        keys = leading_keys(parsed(body), resource_arn.partition(":table/")[2].partition("/")[0])
        if keys:
            context["dynamodb:LeadingKeys"] = keys
    if service == "sesv2" and path.rstrip("/") == "/v2/email/outbound-emails":
        destination = parsed(body).get("Destination", {})
        context["ses:FromAddress"] = sender(body)
        context["ses:Recipients"] = [one for kind in ("ToAddresses", "CcAddresses", "BccAddresses") for one in destination.get(kind, [])]
    return enforce(access_key_id, iam_action, service, region, resource_arn, context)


def leading_keys(call, table):
    """The partition keys that a call touches in a table; a transaction, all that it touches anywhere. Whether AWS holds each write of a
    transaction against its own key alone is not documented, so a role must do in the strictest reading."""
    found = [part.get("Key") or part.get("Item") for item in call.get("TransactItems", []) for part in item.values()]
    for name, part in call.get("RequestItems", {}).items():
        if name.rpartition("/")[2] == table:
            found += part["Keys"] if isinstance(part, dict) else [write.get("Key") or write.get("Item") for one in part for write in one.values()]
    found.append(call.get("Key") or call.get("Item"))
    found.append({PARTITION_KEYS[0]: queried(call)})
    return [next(iter(key[PARTITION_KEYS[0]].values())) for key in found if key and key.get(PARTITION_KEYS[0])]


def queried(call):
    """The partition key of a query: `<name> = <value>` somewhere in its condition."""
    names, values = call.get("ExpressionAttributeNames", {}), call.get("ExpressionAttributeValues", {})
    for name, value in re.findall(r"([#\w]+)\s*=\s*(:\w+)", call.get("KeyConditionExpression", "")):
        if names.get(name, name) in PARTITION_KEYS:
            return values.get(value)
    return None


def sender(body):
    return parseaddr(parsed(body).get("FromEmailAddress", ""))[1]


def identity(address):
    """The identity that a sender's mails go out by: the address where it is one, its domain otherwise."""
    from ministack.services import ses, ses_v2

    known = any(address in identities for identities in (ses._identities, ses_v2._identities))
    return address if known else address.rpartition("@")[2]


def parsed(body):
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


if __name__ == "__main__":
    iam_actions.extract_resource_arn = extract_resource_arn
    iam_evaluator.enforce = enforce_with_keys
    from ministack.app import main

    main()
