"""The rules of the game, its tables, how both are encoded, and where the database is."""
