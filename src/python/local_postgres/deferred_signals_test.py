"""A signal waits, and is not lost."""

import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from local_postgres.deferred_signals import signals_deferred


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_is_handled_on_leaving(number: signal.Signals) -> None:
    handled: list[int] = []
    previous = signal.signal(number, lambda received, _frame: handled.append(received))
    try:
        with signals_deferred():
            signal.raise_signal(number)
            signal.raise_signal(number)
            assert handled == []
        assert handled == [number]
    finally:
        signal.signal(number, previous)


def test_what_the_handler_raises_comes_out_of_the_block() -> None:
    reached: list[str] = []

    def interrupted() -> None:
        with signals_deferred():
            signal.raise_signal(signal.SIGINT)
            reached.append("the end")

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert reached == ["the end"]


def test_the_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with signals_deferred():
        pass
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_other_threads_may_use_it_too() -> None:
    def enter() -> bool:
        with signals_deferred():
            return True

    with ThreadPoolExecutor() as pool:
        assert pool.submit(enter).result()
