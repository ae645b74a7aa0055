"""The examples in the docstrings of the cleaning package are true."""

import doctest
import importlib
import pkgutil

import pytest

import newsclean.cleaning

MODULES = [one.name for one in pkgutil.iter_modules(newsclean.cleaning.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    module = importlib.import_module(f"newsclean.cleaning.{name}")
    assert doctest.testmod(module).failed == 0


def test_the_modules_that_judge_escapes_have_examples():
    finder = doctest.DocTestFinder()
    for name in ("layers", "regions", "signals"):
        module = importlib.import_module(f"newsclean.cleaning.{name}")
        assert any(test.examples for test in finder.find(module)), name
