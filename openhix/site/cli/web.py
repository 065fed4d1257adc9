from __future__ import annotations

import json
import os

import click

from openhix.site.cli.exchange import exchange
from openhix.site.cli.ports import port_option


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@port_option
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
