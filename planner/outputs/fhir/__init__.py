"""A plan as FHIR R4, for health records: https://hl7.org/fhir/R4/. Nothing in it names anybody."""
