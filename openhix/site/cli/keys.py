from __future__ import annotations

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
def new() -> None:
    """Print a fresh field key."""
    from cryptography.fernet import Fernet

    click.echo(Fernet.generate_key().decode())


@keys.command()
def rotate() -> None:
    """Seal every field again with the newest key, and write every index anew. May be run again at any time.

    Where the keys are in a file, a new one is made first and the old ones go when all is done.
    """
    if os.environ.get("OPENHIX_FIELD_KEYS"):
        _reseal()
        click.echo("Done. The old keys may now go from OPENHIX_FIELD_KEYS.")
        return
    folder = home.folder(home.home())
    running = "OpenHIX runs in this folder: process {owner}. Stop it first, so that it knows the new key."
    with locks.held(folder / "run.lock", wait_seconds=0, otherwise=running, note="rotating keys"):
        file = folder / "field_key"
        _put_new_key_in_front(file)
        _reseal()
        _write(file, file.read_text("ascii").split(",")[0])
    click.echo("Done. The old key is gone; keep a copy of the new one away from the backups.")


def _reseal() -> None:
    with exchange(role=database.Role.OWNER):
        from openhix.people import rotation

        for what, count in rotation.reseal():
            click.echo(f"{count:>9,} {what}")


def _put_new_key_in_front(file: Path) -> None:
    from cryptography.fernet import Fernet

    old = home.secret(file, make=lambda: Fernet.generate_key().decode())
    _write(file, f"{Fernet.generate_key().decode()},{old}")


def _write(file: Path, text: str) -> None:
    """All or nothing, readable by us alone."""
    fresh = file.with_name(f"{file.name}.new")
    fresh.touch(0o600)
    fresh.chmod(0o600)
    fresh.write_text(text, "ascii")
    fresh.replace(file)
