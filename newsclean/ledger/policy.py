"""When a page is fetched again: the settings of the user, as plain values."""

from dataclasses import dataclass

# The ledger of a spider that needs one, if NEWSCLEAN_LEDGER is not set.
DEFAULT_LEDGER = "ledger.sqlite"
_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Policy:
    """Intervals in seconds.

    An exported article is fetched again every ``look_again_every`` while it is younger than
    ``look_again_within`` (0: never). A page that failed is tried again after the intervals of
    ``back_off``, one after another; the last interval is repeated. It is given up after
    ``give_up_after`` failures in a row. A page with status 404 is ``gone`` after
    ``believe_missing_after`` times. The refresh interval of a listing is learnt from its changes.
    It is between ``listing_min_interval`` (if it is shorter, the listing is fetched in every run)
    and ``listing_max_interval``. The lock of another machine is taken over if that machine sent no
    heartbeat for ``lease_seconds``.
    """

    look_again_within: int = 3 * _DAY
    look_again_every: int = 6 * _HOUR
    back_off: tuple[int, ...] = (_HOUR, 4 * _HOUR, _DAY, 3 * _DAY)
    give_up_after: int = 5
    believe_missing_after: int = 2
    listing_min_interval: int = 5 * _MINUTE
    listing_max_interval: int = 7 * _DAY
    lease_seconds: int = 5 * _MINUTE

    def __post_init__(self) -> None:
        if not self.back_off or self.give_up_after < 1 or self.believe_missing_after < 1:
            raise ValueError(
                "back_off needs at least one interval,"
                " give_up_after and believe_missing_after must be at least 1"
            )
