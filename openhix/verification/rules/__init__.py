"""Which proofs an application makes its people owe, and what rests on them. Pure."""
