"""Writing a new revision, in a clone."""
