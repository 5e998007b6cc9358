"""The examples in the docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import converter.brazil

MODULES = [name for _, name, _ in pkgutil.iter_modules(converter.brazil.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_hold(name):
    module = importlib.import_module(f"converter.brazil.{name}")
    assert doctest.testmod(module).failed == 0
