"""Variants of the server that the tests start as programs."""
