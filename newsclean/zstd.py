"""Zstandard: the module of Python 3.14, or its backport, which Scrapy installs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING or sys.version_info < (3, 14):
    from backports import zstd
else:
    from compression import zstd

__all__ = ["zstd"]
