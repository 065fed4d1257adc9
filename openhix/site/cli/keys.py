from __future__ import annotations

import json
import os
from pathlib import Path

import click

from openhix.site import database, home
from openhix.site.cli.exchange import exchange
from openhix.site.database import locks


@click.group()
def keys() -> None:
    """The keys that seal people's fields."""


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def new(as_json: bool) -> None:
    """Print a fresh field key."""
    key = _fresh()
    click.echo(json.dumps({"key": key}) if as_json else key)


@keys.command()
@click.option("--json", "as_json", is_flag=True, help="Say it in JSON.")
def rotate(as_json: bool) -> None:
    """Seal every field again with the newest key, and write every index anew. May be run again at any time.

    Where the keys are in a file, a new one is made first and the old ones go when all is done.
    """
    if os.environ.get("OPENHIX_FIELD_KEYS"):
        sealed = _reseal()
        advice = "The old keys may now go from OPENHIX_FIELD_KEYS."
    else:
        sealed = _rotate_file()
        advice = "The old key is gone. Keep a copy of the new one away from the backups."
    if as_json:
        click.echo(json.dumps(sealed))
        return
    for what, count in sealed.items():
        click.echo(f"{count:>9,} {what}")
    click.echo(f"Done. {advice}")


def _rotate_file() -> dict[str, int]:
    folder = home.folder(home.home())
    running = "OpenHIX runs in this folder: process {owner}. Stop it first, so that it knows the new key."
    with locks.held(folder / "run.lock", wait_seconds=0, otherwise=running, note="rotating keys"):
        file = folder / "field_key"
        old = home.secret(file, make=_fresh)
        _write(file, f"{_fresh()},{old}")
        sealed = _reseal()
        _write(file, file.read_text("ascii").split(",")[0])
    return sealed


def _reseal() -> dict[str, int]:
    """How many values of each field were sealed again."""
    with exchange(role=database.Role.OWNER):
        from openhix.people import rotation
        from openhix.people.sealed import Unreadable

        try:
            return dict(rotation.reseal())
        except Unreadable as error:
            raise home.Unusable(str(error)) from error


def _fresh() -> str:
    from cryptography.fernet import Fernet

    return Fernet.generate_key().decode()


def _write(file: Path, text: str) -> None:
    """All or nothing, readable by us alone."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.touch(0o600)
    fresh.chmod(0o600)
    fresh.write_text(text, "ascii")
    fresh.replace(file)
