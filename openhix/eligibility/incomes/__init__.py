"""What a household would have with another income, worked out and drawn."""
