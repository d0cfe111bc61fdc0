"""How long what a clinic types may be, in characters, and how far off a visit: once for tables, forms, pages and scripts."""

NAME = 80  # of a clinic or a person
EMAIL = 254  # RFC 5321
ADDRESS = 200
PHONE = 40
WEB = 120
COUNTRY_ID = 12  # of countries.toml
ITEM_ID = 40  # of a therapy
SENTENCE = 160  # the clinic's own on every sheet
CONSENT = 1000  # what patients tick before a visit
INITIALS = 4
LABEL = 40  # of a passkey
REFERENCE = 40  # the therapist's own, of a sheet
TITLE = 40  # of a pack
NOTE = 300  # on a sheet
TOLD = 80  # to one exercise
EXERCISE = 60  # title of a clinic's own
STEP = 100  # of it
REQUEST_WORDS = 160  # of a clinic that asks for an account
MOST_WEEKS = 26  # between two visits
IDLE_MINUTES = 720  # signed in without doing anything, until the clinic says otherwise; and the most it can say
LEAST_IDLE = 15  # minutes
MOST_YEARS = 10  # that a clinic keeps the chart text of a sheet
USUAL_YEARS = 8

# A field that takes a little more than is kept says that it was too long; one that takes no more cuts it off unsaid.
REFERENCE_TAKEN = 80
TITLE_TAKEN = 60
TOLD_TAKEN = 120
EXERCISE_TAKEN = 90
STEP_TAKEN = 150
CONSENT_TAKEN = 1200

# What is looked up or compared, and never kept.
SOUGHT = 60  # in the library panel
START = 200  # a code with its address, or words of a pack's title
ONE_TIME = 40  # a code of an app, or a recovery code, with spaces
FIRST_CODE = 10  # of an app
DOSE_NUMBER = 4  # one number of a dose
DIGITS = 12  # of the foot of a sheet, with spaces
CLINIC_NAME_AGAIN = 200  # typed to delete the clinic
