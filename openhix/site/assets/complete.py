"""A build hook: a wheel without style sheets or translations is not built at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NEEDED = ("openhix/site/static/vendor/uswds/css/*.css", "openhix/locale/es/*/*.mo", "openhix/locale/pt/*/*.mo")


class Complete(BuildHookInterface[Any]):
    """Editable installations are let through: `make install` makes them before it fetches the rest."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        missing = [pattern for pattern in NEEDED if not list(Path(self.root).glob(pattern))]
        if missing:
            raise SystemExit(
                f"{', '.join(missing)} is not there yet: run `make wheel`, which fetches and compiles first."
            )
