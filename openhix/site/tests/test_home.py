"""The home: where it is, and that what is secret in it stays so."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from openhix.site import home
from openhix.site.home import Unusable


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_it_is_the_folder_that_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("OPENHIX_HOME", str(tmp_path / "named"))
    assert home.home() == tmp_path / "named"


def test_in_a_checkout_it_is_a_folder_of_the_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("OPENHIX_HOME")
    monkeypatch.setattr(home, "CHECKOUT", tmp_path)
    (tmp_path / "pyproject.toml").touch()
    assert home.home() == tmp_path / ".data"


def test_without_a_checkout_it_is_the_users_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("OPENHIX_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(home, "CHECKOUT", tmp_path / "site-packages")
    assert home.home() == tmp_path / ".local" / "share" / "openhix"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_new_folder_has_its_mode_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        made = home.folder(tmp_path / "new")
    finally:
        os.umask(before)
    assert mode(made) == (0o711 if os.geteuid() == 0 else 0o700)


def test_an_existing_folder_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir(0o755)
    (tmp_path / "old").chmod(0o755)
    home.folder(tmp_path / "old")
    assert mode(tmp_path / "old") == 0o755


def test_a_file_in_its_place_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Unusable, match="OPENHIX_HOME"):
        home.folder(tmp_path / "file" / "home")


def test_a_secret_is_long_and_ours_alone_and_stays(tmp_path: Path) -> None:
    secret = home.secret(tmp_path / "home" / "key")
    assert len(secret) >= 50
    assert mode(tmp_path / "home" / "key") == 0o600
    assert home.secret(tmp_path / "home" / "key") == secret


def test_those_who_ask_at_once_get_the_same_secret(tmp_path: Path) -> None:
    told: list[str] = []
    start = threading.Barrier(8)

    def ask() -> None:
        start.wait()
        told.append(home.secret(tmp_path / "key"))

    asking = [threading.Thread(target=ask) for _ in range(8)]
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    assert len(told) == 8
    assert len(set(told)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]
