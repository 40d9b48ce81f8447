"""Groups that write."""

import uuid

from cassandra.concurrent import execute_concurrent_with_args
from cassandra.query import BatchStatement, BatchType

from contenders.contender import ring, slices
from contenders.raw.database import values
from values import rows_of


def inserts(table, suffix=""):
    def prepare_group(db, given):
        rows = ring([values(row, table) for row in rows_of(given, table)])
        statement = db.insert_into(table, suffix)
        return lambda index: db.session.execute(statement, rows(index))

    return prepare_group


def batches(table, count):
    def prepare_group(db, given):
        batch_of = slices([values(row, table) for row in rows_of(given, table)], count)
        statement = db.insert_into(table)

        def operation(index):
            batch = BatchStatement(BatchType.LOGGED)
            for row in batch_of(index):
                batch.add(statement, row)
            db.session.execute(batch)

        return operation

    return prepare_group


def mass_insert(db, given):
    rows = [values(row, "events") for row in rows_of(given, "events")]
    statement = db.insert_into("events")

    def operation(index):
        execute_concurrent_with_args(db.session, statement, rows, concurrency=32)

    return operation


def insert_if_not_exists(db, given):
    rows = ring(rows_of(given, "products"))
    statement = db.insert_into("products", " IF NOT EXISTS")

    def operation(index):
        row = {**rows(index), "id": uuid.uuid4()}
        return db.session.execute(statement, values(row, "products")).was_applied

    return operation


def partial_update(db, given):
    rows = ring(rows_of(given, "products"))
    statement = db.prepare("UPDATE products SET price = ?, description = ? WHERE id = ?")
    return lambda index: db.session.execute(statement, [1.25, "updated", rows(index)["id"]])


def get_then_update(db, given):
    rows = ring(rows_of(given, "products"))
    select = db.prepare("SELECT * FROM products WHERE id = ?")
    update = db.prepare("UPDATE products SET price = ? WHERE id = ?")

    def operation(index):
        found = db.one(select, [rows(index)["id"]])
        db.session.execute(update, [found.price + 0.25, found.id])

    return operation


def update_if_condition(db, given):
    rows = ring(rows_of(given, "products"))
    statement = db.prepare("UPDATE products SET price = ? WHERE id = ? IF brand = ?")

    def operation(index):
        row = rows(index)
        return db.session.execute(statement, [1.25, row["id"], row["brand"]]).was_applied

    return operation


def single_delete(db, given):
    rows = ring(rows_of(given, "products"))
    insert = db.insert_into("products")
    delete = db.prepare("DELETE FROM products WHERE id = ?")

    def operation(index):
        row = rows(index)
        db.session.execute(insert, values(row, "products"))
        db.session.execute(delete, [row["id"]])

    return operation


def bulk_delete(db, given):
    rows = ring(rows_of(given, "readings"))
    statement = db.prepare("DELETE FROM readings WHERE sensor = ?")
    return lambda index: db.session.execute(statement, [rows(index)["sensor"]])


def counter_increment(db, given):
    rows = ring(rows_of(given, "counters"))
    statement = db.prepare("UPDATE counters SET views = views + ? WHERE page = ?")
    return lambda index: db.session.execute(statement, [1, rows(index)["page"]])


WRITES = {
    "single-insert": inserts("products"),
    "insert-if-not-exists": insert_if_not_exists,
    "insert-with-ttl": inserts("products", " USING TTL 3600"),
    "partial-update": partial_update,
    "get-then-update": get_then_update,
    "update-if-condition": update_if_condition,
    "single-delete": single_delete,
    "bulk-delete": bulk_delete,
    "batch-insert-10": batches("events", 10),
    "batch-insert-100": batches("events", 100),
    "mass-insert-1000": mass_insert,
    "collection-write": inserts("comments"),
    "vector-insert": inserts("vector_products"),
    "counter-increment": counter_increment,
}
