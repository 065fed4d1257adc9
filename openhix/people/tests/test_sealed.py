"""Sealed fields: unreadable in the database, NULL or empty as told, found by a blind index, and written again under a
new key."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.utils import decrypt
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import IntegrityError, connection, transaction

from openhix.billing.models import BankAccount
from openhix.correspondence import actions as letters
from openhix.correspondence.models import Email
from openhix.kernel import clock
from openhix.people import actions, queries, rotation, sealed
from openhix.people.models import Person
from openhix.people.tests import cast
from openhix.verification.tests.households import PDF

pytestmark = pytest.mark.django_db

HOUSE = Path(__file__).parents[2]
DOCS = HOUSE.parent / "docs" / "encrypted-fields.md"


def raw(table: str, column: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {column} from {table} order by id")
        return [value if value is None else bytes(value) for (value,) in cursor.fetchall()]


def test_a_number_cannot_be_read_in_the_database() -> None:
    cast.household()
    with connection.cursor() as cursor:
        cursor.execute("select people_person::text from people_person")
        [(row,)] = cursor.fetchall()
    for part in ("219099901", "9901", "219-09-9901"):
        assert part not in row
    assert Person.objects.get().ssn == "219099901"


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert sealed.seal("219099901") != sealed.seal("219099901")


def test_nothing_stays_nothing_and_empty_stays_empty() -> None:
    cast.household()
    person = Person.objects.get()
    for value in (None, "", "219099901"):
        person.ssn = value
        person.save()
        assert Person.objects.get().ssn == value
        assert (raw("people_person", "ssn") == [None]) == (value is None)
    Person.objects.update(ssn=None)
    assert Person.objects.filter(ssn__isnull=True).exists()


def test_a_value_that_was_not_given_is_refused_rather_than_empty() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Email.objects.create(subject="no one", body="nothing")
    with pytest.raises(TypeError):
        Email.objects.create(subject="a number", to=b"a@example.com", body="nothing")


def test_sealed_values_are_not_compared() -> None:
    with pytest.raises(FieldError):
        Person.objects.filter(ssn="219099901").exists()


def test_json_comes_back_as_it_was() -> None:
    field = sealed.SealedJSON()
    person = {"name": "Ånne 阮 محمد", "cents": 12_345, "none": None, "list": [1, "2", True]}
    values: list[Any] = [person, [], {}, "", 0, False]
    for value in values:
        assert field.from_db_value(sealed.seal(field.write(value)), None, None) == value
    assert field.from_db_value(None, None, None) is None


def test_an_index_is_for_its_purpose_and_our_key(settings: Any) -> None:
    one = sealed.blind_index("ssn", "219099901")
    assert re.fullmatch(r"[0-9a-f]{64}", one)
    assert one == sealed.blind_index("ssn", "219099901")
    assert one != sealed.blind_index("ssn last four", "219099901")
    assert one != sealed.blind_index("ssn", "219099902")
    settings.INDEX_KEY = "another key"
    assert one != sealed.blind_index("ssn", "219099901")


def test_a_missing_key_is_told(settings: Any) -> None:
    cast.household()
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(sealed.Unreadable, match="OPENHIX_FIELD_KEYS"):
        Person.objects.get()


def test_everything_is_written_again_under_the_newest_key(settings: Any) -> None:
    """One value of each kind, more people than a batch holds; then the old keys are thrown away."""
    household = cast.household()
    account = queries.accounts_of(household)[0]
    for number in range(sealed.SealedText.resealed_at_once + 3):
        Person(household=household, key=f"x{number}", first_name="X", last_name="Y", birth_date=date(2000, 1, 1)).save()
    Email.objects.create(to="a@example.com", subject="s", body="")
    TOTP.activate(account, "JBSWY3DPEHPK3PXP")
    before = raw("people_person", "ssn")
    new = Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, *settings.FIELD_KEYS]
    settings.INDEX_KEY = "a new index key"
    assert queries.search("219099901") == []
    written = dict(rotation.reseal())
    assert written["people.Person.ssn"] == 1
    assert written["people.Person.ssn_index"] == 1
    assert raw("people_person", "ssn") != before
    settings.FIELD_KEYS = [new]
    assert Person.objects.get(key="p1").ssn == "219099901"
    assert Person.objects.get(key="x0").ssn is None
    assert Email.objects.get().body == ""
    assert decrypt(account_authenticator(account).data["secret"]) == "JBSWY3DPEHPK3PXP"
    assert [person.key for person in queries.search("219099901")] == ["p1"]
    assert [person.key for person in queries.search("9901 ana")] == ["p1"]


def test_every_blind_index_is_written_again_under_a_new_key(settings: Any) -> None:
    """A row with each index there is; who makes a new one adds a row here. More rows than a batch holds."""
    household = cast.household()
    for number in range(sealed.SealedText.resealed_at_once + 1):
        BankAccount.objects.create(
            household=household, routing_number="011000015", number=f"{number}", holder="X", added_at=clock.now()
        )
    [person], [account] = queries.people_of(household), queries.accounts_of(household)
    letters.receive(household=household, person=person, about="test", name="x.pdf", file=PDF, account=account)
    before = {field: dict(model._default_manager.values_list("pk", field.name)) for model, field in rotation.indexes()}
    settings.INDEX_KEY = "a new index key"
    written = dict(rotation.reseal())
    for model, field in rotation.indexes():
        rows = list(model._default_manager.filter(**{f"{field.of}__isnull": False}))
        assert rows and written[f"{model._meta.label}.{field.name}"] == len(rows)
        for row in rows:
            index = getattr(row, field.name)
            assert index == field.index(getattr(row, field.of)) != before[field][row.pk]
            assert model._default_manager.filter(**{f"{field.name}__of": getattr(row, field.of)}).get() == row


def test_there_is_no_index_that_rotation_does_not_know() -> None:
    known = {f"{model._meta.label}.{field.name}" for model, field in rotation.indexes()}
    called = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if field.name.endswith("_index")
    }
    assert known == called
    made_by_hand = [path.name for path in HOUSE.rglob("*.py") if "blind_index(" in path.read_text("utf-8")]
    ours = sorted(each for each in made_by_hand if not each.startswith("test_"))
    assert ours == ["allowance.py", "lockout.py", "sealed.py"]  # two count for minutes, under a new key anew
    text = DOCS.read_text()
    assert all(f"`{each}`" in text for each in known)


def account_authenticator(account: Any) -> Any:
    from allauth.mfa.models import Authenticator

    return Authenticator.objects.get(user=account, type="totp")


def test_it_may_be_stopped_and_run_again(settings: Any) -> None:
    cast.household(cast.DIALLO)
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    steps = rotation.reseal()
    next(steps)
    steps.close()
    assert {person.ssn for person in Person.objects.all()} == {"219099904", "219099905", "219099906"}
    dict(rotation.reseal())
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert {person.ssn for person in Person.objects.all()} == {"219099904", "219099905", "219099906"}


def test_a_value_that_no_key_opens_stops_it_and_is_left_alone(settings: Any) -> None:
    cast.household()
    before = raw("people_person", "ssn")
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    with pytest.raises(sealed.Unreadable):
        dict(rotation.reseal())
    assert raw("people_person", "ssn") == before


def test_the_documentation_names_every_sealed_field() -> None:
    named = set(re.findall(r"^\| `(\w+\.\w+\.\w+)` ", DOCS.read_text(), re.MULTILINE))
    assert named == {f"{model._meta.label}.{field.name}" for model, field in rotation.sealed_fields()}


def test_a_queued_email_is_sealed(settings: Any) -> None:
    from django.core.mail import EmailMessage

    from openhix.people.jobs import Queued

    Queued().send_messages([EmailMessage("Choose a new password", "a secret link", to=["ana@example.com"])])
    with connection.cursor() as cursor:
        cursor.execute("select args::text from procrastinate_jobs where task_name = 'people.send_email'")
        [(args,)] = cursor.fetchall()
    assert "ana@" not in args and "secret" not in args


def test_bad_numbers_change_nothing() -> None:
    household = cast.household()
    with pytest.raises(actions.BadSSN):
        actions.keep_person(
            household=household, key="p1", first_name="X", last_name="Y", birth_date=date(2000, 1, 1), ssn="1"
        )
    assert Person.objects.get().first_name == "Ana"
