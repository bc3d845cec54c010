"""The launcher: the whole game in one command, with a database of its own."""
