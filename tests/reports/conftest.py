"""Feeds of our own making."""

import pytest

HOST = "news.example"


def article(number=0, host=HOST, **fields):
    metadata = {
        "schemaVersion": 1,
        "dateDownloaded": f"2026-04-18T09:{number // 60 % 60:02}:{number % 60:02}Z",
        "fieldSources": {"headline": "json-ld", "articleBody": "generic"},
        "changeType": "new",
    }
    metadata.update(fields.pop("metadata", {}))
    return {
        "url": f"https://{host}/{number}",
        "headline": f"Ferry number {number} sails again",
        "articleBody": "The ferry sails again.\n\nSo says the harbour.",
        "wordCount": 8,
        **fields,
        "metadata": metadata,
    }


def rejection(number=0, host=HOST, reason="no-body", **fields):
    return {
        "url": f"https://{host}/rejected/{number}",
        "reason": reason,
        "dateDownloaded": "2026-04-18T09:00:30Z",
        **fields,
    }


@pytest.fixture(name="article")
def _article():
    return article


@pytest.fixture(name="rejection")
def _rejection():
    return rejection
