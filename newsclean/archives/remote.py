"""List archives in S3, and copy each object to a temporary file to read it."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Any

from newsclean.extras import extra_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEME = "s3://"


def is_remote(path: object) -> bool:
    """Return True if *path* is an object in S3, or a prefix of objects.

    >>> is_remote("s3://bucket/pages.warc.gz"), is_remote("pages.warc.gz")
    (True, False)
    """
    return str(path).startswith(SCHEME)


def list_objects(url: str) -> Iterator[tuple[str, int]]:
    """Yield (URL, size in bytes) of each object that *url* names: the object itself, or all objects
    below it if it ends in ``/``. Raise OSError if S3 does not answer or has no such object."""
    bucket, _, prefix = url.removeprefix(SCHEME).partition("/")
    found = False
    with _errors(url):
        pages = _client().get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
        for page in pages:
            for one in page.get("Contents", ()):
                is_folder = prefix == "" or prefix.endswith("/")
                if one["Key"].endswith("/") or not (is_folder or one["Key"] == prefix):
                    continue
                found = True
                yield f"{SCHEME}{bucket}/{one['Key']}", int(one["Size"])
    if not found:
        raise OSError(f"{url}: no such object or folder")


@contextmanager
def fetched(url: str) -> Iterator[IO[bytes]]:
    """Yield the content of the object *url* in a temporary file, which is deleted at the end. Raise
    OSError if S3 does not deliver it."""
    bucket, _, key = url.removeprefix(SCHEME).partition("/")
    with tempfile.TemporaryFile() as file:
        with _errors(url):
            _client().download_fileobj(bucket, key, file)
        file.seek(0)
        yield file


def _client() -> Any:
    if problem := extra_problem("s3"):
        raise OSError(problem)
    import boto3  # noqa: PLC0415  (an extra)

    return boto3.client("s3")


@contextmanager
def _errors(url: str) -> Iterator[None]:
    """Turn the exceptions of boto3 into an OSError of one line."""
    try:
        import botocore.exceptions as boto  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError:
        yield
        return
    try:
        yield
    except (boto.BotoCoreError, boto.ClientError) as error:
        raise OSError(f"{url}: {' '.join(str(error).split())[:200]}") from None
