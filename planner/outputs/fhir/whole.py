"""A plan as one FHIR R4 bundle: its PDF, the plan, each exercise, the goal and the answers."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator

from planner.domain.lines import Plan
from planner.domain.model import Library
from planner.languages.translate import N_
from planner.languages.translate import gettext as _
from planner.outputs.arrange import country_of
from planner.outputs.documents import PLAN_PDF
from planner.outputs.fhir.answered import response
from planner.outputs.fhir.care import care_plan, goal, has_goal
from planner.outputs.fhir.naming import Naming, Resource, as_said_in, coded, midnight
from planner.outputs.fhir.orders import orders
from planner.outputs.form import Form

FHIR_FILE = Form(
    stem="fhir",
    ending="json",
    type="application/fhir+json",
    link=N_("For health records (FHIR)"),
    holds="plan",
    write=PLAN_PDF.write,
    around=lambda plan, library, beside, made: to_fhir(plan, library, made, whose=beside.code),
)
PLAN_OF_CARE = coded("http://loinc.org", "18776-5", "Plan of care note")


def to_fhir(plan: Plan, library: Library, pdf: bytes, *, whose: str = "") -> bytes:
    """The bundle as JSON. `whose` (the code of a kept plan) makes the ids that person's own; without it they come from the answers.

    Same plan and same `whose`, same bytes."""
    names = Naming(
        whose or json.dumps([dict(plan.answers), plan.tokens, plan.made_on.isoformat(), plan.lang, plan.country], sort_keys=True)
    )
    said = [as_said_in(country_of(plan, library), one) for one in resources(plan, library, names)]
    bundle = {
        "resourceType": "Bundle",
        "id": names.id("bundle"),
        "language": plan.lang,
        "type": "collection",
        "timestamp": midnight(plan.made_on),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in (*said, document(plan, names, pdf))],
    }
    return json.dumps(bundle, ensure_ascii=False, separators=(",", ":")).encode()


def resources(plan: Plan, library: Library, names: Naming) -> Iterator[Resource]:
    """All but the document."""
    yield person(plan, names)
    yield care_plan(plan, library, names)
    if has_goal(plan):
        yield goal(plan, library, names)
    yield from orders(plan, names)
    yield response(plan, library, names)


def person(plan: Plan, names: Naming) -> Resource:
    """Whom it is about. Backplan knows no name, and asks for none."""
    return {"resourceType": "Patient", "id": names.id("person"), "language": plan.lang, "active": True}


def document(plan: Plan, names: Naming, pdf: bytes) -> Resource:
    """The plan as it is printed."""
    return {
        "resourceType": "DocumentReference",
        "id": names.id("document"),
        "language": plan.lang,
        "status": "current",
        "docStatus": "final",
        "type": {"coding": [PLAN_OF_CARE]},
        "subject": names.to("person", "Patient"),
        "date": midnight(plan.made_on),
        "author": [names.to("person", "Patient")],
        "description": _("The plan as it is printed"),
        "content": [
            {
                "attachment": {
                    "contentType": PLAN_PDF.type,
                    "language": plan.lang,
                    "data": b64encode(pdf).decode(),
                    "size": len(pdf),
                    "title": PLAN_PDF.download(),
                    "creation": plan.made_on.isoformat(),
                }
            }
        ],
    }
