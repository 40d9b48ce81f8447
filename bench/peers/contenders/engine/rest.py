"""Groups of the schema, and those without a database."""

from cassandra.cqlengine.management import sync_table

from contenders.engine import models as m
from contenders.engine.writes import on_product
from values import rows_of

ADDRESS = {"street": "Main Street 1", "city": "Springfield", "zip": 12345}
NOT_PLAIN = "it makes no plain objects"


def sync_noop(_):
    sync_table(m.Event)
    return lambda _: sync_table(m.Event)


def test_run_instantiation(given):
    row = rows_of(given, "test_runs")[0]
    return lambda _: m.TestRun(**row)


def serialization(given):
    product = m.Product(**rows_of(given, "products")[0])
    return lambda _: {**product, "id": str(product.id), "tags": list(product.tags)}


def udt_serialization(_):
    address = m.Address(**ADDRESS)
    return lambda _: dict(address.items())


REST = {
    "sync-noop": sync_noop,
    "instantiation": on_product(lambda row: m.Product(**row)),
    "serialization": serialization,
    "udt-instantiation": lambda _: lambda _: m.Address(**ADDRESS),
    "udt-serialization": udt_serialization,
    "udt-nested-serialization": NOT_PLAIN,
    "test-run-instantiation": test_run_instantiation,
}
