"""A really started game server, for the tests that talk to one, and waiting for processes."""

from server_process.bound_process import bound
from server_process.freezing import frozen
from server_process.server_process import ServerProcess, ServerProcessError
from server_process.waiting import wait_until, wait_until_ended

__all__ = [
    "ServerProcess",
    "ServerProcessError",
    "bound",
    "frozen",
    "wait_until",
    "wait_until_ended",
]
