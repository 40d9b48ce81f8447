"""Groups of several statements."""

import uuid

from contenders.contender import ring
from contenders.engine import models as m
from contenders.engine.writes import batches
from values import rows_of


def get_or_create_user(given):
    pattern = rows_of(given, "users")[0]

    def get_or_create(username):
        found = m.User.objects(username=username).first()
        return found or m.User.create(**{**pattern, "id": uuid.uuid4(), "username": username})

    def operation(index):
        get_or_create(f"user-{index}")
        return get_or_create(f"user-{index}")

    return operation


def list_mutation(given):
    rows = ring(rows_of(given, "users"))

    def operation(index):
        user = m.User.get(id=rows(index)["id"])
        if "admin" not in user.roles:
            user.roles.append("admin")
        user.save()

    return operation


def notification_feed(given):
    receiver = rows_of(given, "notifications")[0]["receiver"]
    return lambda _: list(m.Notification.objects(receiver=receiver).limit(10))


def status_update(given):
    rows = ring(rows_of(given, "test_runs"))

    def operation(index):
        row = rows(index)
        run = m.TestRun.get(build_id=row["build_id"], start_time=row["start_time"])
        run.status = "passed"
        run.heartbeat = 7
        run.save()

    return operation


def comment_collections(given):
    rows = ring(rows_of(given, "comments"))

    def operation(index):
        row = rows(index)
        comment = m.Comment.get(id=row["id"], posted_at=row["posted_at"])
        if comment.user_id not in comment.mentions:
            comment.mentions.append(comment.user_id)
        comment.reactions["seen"] = 1
        comment.save()

    return operation


def multi_model_lookup(given):
    rows = ring(rows_of(given, "run_events"))
    return lambda index: m.User.get(id=m.RunEvent.get(id=rows(index)["id"]).user_id)


WORKLOAD = {
    "get-or-create-user": get_or_create_user,
    "runs-by-partition": lambda _: lambda _: list(m.TestRun.objects(build_id="build")),
    "latest-runs": lambda _: lambda _: list(m.TestRun.objects(build_id="build").limit(3)),
    "list-mutation": list_mutation,
    "batch-events": batches(m.RunEvent, "run_events", 10),
    "notification-feed": notification_feed,
    "status-update": status_update,
    "comment-collections": comment_collections,
    "multi-model-lookup": multi_model_lookup,
}
