"""Groups that write."""

import uuid

from cassandra.cqlengine.query import BatchQuery, LWTException

from contenders.contender import ring, slices
from contenders.engine import models as m
from values import rows_of

NO_VECTORS = "it has no vectors"


def inserts(model, table):
    def prepare_group(given):
        rows = ring(rows_of(given, table))
        return lambda index: model.create(**rows(index))

    return prepare_group


def batches(model, table, count):
    def prepare_group(given):
        batch_of = slices(rows_of(given, table), count)

        def operation(index):
            with BatchQuery() as batch:
                for row in batch_of(index):
                    model.batch(batch).create(**row)

        return operation

    return prepare_group


def on_product(work):
    """A group of one product after another."""

    def prepare_group(given):
        rows = ring(rows_of(given, "products"))
        return lambda index: work(rows(index))

    return prepare_group


def insert_if_not_exists(row):
    try:
        m.Product.if_not_exists().create(**{**row, "id": uuid.uuid4()})
        return True
    except LWTException:
        return False


def get_then_update(row):
    found = m.Product.get(id=row["id"])
    m.Product.objects(id=found.id).update(price=found.price + 0.25)


def update_if_condition(row):
    try:
        m.Product.objects(id=row["id"]).iff(brand=row["brand"]).update(price=1.25)
        return True
    except LWTException:
        return False


def single_delete(row):
    m.Product.create(**row).delete()


def bulk_delete(given):
    rows = ring(rows_of(given, "readings"))
    return lambda index: m.Reading.objects(sensor=rows(index)["sensor"]).delete()


def counter_increment(given):
    rows = ring(rows_of(given, "counters"))

    def operation(index):
        m.PageCounter.objects(page=rows(index)["page"]).update(views=1)

    return operation


WRITES = {
    "single-insert": inserts(m.Product, "products"),
    "insert-if-not-exists": on_product(insert_if_not_exists),
    "insert-with-ttl": on_product(lambda row: m.Product.ttl(3600).create(**row)),
    "partial-update": on_product(
        lambda row: m.Product.objects(id=row["id"]).update(price=1.25, description="updated")
    ),
    "get-then-update": on_product(get_then_update),
    "update-if-condition": on_product(update_if_condition),
    "single-delete": on_product(single_delete),
    "bulk-delete": bulk_delete,
    "batch-insert-10": batches(m.Event, "events", 10),
    "batch-insert-100": batches(m.Event, "events", 100),
    "collection-write": inserts(m.Comment, "comments"),
    "vector-insert": NO_VECTORS,
    "counter-increment": counter_increment,
}
