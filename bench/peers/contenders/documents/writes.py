"""Groups that write."""

import uuid

from coodie.sync import BatchQuery

from contenders.contender import ring, slices
from contenders.documents import models as m
from values import rows_of


def inserts(document, table, **options):
    def prepare_group(given):
        rows = ring(rows_of(given, table))
        return lambda index: document(**rows(index)).save(**options)

    return prepare_group


def batches(document, table, count):
    def prepare_group(given):
        batch_of = slices(rows_of(given, table), count)

        def operation(index):
            with BatchQuery() as batch:
                for row in batch_of(index):
                    document(**row).save(batch=batch)

        return operation

    return prepare_group


def on_product(work):
    """A group of one product after another."""

    def prepare_group(given):
        rows = ring(rows_of(given, "products"))
        return lambda index: work(rows(index))

    return prepare_group


def get_then_update(row):
    found = m.Product.get(id=row["id"])
    found.update(price=found.price + 0.25)


def update_if_condition(row):
    product = m.Product.model_construct(**row)
    return product.update(price=1.25, if_conditions={"brand": row["brand"]}).applied


def single_delete(row):
    product = m.Product(**row)
    product.save()
    product.delete()


def bulk_delete(given):
    rows = ring(rows_of(given, "readings"))
    return lambda index: m.Reading.find(sensor=rows(index)["sensor"]).delete()


def counter_increment(given):
    rows = ring(rows_of(given, "counters"))
    return lambda index: m.PageCounter(page=rows(index)["page"]).increment(views=1)


WRITES = {
    "single-insert": inserts(m.Product, "products"),
    "insert-if-not-exists": on_product(
        lambda row: m.Product(**{**row, "id": uuid.uuid4()}).insert().applied
    ),
    "insert-with-ttl": inserts(m.Product, "products", ttl=3600),
    "partial-update": on_product(
        lambda row: m.Product.model_construct(**row).update(price=1.25, description="updated")
    ),
    "get-then-update": on_product(get_then_update),
    "update-if-condition": on_product(update_if_condition),
    "single-delete": on_product(single_delete),
    "bulk-delete": bulk_delete,
    "batch-insert-10": batches(m.Event, "events", 10),
    "batch-insert-100": batches(m.Event, "events", 100),
    "collection-write": inserts(m.Comment, "comments"),
    "vector-insert": inserts(m.VectorProduct, "vector_products"),
    "counter-increment": counter_increment,
}
