"""The tables of law and the few lines that read them. Other rooms ask at `openhix.law.tables`."""
