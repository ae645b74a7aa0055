"""What scrapyd-deploy builds its egg with; everything stands in pyproject.toml."""

from setuptools import setup

setup()
