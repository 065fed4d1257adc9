"""The command `openhix`. Each subcommand is a module of this folder, imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from openhix.site.home import Unusable

COMMANDS = {
    "run": "Start the database, the web server and the worker together.",
    "web": "Start the web server alone.",
    "worker": "Start a worker alone: it does the queued and the nightly jobs.",
    "migrate": "Bring the database's tables up to date.",
    "prepare": "Load the shipped shelf and set the demonstration's clock, where that has not been done.",
    "clock": "Show the demonstration's clock, or move it forward.",
    "demo": "Walk five households from their application to their coverage.",
    "load": "Load a year's shelf of plans from a folder, all or nothing.",
    "plans": "Look at the plans.",
    "estimate": "What a household may qualify for and what plans cost it. Needs no database.",
    "staff": "Accounts of the exchange's own people.",
    "keys": "The keys that seal people's fields.",
    "redetermine": "Answer households anew whose answers rest on law, figures or rules of before.",
    "determine": "Eligibility for a file of households. Needs no database.",
    "compare": "Who gains and who loses from one law to another, for a file of households. Needs no database.",
}


class Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Unusable as error:
            raise click.ClickException(str(error)) from error


@click.command(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="openhix")
@click.option("--until-stdin-ends", is_flag=True, hidden=True, help="For the parts of `openhix run`.")
def main(until_stdin_ends: bool) -> None:
    """OpenHIX, an open-source health insurance exchange."""
    if until_stdin_ends:
        from openhix.site.run import end_with_stdin

        end_with_stdin()
