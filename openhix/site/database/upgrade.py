"""The data of an older PostgreSQL brought to the one that this program carries. The old data are kept beside them."""

from __future__ import annotations

import subprocess
from pathlib import Path

from openhix.site.database import binaries
from openhix.site.database.cluster import NAME, Cluster, ended_if_interrupted
from openhix.site.home import Unusable


def upgrade(cluster: Cluster, *, old_programs: Path) -> Path:
    """Upgrade with the old version's programs; gives the folder in which the old data are kept.

    The old data are not changed. Raises Unusable when the database is in use, and when it fails.
    """
    if not cluster.data.exists() or cluster.version() == binaries.MAJOR:
        raise Unusable("There are no data of another version of PostgreSQL to upgrade.")
    _check(cluster, old_programs)
    with cluster.unused():
        fresh = cluster.make()
        _pg_upgrade(cluster, old_programs, fresh)
        kept = cluster.data.with_name(f"data.postgresql-{cluster.version()}")
        cluster.data.rename(kept)
        fresh.rename(cluster.data)
    return kept


def _check(cluster: Cluster, programs: Path) -> None:
    """The programs are there, of the right version, and the server's user may run them."""
    if cluster.user and not binaries.may_enter(programs / "postgres", cluster.user):
        raise Unusable(f"{programs} must be open to the user {cluster.user.pw_name}, who runs the database.")
    try:
        said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise Unusable(f"{programs} does not hold the programs of PostgreSQL {cluster.version()}.") from error
    if f" {cluster.version()}." not in said:
        raise Unusable(f"{programs} holds {said.strip()}; the data are PostgreSQL {cluster.version()}'s.")


def _pg_upgrade(cluster: Cluster, old_programs: Path, fresh: Path) -> None:
    folder = cluster.owned(cluster.socket)
    password = str(cluster.conninfo(user=NAME)["password"])
    arguments = {
        "--old-bindir": old_programs,
        "--new-bindir": cluster.programs,
        "--old-datadir": cluster.data,
        "--new-datadir": fresh,
        "--username": NAME,
        "--socketdir": folder,
    }
    flat = [str(each) for pair in arguments.items() for each in pair]
    how = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "cwd": folder, "env": {"PGPASSWORD": password}}
    process = cluster.popen("pg_upgrade", *flat, **how)
    with ended_if_interrupted(process):
        said, _ = process.communicate()
    if process.returncode:
        raise Unusable(f"The upgrade failed, and the data are as they were:\n{said.decode(errors='replace')}")
