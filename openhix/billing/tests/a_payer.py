"""A process that pays for a household, in a database of the tests: `python -m ... database household`."""

from __future__ import annotations

import os
import sys


def main(database: str, household: int) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django
    from django.conf import settings

    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from conftest import NOW
    from openhix.billing.tests.payers import pay
    from openhix.kernel import clock
    from openhix.people.models import Household

    clock.install(lambda: NOW)
    pay(Household.objects.get(pk=household), 152_00)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
