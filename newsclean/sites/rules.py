"""All the rules of a crawl, by host."""

from __future__ import annotations

from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Self

from newsclean.sites.file import SiteFile, SiteRuleError, parse_file, read_bytes
from newsclean.urls import hosts_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from newsclean.sites.rule import SiteRule

# The folder of the built-in rules. It is not a path, because a package may be in an egg.
PACKAGE_FOLDER: Traversable = files("newsclean.sites")


class SiteRules:
    """Rules from several folders. Rules of an earlier folder have priority."""

    def __init__(self, folders: Sequence[dict[str, bytes]]) -> None:
        """*folders* maps the path of each file to its content. Raise SiteRuleError."""
        self._sources = folders
        self._folders = [_by_host(files) for files in folders]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the sources: compiled selectors cannot be pickled."""
        return SiteRules, (self._sources,)

    @classmethod
    def load(cls, folders: Iterable[Path | Traversable]) -> Self:
        """Return the rules in every ``*.toml`` of *folders*. Raise SiteRuleError with one line for
        a missing folder and for an invalid file."""
        return cls([_read_folder(folder) for folder in folders])

    def hosts(self) -> list[str]:
        """Return every host that has a rule of its own."""
        return [host for folder in self._folders for host in folder]

    def find(self, url: str, when: date | None = None) -> SiteRule | None:
        """Return the rule for the page *url* in the layout of the day *when* (None: the newest), or
        None. A rule for a host is also used for hosts below it; the most specific rule counts.
        Raises no exception."""
        hosts = hosts_of(url)
        for folder in self._folders:
            for host in hosts:
                if host in folder:
                    return folder[host].rule(when)
        return None


def _read_folder(folder: Path | Traversable) -> dict[str, bytes]:
    if not folder.is_dir():
        raise SiteRuleError(f"{folder}: no such folder of site rules")
    paths = sorted(folder.iterdir(), key=lambda path: path.name)
    return {str(path): read_bytes(path) for path in paths if path.name.endswith(".toml")}


def _by_host(files: dict[str, bytes]) -> dict[str, SiteFile]:
    by_host: dict[str, SiteFile] = {}
    names: dict[str, str] = {}
    for path, data in files.items():
        file = parse_file(data, path)
        for host in dict.fromkeys(file.hosts):
            if host in by_host:
                raise SiteRuleError(
                    f"{path}: hosts = {host!r}: expected one rule per host, {names[host]} has one"
                )
            by_host[host], names[host] = file, PurePath(path).name
    return by_host
