"""Whether games stay right while servers, PostgreSQL and connections fail.

`workload` plays games over HTTP and `run` lets things break meanwhile; `history` is what the
clients have seen, and `check` compares it with what the database holds in the end. The page about
it is docs/history-checker.md.
"""
