"""Values of the given rows, and results as JSON: the same as models/values.ts."""

from datetime import datetime, timezone
from uuid import UUID

UUIDS = {
    "products": ["id"],
    "events": ["id"],
    "users": ["id", "picture_id"],
    "test_runs": ["id", "release_id", "group_id", "test_id", "assignee"],
    "run_events": ["id", "release_id", "group_id", "test_id", "run_id", "user_id"],
    "notifications": ["receiver", "id", "sender", "source_id"],
    "comments": ["id", "test_run_id", "user_id", "release_id"],
    "vector_products": ["id"],
    "readings": ["sensor"],
    "counters": [],
}
TIMES = {"registration_date", "start_time", "end_time", "created_at", "at"}


def rows_of(given, table):
    """The given rows of a table with the values that the driver takes."""
    return [_row(table, row) for row in given.get(table, [])]


def _row(table, row):
    made = dict(row)
    for name, value in row.items():
        if value is None:
            continue
        if name in UUIDS[table]:
            made[name] = UUID(value)
        elif name in TIMES:
            made[name] = datetime.fromisoformat(value.replace("Z", "+00:00")).replace(tzinfo=None)
        elif name == "posted_at":
            made[name] = int(value)
        elif name == "mentions":
            made[name] = [UUID(one) for one in value]
    return made


def comparable(value, name=""):
    if name == "posted_at":
        return str(value)
    if isinstance(value, bool):
        return 1 if value else 0
    if value is None or isinstance(value, (int, float, str)):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            value = value.replace(tzinfo=timezone.utc)
        return value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if hasattr(value, "model_dump"):
        value = value.model_dump()
    elif hasattr(value, "_asdict"):
        value = value._asdict()
    if hasattr(value, "items"):
        return {key: comparable(one, key) for key, one in value.items()} or None
    return [comparable(one) for one in value] or None
