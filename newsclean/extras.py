"""The optional packages of newsclean, and what to install if one is missing."""

from __future__ import annotations

import importlib.util

# Extra of pip → its package, and what needs it.
_EXTRAS = {
    "cluster": ("distributed", "--engine"),
    "parquet": ("pyarrow", "Parquet"),
    "render": ("playwright", "NEWSCLEAN_RENDER = 'auto'"),
    "s3": ("boto3", "s3://"),
}


def extra_problem(extra: str) -> str | None:
    """Return in one line what to install for *extra*, or None if its package is installed. The
    package is not imported. Raises KeyError for an unknown extra.

    >>> extra_problem("parquet")  # if pyarrow is installed
    """
    package, user = _EXTRAS[extra]
    if importlib.util.find_spec(package) is not None:
        return None
    return f"{user} needs pip install 'newsclean[{extra}]'"
