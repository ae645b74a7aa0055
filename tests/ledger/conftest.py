"""The same ledger tests on SQLite and, where one is given, on PostgreSQL."""

import os
import uuid

import pytest
from sqlalchemy import create_engine, make_url, text

from newsclean.ledger import Ledger

POSTGRES = os.environ.get("NEWSCLEAN_TEST_POSTGRES")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def where(request, tmp_path):
    """The address of a database that does not exist yet, or is empty."""
    if request.param == "sqlite":
        yield tmp_path / "new" / "ledger.sqlite"
        return
    if not POSTGRES:
        pytest.skip("NEWSCLEAN_TEST_POSTGRES names no PostgreSQL server to test on")
    schema = f"ledger_{uuid.uuid4().hex}"
    url = make_url(POSTGRES).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        yield url.update_query_dict({"options": f"-csearch_path={schema}"}).render_as_string(
            hide_password=False
        )
    finally:
        with engine.connect() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


@pytest.fixture
def ledger(where):
    with Ledger.open(where) as ledger:
        yield ledger
