"""The error that the commands raise."""


class MigrationError(Exception):
    """A command cannot be carried out; the message is one line that says why, and no secret."""
