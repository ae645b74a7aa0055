"""Every sample gives exactly its article.json."""

import json
from pathlib import Path

import pytest

from newsclean.article import clean_article, extract_article
from newsclean.serialization import as_record

SAMPLES = Path(__file__).parent.parent.parent / "samples"


def read(folder):
    meta = json.loads((folder / "meta.json").read_text("utf8"))
    page = next(folder.glob("page.*"))
    return clean_article(
        extract_article(
            page.read_bytes(),
            meta["url"],
            content_type=meta["content_type"],
            is_text=meta["kind"] == "text",
        )
    )


def shown(record, wanted):
    """The part of *record* that *wanted* speaks of."""
    if isinstance(wanted, dict) and isinstance(record, dict):
        return {key: shown(record.get(key), value) for key, value in wanted.items()}
    if isinstance(wanted, list) and isinstance(record, list) and len(wanted) == len(record):
        return [shown(one, other) for one, other in zip(record, wanted, strict=True)]
    return record


@pytest.mark.parametrize("folder", sorted(SAMPLES.glob("*/")), ids=lambda folder: folder.name)
def test_sample_comes_out_as_it_must(folder):
    wanted = json.loads((folder / "article.json").read_text("utf8"))
    article = read(folder)
    if wanted is None:
        assert article.articleBody is None or len(article.articleBody) < 40
        return
    missing = wanted.pop("missingImages", 0)
    record = as_record(article)
    assert article.metadata.cleaning.get("fill_media", {}).get("missing", 0) == missing
    assert shown(record, wanted) == wanted
    for name in ("authors", "editors", "source", "datePublished", "dateModified", "images"):
        assert name in wanted or name not in record, f"{name} came from nowhere"
