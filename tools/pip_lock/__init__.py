"""The locks of the Python resolves, as pip-compile writes them."""

from pip_lock.pins import LockError, Pin, PythonLock, read_pins, required_by

__all__ = ["LockError", "Pin", "PythonLock", "read_pins", "required_by"]
