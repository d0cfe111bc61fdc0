"""How long what a clinic types may be, in characters, and how far off a visit: once for tables, forms, pages and scripts."""

NAME = 80  # of a clinic or a person
EMAIL = 254  # RFC 5321
ADDRESS = 200
PHONE = 40
WEB = 120
SENTENCE = 160  # the clinic's own on every sheet
INITIALS = 4
LABEL = 40  # of a passkey
REFERENCE = 40  # the therapist's own, of a sheet
TITLE = 40  # of a pack
NOTE = 300  # on a sheet
MOST_WEEKS = 26  # between two visits
