"""What is wrong with a FHIR bundle: HL7's own schema (codes too), the models of fhir.resources, and links that lead nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID
from xml.etree import ElementTree

from fhir.resources.R4B.bundle import Bundle
from jsonschema import Draft6Validator
from pydantic import ValidationError

REQUEST = "draft active on-hold revoked completed entered-in-error unknown"
CODES = {
    ("CarePlan", "status"): REQUEST,
    ("CarePlan", "intent"): "proposal plan order option",
    ("ServiceRequest", "status"): REQUEST,
    ("ServiceRequest", "intent"): "proposal plan directive order original-order reflex-order filler-order instance-order option",
    ("DocumentReference", "docStatus"): "preliminary final amended entered-in-error",
}
"""Value sets of R4 that must be kept to, and that its JSON schema leaves open."""
SCHEMA = Path(__file__).parent / "vendor" / "fhir-r4.schema.json"


@cache
def schema(resource: str) -> Draft6Validator:
    definitions = json.loads(SCHEMA.read_text("utf-8"))["definitions"]
    return Draft6Validator({"$ref": f"#/definitions/{resource}", "definitions": definitions})


def bundle_faults(bundle: dict[str, Any]) -> list[str]:
    return [*schema_faults(bundle), *code_faults(bundle), *model_faults(bundle), *link_faults(bundle)]


def schema_faults(bundle: dict[str, Any]) -> Iterator[str]:
    """The shell, then each resource by its own definition: one fault in a choice of seven kinds would be told as seven."""
    shell = bundle | {"entry": [{"fullUrl": one["fullUrl"]} for one in bundle["entry"]]}
    for one in (shell, *(one["resource"] for one in bundle["entry"])):
        kind = one.get("resourceType", "")
        yield from (f"schema: {kind} {fault.json_path} {fault.message[:100]}" for fault in schema(kind).iter_errors(one))


def code_faults(bundle: dict[str, Any]) -> Iterator[str]:
    for (kind, field), codes in CODES.items():
        yield from (f"code: {kind}.{field}" for one in of_kind(bundle, kind) if one[field] not in codes.split())
    if has_empty(bundle):
        yield "empty: FHIR has no empty text, list or object"
    for one in parts(bundle, "periodUnit"):
        yield from (f"code: {day}" for day in one.get("dayOfWeek", ()) if day not in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))


def has_empty(part: Any) -> bool:
    inside = list(part.values()) if isinstance(part, dict) else part if isinstance(part, list) else [part]
    return not inside or any(one == "" or (isinstance(one, dict | list) and has_empty(one)) for one in inside)


def model_faults(bundle: dict[str, Any]) -> Iterator[str]:
    try:
        Bundle.model_validate(bundle)
    except ValidationError as fault:
        yield from (f"model: {one['loc']} {one['msg']}" for one in fault.errors())


def link_faults(bundle: dict[str, Any]) -> Iterator[str]:
    """Every id is a UUID made from a name, used once, and every reference is to a resource of its kind in the bundle."""
    kinds = {one["fullUrl"]: one["resource"]["resourceType"] for one in bundle["entry"]}
    if len(kinds) != len(bundle["entry"]):
        yield "link: two resources have one address"
    for one in bundle["entry"]:
        if one["fullUrl"] != f"urn:uuid:{UUID(one['resource']['id'])}" or UUID(one["resource"]["id"]).version != 5:
            yield f"link: {one['fullUrl']}"
    yield from (f"link: {one}" for one in parts(bundle, "reference") if kinds.get(one["reference"]) != one["type"])
    for one in parts(bundle, "div"):
        ElementTree.fromstring(one["div"])


def parts(part: Any, key: str) -> Iterator[dict[str, Any]]:
    """Every object in it that has this key with a text."""
    if isinstance(part, dict):
        if isinstance(part.get(key), str):
            yield part
        part = list(part.values())
    if isinstance(part, list):
        for one in part:
            yield from parts(one, key)


def of_kind(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one["resource"] for one in bundle["entry"] if one["resource"]["resourceType"] == kind]
