"""The health checks as monitors of Spidermon, whose actions send mail, Slack or Telegram messages.

Switch on Spidermon's extension and set
``SPIDERMON_SPIDER_CLOSE_MONITORS = ("newsclean.monitoring.HealthSuite",)``. To add actions, use a
suite of your own that inherits from this one. Needs ``newsclean[monitoring]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from spidermon import Monitor, MonitorSuite, monitors

from newsclean.extensions.run_report import RunReport
from newsclean.printable import printable

if TYPE_CHECKING:
    from newsclean.reports import CheckResult

_MAX_FINDINGS = 20  # findings in a message
_MAX_FINDING_LENGTH = 200  # characters


@monitors.name("newsclean health")
class HealthMonitor(Monitor):  # type: ignore[misc]
    """The checks of `newsclean.reports.check_health`. A failure or a warning fails the monitor.
    Without an earlier run to compare with, the monitor is skipped."""

    def test_program_errors(self) -> None:
        """The program raised no exception."""
        self._look("program_errors")

    def test_front_page_lost(self) -> None:
        """Every front page can be used."""
        self._look("front_page_lost")

    def test_new_pages_lost(self) -> None:
        """New pages give articles."""
        self._look("new_pages_lost")

    def test_template_stopped(self) -> None:
        """Every template of articles still matches."""
        self._look("template_stopped")

    def test_site_yields_nothing(self) -> None:
        """Every site yields articles."""
        self._look("site_yields_nothing")

    def test_field_vanished(self) -> None:
        """Every field is still there."""
        self._look("field_vanished")

    def test_bodies_shrank(self) -> None:
        """Bodies are as long as before."""
        self._look("bodies_shrank")

    def test_rejections_rose(self) -> None:
        """No more pages are rejected than before."""
        self._look("rejections_rose")

    def test_new_escape_layers(self) -> None:
        """Every escape layer has been seen before."""
        self._look("new_escape_layers")

    def _look(self, check: str) -> None:
        report = self.data.crawler.get_extension(RunReport)
        if report is None:
            self.fail("newsclean's RunReport is not in EXTENSIONS: nothing was checked")
        verdicts = [one for one in report.health() if one.check == check]
        findings = [one for one in verdicts if one.verdict in {"failed", "warning"}]
        if findings:
            self.fail("\n".join(map(_line, findings[:_MAX_FINDINGS])))
        if not any(one.verdict == "ok" for one in verdicts):
            self.skipTest("; ".join(one.message for one in verdicts) or "not checked")


class HealthSuite(MonitorSuite):  # type: ignore[misc]
    """All monitors, without actions. Inherit from it to add actions."""

    monitors: ClassVar[list[type[Monitor]]] = [HealthMonitor]


def _line(verdict: CheckResult) -> str:
    """Return *verdict* as one line without markup from a page."""
    where = f"{verdict.site}: " if verdict.site else ""
    return printable(f"{verdict.verdict}: {where}{verdict.message}", _MAX_FINDING_LENGTH)
