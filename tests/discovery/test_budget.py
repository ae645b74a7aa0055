"""Budgets of sites, without a crawl."""

import pytest

from newsclean.discovery.budget import DEFAULT_LIMITS, SiteBudgets


def test_a_budget_is_used_up_once_and_touches_no_other_site():
    budgets = SiteBudgets({"requests": 3})
    told = [budgets.spend("a", "requests") for _ in range(10)]
    assert told.count(True) == 1
    assert told.index(True) == 3
    assert not budgets.spend("b", "requests")
    assert budgets.exhausted == {"a": "requests"}
    assert budgets.describe("b") == ""


@pytest.mark.parametrize("name", DEFAULT_LIMITS)
def test_every_budget_ends_and_is_described(name):
    budgets = SiteBudgets({name: 1.5})
    assert not budgets.spend("a", name, 1.5)
    assert budgets.spend("a", name, 0.1)
    assert "1.5" in budgets.describe("a")


def test_failures_count_in_a_row_only():
    budgets = SiteBudgets({"failures": 2})
    for _ in range(5):
        assert not budgets.spend("a", "failures")
        assert not budgets.spend("a", "failures")
        budgets.answered("a")
    budgets.answered("nobody")
    assert [budgets.spend("a", "failures") for _ in range(3)] == [False, False, True]


def test_zero_is_no_limit():
    budgets = SiteBudgets(dict.fromkeys(DEFAULT_LIMITS, 0))
    assert not any(budgets.spend("a", name, 1e30) for name in DEFAULT_LIMITS)


@pytest.mark.parametrize(
    "limits", [{"request": 1}, {"requests": -1}, {"requests": "many"}, {"requests": True}]
)
def test_a_wrong_budget_is_named(limits):
    with pytest.raises(ValueError, match="NEWSCLEAN_SITE_BUDGET"):
        SiteBudgets(limits)
