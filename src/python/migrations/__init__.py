"""The revisions of the database's schema, and the program that applies them."""
