"""How clients play and watch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Habits:
    """How clients play; the probabilities are 0 to 1 and for each turn.

    `rush`: how probable it is that they send several requests for one thing at once, as somebody
    who clicks twice does, on as many connections as `helpers` and their own.
    `impatience`: that they move without being sure that it is their turn.
    `repeatable`: that a move says how many were played before it, and a join which secret its seat
    is to have. Such a one is sent again, up to `resends` times, as long as nobody knows what has
    become of it; and `doubt` is how probable it is that it is sent again even so.
    `spectators`: that somebody else watches the game, beside its players.
    `hang_ups`: how probable it is, for each event, that whoever watches goes and comes back;
    `forgetfulness`: that it is without saying what was seen before.
    `timeout` is for how many seconds they wait for an answer.
    """

    rush: float = 0.1
    helpers: int = 2
    impatience: float = 0.1
    timeout: float = 2.0
    repeatable: float = 0.7
    resends: int = 6
    doubt: float = 0.03
    spectators: float = 0.3
    hang_ups: float = 0.03
    forgetfulness: float = 0.2
