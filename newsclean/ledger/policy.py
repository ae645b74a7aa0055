"""When a page is asked for again: the choices of whoever runs the crawl, as plain values."""

from dataclasses import dataclass

# Where a spider that cannot do without a ledger has it unless NEWSCLEAN_LEDGER says otherwise.
DEFAULT_LEDGER = "ledger.sqlite"
_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


@dataclass(frozen=True, slots=True)
class Policy:
    """Intervals in seconds.

    An exported article is looked at again every ``look_again_every`` while it is younger
    than ``look_again_within`` (0: never). A page that failed comes back after the
    intervals of ``back_off``, one after another, the last for good, and is given up
    after ``give_up_after`` failures in a row. A page that the server says is not there
    is believed after ``believe_missing_after`` times. A listing has its own
    interval, learnt from how often it changes, between ``listing_min_interval`` (below that,
    it is asked in every run) and ``listing_max_interval``. What another machine holds is taken
    over if it gave no sign of life for ``lease_seconds``.
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
            raise ValueError("back_off needs an interval, the counts must be at least 1")
