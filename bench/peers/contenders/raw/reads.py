"""Groups that read."""

from contenders.contender import ring
from contenders.raw.database import values
from values import rows_of


SELECT_COMMENT = "SELECT * FROM comments WHERE id = ? AND posted_at = ?"


def get_by_pk(db, given):
    rows = ring(rows_of(given, "products"))
    statement = db.prepare("SELECT * FROM products WHERE id = ?")
    return lambda index: db.one(statement, [rows(index)["id"]])


def finds(cql, params):
    def prepare_group(db, _):
        statement = db.prepare(cql)
        return lambda _: db.session.execute(statement, params).all()

    return prepare_group


def count(db, _):
    statement = db.prepare("SELECT count(*) FROM products WHERE brand = ?")
    return lambda _: db.one(statement, ["Acme"])[0]


def collection_read(db, given):
    rows = ring(rows_of(given, "comments"))
    statement = db.prepare(SELECT_COMMENT)
    return lambda index: db.one(statement, [rows(index)["id"], rows(index)["posted_at"]])


def collection_roundtrip(db, given):
    rows = ring(rows_of(given, "comments"))
    insert, select = db.insert_into("comments"), db.prepare(SELECT_COMMENT)

    def operation(index):
        row = rows(index)
        db.session.execute(insert, values(row, "comments"))
        return db.one(select, [row["id"], row["posted_at"]])

    return operation


def vector_ann(db, given):
    rows = ring(rows_of(given, "vector_products"))
    statement = db.prepare("SELECT * FROM vector_products ORDER BY embedding ANN OF ? LIMIT ?")
    return lambda index: db.session.execute(statement, [rows(index)["embedding"], 5]).all()


def partition(fetch_size):
    def prepare_group(db, given):
        sensor = rows_of(given, "readings")[0]["sensor"]
        statement = db.prepare("SELECT * FROM readings WHERE sensor = ?", fetch_size)
        return lambda _: list(db.session.execute(statement, [sensor]))

    return prepare_group


def projection(db, given):
    comment = rows_of(given, "comments")[0]["id"]
    statement = db.prepare("SELECT posted_at, message FROM comments WHERE id = ?")
    return lambda _: db.session.execute(statement, [comment]).all()


def stream(db, given):
    sensor = rows_of(given, "readings")[0]["sensor"]
    statement = db.prepare("SELECT * FROM readings WHERE sensor = ?", 1000)
    return lambda _: sum(row.value for row in db.session.execute(statement, [sensor]))


READS = {
    "get-by-pk": get_by_pk,
    "filter-secondary-index": finds("SELECT * FROM products WHERE brand = ?", ["Acme"]),
    "filter-limit": finds("SELECT * FROM products WHERE brand = ? LIMIT ?", ["Acme", 10]),
    "count": count,
    "collection-read": collection_read,
    "collection-roundtrip": collection_roundtrip,
    "vector-ann": vector_ann,
    "partition-1000-rows": partition(5000),
    "paged-5000-rows": partition(1000),
    "projection": projection,
    "stream-5000-rows": stream,
}
