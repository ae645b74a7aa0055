"""Each public function of the parts that other programs use shows an example, which runs."""

import doctest
import importlib
import inspect

import pytest

# Functions that take a whole page or file; README and docs/ show them.
WITHOUT = {
    "join_bodies", "is_picture", "read_dump", "read_page", "is_version", "says_all",
    "believed_canonical",
}  # fmt: skip
FACES = ("newsclean", "newsclean.cleaning", "newsclean.extraction", "newsclean.urls")
FACES += ("newsclean.lexicon", "newsclean.models")


def functions():
    for face in FACES:
        module = importlib.import_module(face)
        names = getattr(module, "__all__", None) or vars(module)
        for name in names:
            found = getattr(module, name)
            is_ours = inspect.isfunction(found) and found.__module__.startswith("newsclean")
            if is_ours and name[0] != "_" and name not in WITHOUT:
                yield pytest.param(found, id=f"{face}.{name}")


@pytest.mark.parametrize("function", functions())
def test_a_public_function_has_an_example_that_runs(function):
    examples = doctest.DocTestFinder(recurse=False).find(function, globs=function.__globals__)
    assert any(one.examples for one in examples)
    for one in examples:
        assert doctest.DocTestRunner(verbose=False).run(one).failed == 0
