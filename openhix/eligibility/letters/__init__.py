"""The texts that this room sends."""
