"""The launcher: one command that starts PostgreSQL, migrates its database and serves the game."""
