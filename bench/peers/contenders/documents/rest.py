"""Groups of the schema, and those without a database."""

from coodie.cql_builder import build_create_type

from contenders.documents import models as m
from contenders.documents.writes import on_product
from values import rows_of

ADDRESS = {"street": "Main Street 1", "city": "Springfield", "zip": 12345}


def serialization(given):
    product = m.Product(**rows_of(given, "products")[0])
    return lambda _: product.model_dump(mode="json")


def udt_serialization(_):
    address = m.Address(**ADDRESS)
    return lambda _: address.model_dump(mode="json")


def udt_nested_serialization(_):
    contact = m.Contact(name="Ann", home=ADDRESS, work={**ADDRESS, "street": "Side Street 2"})
    return lambda _: contact.model_dump(mode="json")


def udt_ddl(_):
    types = (m.Address, m.Contact)
    return lambda _: "; ".join(
        build_create_type(one.type_name(), "bench", one._get_field_cql_types()) for one in types
    )


def sync_noop(_):
    m.Event.sync_table()
    return lambda _: m.Event.sync_table()


def test_run_instantiation(given):
    row = rows_of(given, "test_runs")[0]
    return lambda _: m.TestRun(**row)


REST = {
    "sync-noop": sync_noop,
    "instantiation": on_product(lambda row: m.Product(**row)),
    "serialization": serialization,
    "udt-instantiation": lambda _: lambda _: m.Address(**ADDRESS),
    "udt-serialization": udt_serialization,
    "udt-nested-serialization": udt_nested_serialization,
    "udt-ddl": udt_ddl,
    "test-run-instantiation": test_run_instantiation,
}
