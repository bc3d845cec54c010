"""The HTTP server of the game: Flask on gunicorn, with PostgreSQL behind it."""
