"""Groups that read."""

from contenders.contender import ring
from contenders.documents import models as m
from contenders.documents.writes import on_product
from values import rows_of


def collection_read(given):
    rows = ring(rows_of(given, "comments"))
    return lambda index: m.Comment.find_one(
        id=rows(index)["id"], posted_at=rows(index)["posted_at"]
    )


def collection_roundtrip(given):
    rows = ring(rows_of(given, "comments"))

    def operation(index):
        comment = m.Comment(**rows(index))
        comment.save()
        return m.Comment.find_one(id=comment.id, posted_at=comment.posted_at)

    return operation


def vector_ann(given):
    rows = ring(rows_of(given, "vector_products"))
    return lambda index: (
        m.VectorProduct.find().order_by_ann("embedding", rows(index)["embedding"]).limit(5).all()
    )


def partition(given):
    sensor = rows_of(given, "readings")[0]["sensor"]
    return lambda _: m.Reading.find(sensor=sensor).all()


def pages(sensor):
    query = m.Reading.find(sensor=sensor).fetch_size(1000)
    state = None
    while True:
        page = query.page(state).paged_all()
        yield page.data
        state = page.paging_state
        if state is None:
            return


def paged(given):
    sensor = rows_of(given, "readings")[0]["sensor"]
    return lambda _: [reading for page in pages(sensor) for reading in page]


def stream(given):
    sensor = rows_of(given, "readings")[0]["sensor"]
    return lambda _: sum(reading.value for page in pages(sensor) for reading in page)


def projection(given):
    comment = rows_of(given, "comments")[0]["id"]
    return lambda _: m.Comment.find(id=comment).only("posted_at", "message").all()


READS = {
    "get-by-pk": on_product(lambda row: m.Product.get(id=row["id"])),
    "filter-secondary-index": lambda _: lambda _: m.Product.find(brand="Acme").all(),
    "filter-limit": lambda _: lambda _: m.Product.find(brand="Acme").limit(10).all(),
    "count": lambda _: lambda _: m.Product.find(brand="Acme").count(),
    "collection-read": collection_read,
    "collection-roundtrip": collection_roundtrip,
    "vector-ann": vector_ann,
    "partition-1000-rows": partition,
    "paged-5000-rows": paged,
    "projection": projection,
    "stream-5000-rows": stream,
}
