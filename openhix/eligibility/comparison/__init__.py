"""Two laws over the same households: who gains, who loses, and what it costs."""
