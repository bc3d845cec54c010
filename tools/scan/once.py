"""Something that several checks need and that is made once."""

from __future__ import annotations

import concurrent.futures
import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")


class Once(Generic[_T]):
    """Calls a function at its own first call; all calls return, or raise, what that did."""

    def __init__(self, make: Callable[[], _T]) -> None:
        """Takes the function."""
        self._make = make
        self._lock = threading.Lock()
        self._end: concurrent.futures.Future[_T] = concurrent.futures.Future()

    def __call__(self) -> _T:
        """What the function returned. Raises what it raised."""
        with self._lock:
            if not self._end.done():
                try:
                    self._end.set_result(self._make())
                except Exception as error:  # noqa: BLE001,RUF100 - it is raised just below
                    self._end.set_exception(error)
        return self._end.result()
