"""The wheel holds all that a running exchange needs."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built without the network, with the build backend that is installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(CHECKOUT)]
    subprocess.run(build, check=True, capture_output=True, text=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.mark.parametrize(
    "pattern",
    [
        "openhix/site/static/vendor/uswds/css/uswds.min.css",
        "openhix/site/static/vendor/uswds/js/uswds.min.js",
        "openhix/site/static/site/openhix.css",
        "openhix/locale/*/LC_MESSAGES/django.mo",
        "openhix/law/federal/*.yaml",
        "openhix/law/massachusetts/*.yaml",
        "openhix/plans/data/shelf_*/*.csv",
        "openhix/plans/data/*.csv",
        "openhix/*/templates/**/*.html",
        "openhix/*/migrations/*.py",
    ],
)
def test_it_holds_whatever_the_checkout_holds(names: set[str], pattern: str) -> None:
    here = {each.relative_to(CHECKOUT).as_posix() for each in CHECKOUT.glob(pattern)}
    assert here, f"{pattern}: run make install"
    assert here - names == set()


def test_it_holds_no_tests_and_no_packages_of_others(names: set[str]) -> None:
    parts = {part for name in names for part in name.split("/")[:-1]}
    assert parts & {"tests", "node_modules", "bench", ".data"} == set()


def test_installed_elsewhere_it_runs(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(wheel)]
    subprocess.run(install, check=True, capture_output=True, text=True)
    environment = {**os.environ, "PYTHONPATH": str(target), "OPENHIX_HOME": str(tmp_path / "home")}

    def openhix(*arguments: str) -> str:
        command = [sys.executable, "-m", "openhix.site.cli", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Start the database" in openhix("--help")
    assert "connectorcare" in openhix("estimate", "--zip", "02118", "--ages", "40", "--income", "30000", "--json")
    where = [sys.executable, "-c", "import openhix; print(openhix.__file__)"]
    assert subprocess.check_output(where, cwd=tmp_path, env=environment, text=True).startswith(str(target))
