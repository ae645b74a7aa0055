"""There is no unused code in the package, training, benchmarks and documentation.

Vulture finds names that no code uses. Tests do not count as users. Names that Scrapy, Pydantic or a
template uses are read from the settings, models and templates. So a class that is removed from the
settings is reported. Only names that a library calls by convention are listed here.
"""

import dataclasses
import re
from pathlib import Path

import pytest
from vulture import Vulture

from newsclean import own_settings, settings
from newsclean.items import Article, Metadata
from newsclean.rejections import Rejection
from newsclean.reports.run import Run, Totals
from newsclean.sites import file as site_file

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PATHS = [ROOT / folder for folder in ("newsclean", "training", "bench", "docs/_ext")]
PYDANTIC = ["@field_validator", "@model_validator"]
CALLED_BY_NAME = {
    "Python": ["__getattr__"],
    "Scrapy, components": [
        "open_spider", "process_exception", "process_item", "process_request", "storages",
    ],
    "Scrapy, commands": [
        "default_settings", "exitcode", "long_desc", "requires_crawler_process", "requires_project",
        "short_desc", "syntax",
    ],
    "Scrapy, the middleware for robots.txt": ["robot_parser"],
    "Scrapy, add-ons": ["update_settings"],
    "Scrapy, spiders": ["custom_settings"],
    "ADDONS of a project": ["NewscleanAddon"],
    "SPIDERMON_SPIDER_CLOSE_MONITORS of a project": ["HealthSuite"],
    "unittest": ["test_*"],
    "Pydantic": ["model_config"],
    "click": ["format_commands", "list_commands", "shell_complete"],
    "Sphinx": ["required_arguments", "setup"],
    "asyncio": ["connection_made", "data_received", "eof_received"],
    "sqlite3": ["isolation_level"],
    "re2": ["log_errors", "max_mem"],
    "fastwarc": ["is_http"],
}  # fmt: skip


def used_elsewhere():
    """Yield the names that settings, records, templates and the documentation of Python use."""
    for names in CALLED_BY_NAME.values():
        yield from names
    for name, value in vars(settings).items():
        if name.isupper():
            yield name
            paths = [*value, *value.values()] if isinstance(value, dict) else [value]
            yield from (str(path).rpartition(".")[2] for path in paths)
    yield from own_settings.OwnSettings.model_fields
    yield from site_file.Version.model_fields
    for record in (Article, Metadata, Rejection, Run, Totals):
        yield from (field.name for field in dataclasses.fields(record))
    for template in (ROOT / "newsclean").rglob("*.html"):
        yield from re.findall(r"\.(\w+)", template.read_text("utf-8"))
    api = (ROOT / "docs" / "reference" / "api.md").read_text("utf-8")
    for members in re.findall(r":members: (.+)", api):
        yield from members.split(", ")


def test_nothing_is_without_a_user():
    vulture = Vulture(ignore_names=sorted(set(used_elsewhere())), ignore_decorators=PYDANTIC)
    vulture.scavenge([str(path) for path in PATHS])
    assert [item.get_report() for item in vulture.get_unused_code(min_confidence=60)] == []


def test_a_function_without_a_user_is_found(tmp_path):
    source = tmp_path / "dead.py"
    source.write_text("def used(): pass\n\n\ndef dead(): pass\n\n\nused()\n")
    vulture = Vulture()
    vulture.scavenge([str(source)])
    assert [item.name for item in vulture.get_unused_code()] == ["dead"]
