"""The folder of one exchange: its keys, its collected static files and, without DATABASE_URL, its database.

`OPENHIX_HOME` names it; otherwise it is `.data` in a checkout that one may write to, or `~/.local/share/openhix`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


class Unusable(Exception):
    """A person has to do something first; the message says what."""


def home() -> Path:
    """The folder's path; it may not exist yet."""
    named = os.environ.get("OPENHIX_HOME")
    if named:
        return Path(named).expanduser().absolute()
    data = CHECKOUT / ".data"
    writable = os.access(data if data.exists() else CHECKOUT, os.W_OK)
    if (CHECKOUT / "pyproject.toml").exists() and writable:
        return data
    return Path("~/.local/share/openhix").expanduser()


def folder(path: Path) -> Path:
    """Make `path` for us alone, whatever the umask says; a folder that exists is left as it is.

    For root others may walk through it, since the embedded database then runs as another user: what is secret
    in it is protected by its own mode.
    """
    try:
        if path.is_dir():
            if not os.access(path, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, "it is another user's")
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir()
    except OSError as error:
        if isinstance(error, FileExistsError) and path.is_dir():  # made by another process of ours in the meantime
            return path
        raise Unusable(f"{path} cannot be used ({error.strerror}): name a folder of yours in OPENHIX_HOME.") from error
    path.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return path


def _random() -> str:
    return secrets.token_urlsafe(48)


def secret(path: Path, make: Callable[[], str] = _random) -> str:
    """The random text kept in `path`, readable by us alone; made when first asked for."""
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        pass
    except PermissionError as error:
        raise Unusable(f"{path} belongs to another user: name a folder of yours in OPENHIX_HOME.") from error
    folder(path.parent)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    fresh.touch(0o600, exist_ok=False)
    fresh.write_text(make(), "ascii")
    with contextlib.suppress(FileExistsError):
        os.link(fresh, path)  # of several processes the first one wins, and nobody reads half a secret
    fresh.unlink()
    return path.read_text("ascii")
