"""The examples in docstrings run, and each public function has one.

Public is what other programs and other packages use: the names in ``__all__`` of a package, and
the functions of the modules at the top of `newsclean`. A function that only another module of its
own package calls may do without an example.
"""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import newsclean

# What has no value to show: it runs a command line or writes files.
WITHOUT = {"newsclean.__main__.main", "newsclean.schema.main"}
MODULES = sorted(
    one.name
    for one in pkgutil.walk_packages(newsclean.__path__, "newsclean.")
    if one.name != "newsclean.monitoring"  # its base class is that of an extra
)


def public_functions():
    """Yield the public functions, each with the name that it is imported by."""
    for name in ("newsclean", *MODULES):
        module = importlib.import_module(name)
        names = getattr(module, "__all__", None)
        if names is None and name.count(".") == 1:  # no package, or one that only has modules
            names = [own for own, one in vars(module).items() if is_own(one, name)]
        for public in names or ():
            one = getattr(module, public)
            path = f"{name}.{public}"
            if inspect.isfunction(one) and public[0] != "_" and path not in WITHOUT:
                yield pytest.param(one, id=path)


def is_own(one, name):
    return inspect.isfunction(one) and one.__module__ == name


@pytest.mark.parametrize("function", list(public_functions()))
def test_a_public_function_has_an_example(function):
    examples = doctest.DocTestFinder(recurse=False).find(function, globs=function.__globals__)
    assert any(one.examples for one in examples)


@pytest.mark.parametrize("name", ["newsclean", *MODULES])
def test_the_examples_of_a_module_run(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0
