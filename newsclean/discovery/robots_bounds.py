"""Limit a robots.txt, so that it is cheap to parse and to apply.

Scrapy's parser (Protego) applies the rules. Its cost grows with the user agents of a group times
the rules of the group, and each URL is compared with every rule that has a wildcard: the worst
500 KiB take minutes and gigabytes. A file that was limited here takes at most about a second.
"""

from __future__ import annotations

import re

# RFC 9309, section 2.5: at least 500 KiB are read, and the rest may be ignored.
MAX_BYTES = 500 * 1024
MAX_RULES = 30_000  # rules, each counted once for each user agent of its group
MAX_WILDCARD_RULES = 5_000  # rules, counted in the same way; each takes about 2 µs for a URL
MAX_AGENTS = 1_000  # user agents in a row; lists of the known crawlers have some hundreds
MAX_SITEMAPS = 1_000  # lines that name a sitemap

# The fields that Protego supports, with its misspellings, with or without a colon.
_LINE = re.compile(
    r"""
    (?: (?P<agent>   user[- ]?agent )
      | (?P<rule>    dis+al+ow | dis?al+aw | diasllow | allow )
      | (?P<other>   crawl[- ]delay | request[- ]rate | visit[- ]time )
      | (?P<sitemap> site-?maps? )
    )
    (?: [ \t]* : | (?=[ \t]) )     # a colon, or nothing but white space before the value
    [ \t]* (?P<value> [^\#]* )     # the rest of the line is a comment
    """,
    re.IGNORECASE | re.VERBOSE,
)


def bound_robots(body: bytes) -> tuple[bytes, bool]:
    """Return (lines, is_cut): the rules, user agents and sitemaps of the robots.txt *body* within
    the limits above, and True if a limit left something out.

    >>> bound_robots(b"Hello!\\nUser-agent: *\\nDisallow: /private # not yours\\n")
    (b'User-agent: *\\nDisallow: /private\\n', False)
    """
    cut = len(body) > MAX_BYTES
    if cut:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    kept = _Kept()
    # Split lines like Protego, which also splits at other characters than line feeds.
    for line in body.decode("utf-8-sig", "ignore").splitlines():
        found = _LINE.match(line.strip())
        if found is not None:
            kept.add(found)
    return "".join(kept.lines).encode(), cut or kept.is_cut


class _Kept:
    """The lines that were kept, and their cost."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.is_cut = False
        self._agents = 0
        self._rules = 0
        self._wildcard_rules = 0
        self._sitemaps = 0
        self._in_agents = False

    def add(self, found: re.Match[str]) -> None:
        """Keep the line *found* if it is within the limits."""
        value = found["value"].strip()
        if found["agent"] is not None:
            kept = self._add_agent()
            field = "User-agent"
        elif found["sitemap"] is not None:
            self._sitemaps += 1
            kept = self._sitemaps <= MAX_SITEMAPS
            field = "Sitemap"
        else:
            self._in_agents = False
            kept = found["rule"] is None or self._add_rule(value)
            field = _field_of(found)
        if kept:
            self.lines.append(f"{field}: {value}\n")
        else:
            self.is_cut = True

    def _add_agent(self) -> bool:
        if not self._in_agents:
            self._agents = 0
        self._in_agents = True
        self._agents += 1
        return self._agents <= MAX_AGENTS

    def _add_rule(self, value: str) -> bool:
        cost = max(1, min(self._agents, MAX_AGENTS))
        self._rules += cost
        if "*" in value or "$" in value:
            self._wildcard_rules += cost
        return self._rules <= MAX_RULES and self._wildcard_rules <= MAX_WILDCARD_RULES


def _field_of(found: re.Match[str]) -> str:
    """Return the correct spelling of the field of a rule."""
    if found["other"] is not None:
        return found["other"].replace(" ", "-").capitalize()
    return "Allow" if found["rule"].lower() == "allow" else "Disallow"
