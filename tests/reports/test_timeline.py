import random

import pytest

from newsclean.reports import Timeline
from newsclean.reports.timeline import MAX_TIME_STEPS


@pytest.mark.parametrize("span", [1, 599, 600, 5000, 10**7, 10**11])
def test_a_timeline_is_bounded_gapless_and_loses_nothing(span):
    times = [random.Random(span).uniform(0, span) for _ in range(2000)] + [0, span]
    timeline = Timeline()
    for time in times:
        timeline.add(time, "exported")
    moments = timeline.moments(0)
    assert len(moments) <= MAX_TIME_STEPS
    assert sum(moment.exported for moment in moments) == len(times)
    assert [one.second for one in moments] == [n * timeline.seconds for n in range(len(moments))]
    assert all(one.fetched is None for one in moments)


def test_steps_before_the_start_and_negative_clocks():
    timeline = Timeline()
    timeline.add(-700, "exported")
    timeline.add(700, "fetched", 3)
    moments = timeline.moments(-699)
    assert moments[0].second == 0
    assert moments[-1].second == 1399
    assert (moments[0].exported, moments[0].fetched, moments[-1].fetched) == (1, 0, 3)


def test_no_event_no_moment():
    assert Timeline().moments() == []
