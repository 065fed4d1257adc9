"""The embedded PostgreSQL: made, started, found again, stopped. Nothing of it listens to the network.

Its folder holds `data` and `socket`, which belong to the server's user alone; `password`, which is ours alone;
`gate`, held by the one process that is starting or stopping the server; `users`, shared by all that need it; and
`log`. The server outlives a process that is killed: the next one finds it and goes on with it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import psycopg
from psycopg import sql

from openhix.site import home
from openhix.site.database import binaries, locks
from openhix.site.home import Unusable

FOR_ROOT = Path("/var/lib/openhix")
NAME = "openhix"  # of the database, and of its superuser
PORT = "5432"  # of the socket's name only
LONGEST_SOCKET = 103  # bytes; the kernel's limit is 107 on Linux, 103 on macOS
PATIENCE = 60  # seconds for a start or a stop; recovery after a crash takes some
NO_PROCESS = 2**30  # above every process id that Linux and macOS give out

SETTINGS = {
    "listen_addresses": "",
    "cluster_name": NAME,
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Of a failed statement, neither its text nor its values reach the log: they may be about a person.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}


@contextmanager
def ended_if_interrupted(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """A program that we have started does not outlive an interruption of ours."""
    try:
        yield
    except BaseException:
        process.send_signal(signal.SIGINT)
        process.wait()
        raise


@dataclass(frozen=True)
class Cluster:
    """The server of one folder. `user` runs it; None means ourselves."""

    folder: Path
    user: pwd.struct_passwd | None

    @classmethod
    def of(cls, home_folder: Path) -> Cluster:
        """The cluster of a home. For root it lies elsewhere if the server's user may not walk through the home."""
        inside = home_folder / "postgres"
        user = binaries.server_user()
        if user is None or inside.exists():
            return cls(inside, user)
        apart = FOR_ROOT / hashlib.sha256(os.fsencode(home_folder)).hexdigest()[:12]
        if not apart.exists() and binaries.may_enter(home_folder, user):
            return cls(inside, user)
        return cls(apart, user)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def socket(self) -> Path:
        """The folder of the socket: a short one, where the cluster's own would be too long for the kernel."""
        inside = self.folder / "socket"
        if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET:
            return inside
        return Path("/tmp") / f"openhix-{self._uid}-{hashlib.sha256(os.fsencode(inside)).hexdigest()[:12]}"

    @property
    def _uid(self) -> int:
        return self.user.pw_uid if self.user else os.geteuid()

    def conninfo(self, *, user: str) -> dict[str, Any]:
        """libpq's parameters."""
        return {"host": str(self.socket), "port": PORT, "dbname": NAME, "user": user, "password": self._password()}

    def _password(self) -> str:
        home.folder(self.folder.parent)
        return home.secret(self.folder / "password")

    @contextmanager
    def running(self, **settings: str) -> Iterator[None]:
        """The server runs inside the block; the last process to leave stops it. `settings` apply if we start it."""
        users = self._join()
        try:
            with self._gate():
                self._start({**SETTINGS, **settings})
            yield
        finally:
            with self._gate():
                if users.alone():
                    self.stop()
                users.close()

    @contextmanager
    def unused(self) -> Iterator[None]:
        """Nothing uses the server inside the block, and nothing starts it. Raises Unusable where something does."""
        users = self._join()
        try:
            with self._gate():
                if not users.alone():
                    raise Unusable(f"The database in {self.folder} is in use: stop what uses it first.")
                self.stop()
                yield
        finally:
            users.close()

    def _join(self) -> locks.Shared:
        home.folder(self.folder.parent)
        home.folder(self.folder)
        try:
            return locks.Shared(self.folder / "users")
        except PermissionError as error:
            raise Unusable(f"{self.folder} is another user's: name a folder of yours in OPENHIX_HOME.") from error

    def _gate(self) -> AbstractContextManager[None]:
        otherwise = f"Process {{owner}} has been starting or stopping the database in {self.folder} for too long."
        return locks.held(self.folder / "gate", wait_seconds=2 * PATIENCE, otherwise=otherwise)

    def _start(self, settings: dict[str, str]) -> None:
        if not self.data.exists():
            self.make().rename(self.data)
        self._check()
        deadline = time.monotonic() + PATIENCE
        while True:
            if not self._wait_until_ready():
                self._disown_stale_locks()
                self._launch(settings)
            try:
                return self._grow()
            except psycopg.OperationalError as error:  # it may have been dying when we found it
                if "password" in str(error) or time.monotonic() > deadline:
                    raise Unusable(f"The database in {self.folder} does not let us in: {error}") from error
            time.sleep(0.1)

    def _launch(self, settings: dict[str, str]) -> None:
        quoted = '"' + str(self.owned(self.socket)).replace('"', '""') + '"'
        options = {**settings, "unix_socket_directories": quoted, "port": PORT}
        arguments = [f"--{name}={value}" for name, value in options.items()]
        with (self.folder / "log").open("wb") as log:
            started = self.popen("postgres", "-D", str(self.data), *arguments, stderr=log)
        with ended_if_interrupted(started):  # there may be no postmaster.pid yet by which to find it
            is_ready = self._wait_until_ready(started)
        if not is_ready:
            raise Unusable(f"The database in {self.data} does not start:\n{self._last_words()}")

    def make(self) -> Path:
        """A new, whole, empty cluster in a folder of a passing name."""
        for left_over in self.folder.glob("data.new.*"):
            shutil.rmtree(left_over, ignore_errors=True)
        fresh = self.owned(self.folder / f"data.new.{os.getpid()}")
        key = self.folder / f"password.new.{os.getpid()}"  # initdb reads it as the server's user
        key.touch(0o600)
        try:
            key.write_text(self._password(), "ascii")
            self._give(key)
            self._initdb(fresh, key)
        finally:
            key.unlink()
        return fresh

    def _initdb(self, fresh: Path, key: Path) -> None:
        # The built-in locale sorts alike on every machine and survives the C library's updates.
        options = ["--data-checksums", "--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        options += ["--auth=scram-sha-256", f"--pwfile={key}", f"--username={NAME}", f"--pgdata={fresh}"]
        made = self.popen("initdb", "--locale=C", *options, stderr=subprocess.PIPE)
        with ended_if_interrupted(made):
            _, errors = made.communicate()
        if made.returncode:
            raise Unusable(f"The database cannot be made in {fresh}:\n{errors.decode(errors='replace')}")

    def _grow(self) -> None:
        """The two users and the database, where they are missing."""
        password = sql.Literal(self._password())
        with psycopg.connect(**{**self.conninfo(user=NAME), "dbname": "postgres"}, autocommit=True) as connection:
            roles = {name for (name,) in connection.execute("select rolname from pg_roles")}
            for role, right in (("openhix_owner", "CREATEDB"), ("openhix_app", "NOCREATEDB")):
                if role not in roles:
                    create = sql.SQL("CREATE ROLE {} LOGIN {} PASSWORD {}")
                    connection.execute(create.format(sql.Identifier(role), sql.SQL(right), password))
            if connection.execute("select 1 from pg_database where datname = %s", [NAME]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {NAME} OWNER openhix_owner")

    def _check(self) -> None:
        """Refuse data that are another user's or another version's."""
        if self.data.stat().st_uid != self._uid:
            raise Unusable(f"{self.data} belongs to another user: name a folder of yours in OPENHIX_HOME.")
        if self.version() != binaries.MAJOR:
            raise Unusable(
                f"The data in {self.data} are PostgreSQL {self.version()}'s; this program carries {binaries.MAJOR}. "
                f"Upgrade them with:\n"
                f"    openhix migrate --from-postgresql FOLDER\n"
                f"where FOLDER holds the programs of PostgreSQL {self.version()}: postgres, pg_ctl and so on."
            )

    def version(self) -> int:
        """The major version of PostgreSQL that wrote the data."""
        return int((self.data / "PG_VERSION").read_text())

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _noted_pid(self) -> int | None:
        lines = self._pid_file()
        return int(lines[0]) if lines and lines[0].strip().isdigit() else None

    def pid(self) -> int | None:
        """The process of the running server, or None."""
        noted = self._noted_pid()
        return noted if noted and self._is_ours(noted) else None

    def _is_ours(self, pid: int) -> bool:
        try:
            process = psutil.Process(pid)
            return bool(process.status() != psutil.STATUS_ZOMBIE and process.cwd() == str(self.data.resolve()))
        except psutil.Error:
            return False

    def _wait_until_ready(self, started: subprocess.Popen[bytes] | None = None) -> bool:
        """True when the server takes connections; False when there is none, or none any more."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if started is None and self.pid() is None:
                return False
            if started is not None and started.poll() is not None:
                return False
            lines = self._pid_file()
            if len(lines) > 7 and lines[7].strip() == "ready" and self.pid():
                return True
            time.sleep(0.02)
        raise Unusable(f"The database in {self.data} has not become ready in {PATIENCE} seconds; see {self.folder}/log")

    def _disown_stale_locks(self) -> None:
        """Stale locks that name a zombie, or a process of another program by now, or nobody.

        PostgreSQL would refuse to start. What is left of the dead server, its children, has a moment to end. Of the
        data's lock only the number is struck out: the rest lets PostgreSQL see for itself whether they have ended.
        """
        deadline = time.monotonic() + PATIENCE
        while self._pid_file() and any(map(self._is_ours, psutil.pids())) and time.monotonic() < deadline:
            time.sleep(0.05)
        (self.socket / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
        file, noted = self.data / "postmaster.pid", self._noted_pid()
        if noted is None:
            file.unlink(missing_ok=True)
        elif psutil.pid_exists(noted):
            file.write_text("\n".join([str(NO_PROCESS), *self._pid_file()[1:], ""]))

    def stop(self) -> None:
        """Ask the server to end its sessions and write everything down, and wait for it."""
        pid = self.pid()
        if pid is None:
            return
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + PATIENCE
        while self._is_ours(pid):
            if time.monotonic() > deadline:
                raise Unusable(f"The database, process {pid}, does not stop; see {self.folder}/log")
            time.sleep(0.02)
        with contextlib.suppress(ChildProcessError):  # another process of ours may have started it
            os.waitpid(pid, 0)

    @property
    def programs(self) -> Path:
        return binaries.folder(user=self.user, copies=FOR_ROOT)

    def popen(self, program: str, *arguments: str, **how: Any) -> subprocess.Popen[bytes]:
        """A program of PostgreSQL as the server's user, in a session of its own: Ctrl-C is not for it."""
        if self.user:
            how |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        nowhere: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "cwd": "/"}
        environment = {"PATH": os.defpath, "LC_ALL": "C", **how.pop("env", {})}
        command = [str(self.programs / program), *arguments]
        started: subprocess.Popen[bytes] = subprocess.Popen(
            command, env=environment, start_new_session=True, **(nowhere | how)
        )
        return started

    def owned(self, path: Path) -> Path:
        """A folder for the server's user alone; one that exists must be that already."""
        try:
            path.mkdir(0o700)
            self._give(path)
        except FileExistsError:
            status = path.lstat()
            if status.st_uid != self._uid or status.st_mode & 0o077 or not path.is_dir() or path.is_symlink():
                raise Unusable(f"{path} is not a folder of the database's user alone: remove it.") from None
        return path

    def _give(self, path: Path) -> None:
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    def _last_words(self) -> str:
        lines = (self.folder / "log").read_text("utf-8", errors="replace").splitlines()
        return "\n".join(lines[-10:])
