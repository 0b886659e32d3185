"""Drives Alibaba Cloud's typed Python SDK of CAMS: one JSON call a line in, one JSON outcome a line out."""

import json
import re
import sys

from alibabacloud_cams20200606 import models
from alibabacloud_cams20200606.client import Client
from alibabacloud_tea_openapi import utils_models
from darabonba.runtime import RuntimeOptions


def snake(action: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", action).lower()


def call(line: dict) -> dict:
    client = Client(
        utils_models.Config(
            access_key_id=line["accessKeyId"],
            access_key_secret=line["accessKeySecret"],
            signature_algorithm=line.get("signatureAlgorithm"),
            endpoint=line["endpoint"],
            protocol="http",
        )
    )
    action = line["action"]
    request = getattr(models, f"{action}Request")().from_map(line["params"])
    runtime = RuntimeOptions(autoretry=False, connect_timeout=5000, read_timeout=line.get("readTimeoutMs", 10000))
    response = getattr(client, f"{snake(action)}_with_options")(request, runtime)
    body = response.body.to_map() if response.body is not None else None
    return {"statusCode": response.status_code, "body": body}


def failure(error: Exception) -> dict:
    def field(name):
        value = getattr(error, name, None)
        return value if isinstance(value, (str, int, dict)) else None

    return {
        "error": {
            "kind": type(error).__name__,
            "code": field("code"),
            "statusCode": field("status_code"),
            "requestId": field("request_id"),
            "accessDeniedDetail": field("access_denied_detail"),
            "retryAfter": field("retry_after"),
            "message": str(error),
        }
    }


for text in sys.stdin:
    try:
        outcome = call(json.loads(text))
    except Exception as error:  # whatever the SDK throws is an outcome
        outcome = failure(error)
    print(json.dumps(outcome), flush=True)
