"""Whether games stay right while servers, PostgreSQL and connections fail.

`workload` plays games over HTTP, and `run` breaks things meanwhile. `history` is what the clients
have seen, and `check` compares it with what the database holds in the end. docs/history-checker.md
is about it.
"""
