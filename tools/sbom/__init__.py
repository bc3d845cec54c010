"""A software bill of materials per artifact: what of others is in it, read from the artifact."""
