from __future__ import annotations

import json

import click

from openhix.site.cli.exchange import exchange


@click.group()
def staff() -> None:
    """Accounts of the exchange's own people."""


@staff.command()
@click.argument("email")
@click.option("--again", is_flag=True, help="A new password for staff who lost theirs, or their phone.")
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def add(email: str, again: bool, as_json: bool) -> None:
    """Make a staff account and print its one-time password: the owner chooses another one, then a second factor."""
    with exchange(set_up=True):
        from django.core.exceptions import ValidationError
        from django.core.validators import validate_email

        from openhix.people import actions

        try:
            validate_email(email)
            password = actions.add_staff(email=email, again=again)
        except ValidationError as error:
            raise click.ClickException(f"{email} is not an e-mail address.") from error
        except actions.AlreadyThere as error:
            raise click.ClickException(
                "There is an account with this address. For staff who lost their password or phone: --again."
            ) from error
    if as_json:
        click.echo(json.dumps({"email": email, "password": password}))
        return
    click.echo(f"Sign in as {email} with this password, then choose your own: {password}")
