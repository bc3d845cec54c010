"""How clients play and watch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Habits:
    """How clients play and watch. Probabilities are 0 to 1, for each turn if not said otherwise.

    `rush`: that a client sends several requests at once, as somebody who clicks twice does. It has
    as many connections more as `helpers` says.
    `impatience`: that it moves when it does not know whether it is its turn.
    `resignation`: that it gives the game up instead of moving.
    `repeatable`: that a move says its ply, and a join the secret of its seat. Such a request is
    sent again until its outcome is known, up to `resends` times.
    `doubt`: that it is sent again though its outcome is known.
    `spectators`: that somebody else watches a game.
    `hang_ups`: for each event, that who watches goes and comes back.
    `forgetfulness`: that they come back without the id of the last event.
    `timeout`: how many seconds a client waits for an answer.
    """

    rush: float = 0.1
    helpers: int = 2
    impatience: float = 0.1
    resignation: float = 0.01
    timeout: float = 2.0
    repeatable: float = 0.7
    resends: int = 6
    doubt: float = 0.03
    spectators: float = 0.3
    hang_ups: float = 0.03
    forgetfulness: float = 0.2
