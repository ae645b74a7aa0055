"""Site rules: selectors and URL patterns for the pages of a site, in one TOML file for each site.

`SiteRules.load` reads folders of rules, `SiteRules.find` returns the rule for a page. No Scrapy,
no network. `extraction.rule` applies a rule to a page.
"""

from newsclean.sites.file import FIELDS, SiteFile, SiteRuleError, read_file
from newsclean.sites.rule import SiteRule
from newsclean.sites.rules import PACKAGE_FOLDER, SiteRules

__all__ = [
    "FIELDS",
    "PACKAGE_FOLDER",
    "SiteFile",
    "SiteRule",
    "SiteRuleError",
    "SiteRules",
    "read_file",
]
