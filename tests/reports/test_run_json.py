import json

import jsonschema
import pytest

from newsclean.reports import (
    Crawl,
    check_health,
    run_from_json,
    run_schema,
    run_to_json,
    summarise,
)


def a_run(article, rejection):
    records = [article(number, metadata={"cleaning": {"render": {"p": 2}}}) for number in range(9)]
    run = summarise(records, [rejection()], Crawl(spider="site", found=12, failed={"x.example": 1}))
    run.health = check_health(run, [])
    return run


def test_run_json_keeps_its_schema_and_comes_back(article, rejection):
    run = a_run(article, rejection)
    record = json.loads(json.dumps(run_to_json(run)))
    jsonschema.validate(record, run_schema())
    assert run_from_json(record) == run


@pytest.mark.parametrize(
    ("key", "value"),
    [("totals", {"exported": "many"}), ("sites", []), ("health", [{"verdict": "splendid"}])],
)
def test_what_is_no_run_is_refused(article, rejection, key, value):
    record = run_to_json(a_run(article, rejection)) | {key: value}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, run_schema())
    with pytest.raises(ValueError):
        run_from_json(record)
