"""What an application must say before it can be signed, and what its amounts come to. Pure."""
