"""Who and what the rules speak of: persons, pairs, tax households, and what only they can tell."""

from openhix.kernel.codes import Code
from openhix.kernel.facts import Entity, Input
from openhix.kernel.story import CENTS, COUNT, DATE, YES_NO, _

# A pair is one person looking at one other of the tax household (or at himself): whom does my household count?
TAX_HOUSEHOLD = Entity("tax household")
PERSON = Entity("person", part_of=TAX_HOUSEHOLD)
PAIR = Entity("pair", part_of=PERSON)


class TaxRole(Code):
    FILER = 1, _("files the tax return")
    JOINT_FILER = 2, _("files jointly as the spouse")
    DEPENDENT = 3, _("is claimed as a dependent")


class Relationship(Code):
    """To the person who files."""

    SELF = 1, _("files the tax return")
    SPOUSE = 2, _("spouse")
    CHILD = 3, _("child")
    OTHER = 4, _("other relative or no relative")


place = Input(TAX_HOUSEHOLD)  # row in the geography's places
rating_area = Input(TAX_HOUSEHOLD, COUNT)  # 1 to 7
seeks_help = Input(TAX_HOUSEHOLD, YES_NO)
birth_date = Input(PERSON, DATE)
position = Input(PERSON)  # tells people of the same age apart
tax_role = Input(PERSON, TaxRole)
relationship = Input(PERSON, Relationship)
expecting = Input(PERSON, COUNT)  # children expected
annual_income = Input(PERSON, CENTS)
