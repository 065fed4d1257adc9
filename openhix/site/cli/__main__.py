"""`python -m openhix.site.cli`."""

from openhix.site.cli import main

main(prog_name="openhix")
