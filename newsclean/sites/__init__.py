"""Site rules: what somebody who looked at a site says of its pages, one TOML file a site.

`SiteRules.load` reads folders of them, `SiteRules.find` gives the one for a page. No Scrapy, no
network; `extraction.rule` asks a page with a rule.
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
