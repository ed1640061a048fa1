"""Holds every request that the bot sent in tests/all against Discord's own description of its API.

Usage: python3 check_requests.py FOLDER-OF-RECORDED-REQUESTS OPENAPI.json

The description is stricter than Discord in two places, which are put right here: an attachment's id may be a number,
and a command's default_member_permissions may be text. Where it offers several schemas for one route, the one that
the request calls for is chosen, because a union lets through what none of its members would.
"""

import json
import pathlib
import re
import sys

from jsonschema import Draft202012Validator

# What the bot asks beyond the extract of the description that is held here (Discord's docs, "Modify Channel", "Thread").
BESIDES = {
    "/channels/{channel_id}": {
        "patch": {
            "operationId": "update_channel",
            "requestBody": {
                "content": {
                    "application/json": {
                        "schema": {
                            "type": "object",
                            "properties": {"archived": {"type": "boolean"}},
                            "additionalProperties": False,
                        }
                    }
                }
            },
        }
    }
}
WEBHOOK = "#/components/schemas/IncomingWebhookRequestPartial"
FORUM_POST = "#/components/schemas/CreateForumThreadRequest"


def operations(spec):
    for template, methods in [*spec["paths"].items(), *BESIDES.items()]:
        pattern = re.compile("/api/v10" + re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template)) + "$")
        for method, operation in methods.items():
            if isinstance(operation, dict) and "operationId" in operation:
                yield method.upper(), template, pattern, operation


def schema_of(operation, body):
    name = operation["operationId"]
    if name == "execute_webhook":
        return {"$ref": WEBHOOK}
    if name == "create_thread" and isinstance(body, dict) and "message" in body:
        return {"$ref": FORUM_POST}
    content = operation.get("requestBody", {}).get("content", {})
    return content.get("application/json", {}).get("schema")


def loosened(value):
    if isinstance(value, list):
        return [loosened(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {key: loosened(item) for key, item in value.items()}
    permissions = copy.get("default_member_permissions")
    if isinstance(permissions, str) and permissions.isdigit():
        copy["default_member_permissions"] = int(permissions)
    for attachment in copy.get("attachments") or []:
        if isinstance(attachment, dict) and isinstance(attachment.get("id"), int):
            attachment["id"] = str(attachment["id"])
    return copy


class Checker:
    def __init__(self, spec):
        self.spec = spec
        # The literal routes go before those with a placeholder in the same place.
        self.operations = sorted(operations(spec), key=lambda operation: operation[1].count("{"))

    def faults(self, request):
        method, path, body = request["method"], request["path"], request["body"]
        found = [entry for entry in self.operations if entry[0] == method and entry[2].match(path)]
        if not found:
            return [] if body is None else [f"{method} {path}: no such operation"]
        operation = found[0][3]
        schema = schema_of(operation, body)
        if schema is None or body is None:
            return []
        validator = Draft202012Validator({**schema, "components": self.spec["components"]})
        place = f"{method} {path} ({operation['operationId']})"
        return [f"{place}: {error.json_path}: {error.message[:300]}" for error in validator.iter_errors(loosened(body))]


def main():
    folder, spec = pathlib.Path(sys.argv[1]), json.loads(pathlib.Path(sys.argv[2]).read_text())
    checker = Checker(spec)
    bad = {"method": "POST", "path": "/api/v10/channels/1/messages", "body": {"embeds": [{"title": "t" * 257}]}}
    assert checker.faults(bad), "the check finds nothing at all"
    requests = {line for file in folder.glob("*.jsonl") for line in file.read_text().splitlines()}
    faults, with_body = set(), 0
    for line in requests:
        request = json.loads(line)
        with_body += request["body"] is not None
        faults.update(checker.faults(request))
    for fault in sorted(faults):
        print(fault)
    print(f"{len(requests)} different requests, {with_body} with a body, {len(faults)} faults")
    assert with_body, "no request was recorded"
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
