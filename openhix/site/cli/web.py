from __future__ import annotations

import json
import os

import click

from openhix.site.cli.exchange import exchange


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, envvar="PORT", show_default=True, type=click.IntRange(1, 65535))
@click.option("--processes", default=2, show_default=True, type=click.IntRange(1), help="Web processes.")
@click.option("--json", "as_json", is_flag=True, help="Say in JSON where it answers.")
def web(host: str, port: int, processes: int, as_json: bool) -> None:
    """Start the web server alone."""
    os.environ["OPENHIX_COLLECTED"] = "1"
    address = f"http://{host}:{port}"
    with exchange():
        from openhix.site import serving

        serving.collect()
        said = json.dumps({"address": address}) if as_json else f"OpenHIX is at {address}"
        serving.serve(host=host, port=port, processes=processes, when_ready=lambda: print(said, flush=True))
