"""Groups of several statements."""

import uuid

from contenders.contender import ring
from contenders.raw.database import values
from contenders.raw.reads import SELECT_COMMENT, finds
from contenders.raw.writes import batches
from values import rows_of


def get_or_create_user(db, given):
    pattern = rows_of(given, "users")[0]
    select, insert = db.prepare("SELECT * FROM users WHERE username = ?"), db.insert_into("users")

    def get_or_create(username):
        found = db.one(select, [username])
        if found is not None:
            return found
        user = {**pattern, "id": uuid.uuid4(), "username": username}
        db.session.execute(insert, values(user, "users"))
        return user

    def operation(index):
        get_or_create(f"user-{index}")
        return get_or_create(f"user-{index}")

    return operation


def list_mutation(db, given):
    rows = ring(rows_of(given, "users"))
    select = db.prepare("SELECT * FROM users WHERE id = ?")
    update = db.prepare("UPDATE users SET roles = ? WHERE id = ?")

    def operation(index):
        user = db.one(select, [rows(index)["id"]])
        roles = list(user.roles or [])
        if "admin" not in roles:
            roles.append("admin")
        db.session.execute(update, [roles, user.id])

    return operation


def notification_feed(db, given):
    receiver = rows_of(given, "notifications")[0]["receiver"]
    return finds("SELECT * FROM notifications WHERE receiver = ? LIMIT ?", [receiver, 10])(db, given)


def status_update(db, given):
    rows = ring(rows_of(given, "test_runs"))
    select = db.prepare("SELECT * FROM test_runs WHERE build_id = ? AND start_time = ?")
    update = db.prepare(
        "UPDATE test_runs SET status = ?, heartbeat = ? WHERE build_id = ? AND start_time = ?"
    )

    def operation(index):
        row = rows(index)
        run = db.one(select, [row["build_id"], row["start_time"]])
        db.session.execute(update, ["passed", 7, run.build_id, run.start_time])

    return operation


def comment_collections(db, given):
    rows = ring(rows_of(given, "comments"))
    select = db.prepare(SELECT_COMMENT)
    update = db.prepare(
        "UPDATE comments SET mentions = ?, reactions = ? WHERE id = ? AND posted_at = ?"
    )

    def operation(index):
        row = rows(index)
        comment = db.one(select, [row["id"], row["posted_at"]])
        mentions = list(comment.mentions or [])
        if comment.user_id not in mentions:
            mentions.append(comment.user_id)
        reactions = {**(comment.reactions or {}), "seen": 1}
        db.session.execute(update, [mentions, reactions, comment.id, comment.posted_at])

    return operation


def multi_model_lookup(db, given):
    rows = ring(rows_of(given, "run_events"))
    event, user = (
        db.prepare(f"SELECT * FROM {table} WHERE id = ?") for table in ("run_events", "users")
    )
    return lambda index: db.one(user, [db.one(event, [rows(index)["id"]]).user_id])


WORKLOAD = {
    "get-or-create-user": get_or_create_user,
    "runs-by-partition": finds("SELECT * FROM test_runs WHERE build_id = ?", ["build"]),
    "latest-runs": finds("SELECT * FROM test_runs WHERE build_id = ? LIMIT ?", ["build", 3]),
    "list-mutation": list_mutation,
    "batch-events": batches("run_events", 10),
    "notification-feed": notification_feed,
    "status-update": status_update,
    "comment-collections": comment_collections,
    "multi-model-lookup": multi_model_lookup,
}
