"""The optional packages of newsclean, and the command that installs a missing one."""

from __future__ import annotations

import importlib.util

# Extra of pip → its package, and the option or setting that needs it.
_EXTRAS = {
    "cluster": ("distributed", "--engine"),
    "parquet": ("pyarrow", "Parquet"),
    "render": ("playwright", "NEWSCLEAN_RENDER = 'auto'"),
    "s3": ("boto3", "s3://"),
}


def extra_problem(extra: str) -> str | None:
    """Return one line with the command that installs *extra*, or None if it is installed. The
    package is not imported. Raises KeyError for an unknown extra.

    >>> extra_problem("parquet")  # if pyarrow is installed
    """
    package, user = _EXTRAS[extra]
    if importlib.util.find_spec(package) is not None:
        return None
    return f"{user} needs pip install 'newsclean[{extra}]'"
