"""Groups that read."""

from contenders.contender import ring
from contenders.engine import models as m
from contenders.engine.writes import NO_VECTORS, on_product
from values import rows_of


def collection_read(given):
    rows = ring(rows_of(given, "comments"))
    return lambda index: m.Comment.get(id=rows(index)["id"], posted_at=rows(index)["posted_at"])


def collection_roundtrip(given):
    rows = ring(rows_of(given, "comments"))

    def operation(index):
        comment = m.Comment.create(**rows(index))
        return m.Comment.get(id=comment.id, posted_at=comment.posted_at)

    return operation


def partition(fetch_size):
    def prepare_group(given):
        sensor = rows_of(given, "readings")[0]["sensor"]
        return lambda _: list(m.Reading.objects(sensor=sensor).limit(None).fetch_size(fetch_size))

    return prepare_group


def stream(given):
    sensor = rows_of(given, "readings")[0]["sensor"]
    return lambda _: sum(
        reading.value for reading in m.Reading.objects(sensor=sensor).limit(None).fetch_size(1000)
    )


def projection(given):
    comment = rows_of(given, "comments")[0]["id"]
    wanted = ["posted_at", "message"]
    return lambda _: [
        {name: one[name] for name in wanted}
        for one in m.Comment.objects(id=comment).only(wanted).limit(None)
    ]


READS = {
    "get-by-pk": on_product(lambda row: m.Product.get(id=row["id"])),
    "filter-secondary-index": lambda _: lambda _: list(m.Product.objects(brand="Acme").limit(None)),
    "filter-limit": lambda _: lambda _: list(m.Product.objects(brand="Acme").limit(10)),
    "count": lambda _: lambda _: m.Product.objects(brand="Acme").count(),
    "collection-read": collection_read,
    "collection-roundtrip": collection_roundtrip,
    "vector-ann": NO_VECTORS,
    "partition-1000-rows": partition(5000),
    "paged-5000-rows": partition(1000),
    "projection": projection,
    "stream-5000-rows": stream,
}
