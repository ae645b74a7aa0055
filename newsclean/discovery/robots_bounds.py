"""robots.txt from a stranger, made small enough that reading it and asking it cost little.

Rules are left to Scrapy's parser (Protego). Its cost grows with the user agents of a group times
the rules of the group, and each question asks every rule with a wildcard: 500 KiB of the worst
kind take minutes and gigabytes. What passes here costs at most about a second.
"""

from __future__ import annotations

import re

# RFC 9309, section 2.5: at least 500 KiB are read, and the rest may be ignored.
MAX_BYTES = 500 * 1024
MAX_RULES = 30_000  # each counted once for each user agent of its group
MAX_WILDCARD_RULES = 5_000  # counted likewise; a question takes about 2 microseconds for each
MAX_AGENTS = 1_000  # in a row; lists of the known crawlers name some hundreds
MAX_SITEMAPS = 1_000

# The fields that Protego knows, misspelled as it knows them, with or without a colon.
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
    """Return the lines of the robots.txt *body* that are rules, user agents and sitemaps, within
    the limits above, and whether anything was left out for a limit.

    >>> bound_robots(b"Hello!\\nUser-agent: *\\nDisallow: /private # not yours\\n")
    (b'User-agent: *\\nDisallow: /private\\n', False)
    """
    cut = len(body) > MAX_BYTES
    if cut:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    kept = _Kept()
    # As Protego splits them: at more characters than the line feed.
    for line in body.decode("utf-8-sig", "ignore").splitlines():
        found = _LINE.match(line.strip())
        if found is not None:
            kept.add(found)
    return "".join(kept.lines).encode(), cut or kept.is_cut


class _Kept:
    """The lines that were kept, and what they cost."""

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
    """Return the proper spelling of the field of a rule."""
    if found["other"] is not None:
        return found["other"].replace(" ", "-").capitalize()
    return "Allow" if found["rule"].lower() == "allow" else "Disallow"
