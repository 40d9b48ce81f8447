"""The tables as models of cqlengine."""

from datetime import datetime

from cassandra.cqlengine import columns
from cassandra.cqlengine.models import Model
from cassandra.cqlengine.usertype import UserType


class Product(Model):
    __table_name__ = "products"
    id = columns.UUID(partition_key=True)
    name = columns.Text()
    brand = columns.Text(index=True, default="Unknown")
    category = columns.Text(index=True, default="general")
    price = columns.Float(default=0.0)
    tags = columns.List(columns.Text())
    description = columns.Text()


class Event(Model):
    __table_name__ = "events"
    id = columns.UUID(partition_key=True)
    event_type = columns.Text()
    payload = columns.Text(default="")


class User(Model):
    __table_name__ = "users"
    id = columns.UUID(partition_key=True)
    username = columns.Text(index=True)
    email = columns.Text(index=True)
    full_name = columns.Text()
    registration_date = columns.DateTime(default=datetime.now)
    roles = columns.List(columns.Text())
    picture_id = columns.UUID()
    api_token = columns.Text(index=True)


class TestRun(Model):
    __table_name__ = "test_runs"
    build_id = columns.Text(partition_key=True)
    start_time = columns.DateTime(primary_key=True, clustering_order="DESC")
    id = columns.UUID(index=True)
    release_id = columns.UUID(index=True)
    group_id = columns.UUID(index=True)
    test_id = columns.UUID(index=True)
    assignee = columns.UUID(index=True)
    status = columns.Text(default="created")
    investigation_status = columns.Text()
    heartbeat = columns.Integer(default=0)
    end_time = columns.DateTime()
    build_job_url = columns.Text()
    scylla_version = columns.Text()


class RunEvent(Model):
    __table_name__ = "run_events"
    id = columns.UUID(partition_key=True)
    release_id = columns.UUID(index=True)
    group_id = columns.UUID(index=True)
    test_id = columns.UUID(index=True)
    run_id = columns.UUID(index=True)
    user_id = columns.UUID(index=True)
    kind = columns.Text(index=True)
    body = columns.Text()
    created_at = columns.DateTime(default=datetime.now)


class Notification(Model):
    __table_name__ = "notifications"
    receiver = columns.UUID(partition_key=True)
    id = columns.TimeUUID(primary_key=True, clustering_order="DESC")
    type = columns.Text()
    state = columns.Integer()
    sender = columns.UUID()
    source_type = columns.Text()
    source_id = columns.UUID()
    title = columns.Text()
    content = columns.Text()


class Comment(Model):
    __table_name__ = "comments"
    id = columns.UUID(partition_key=True)
    posted_at = columns.BigInt(primary_key=True, clustering_order="DESC")
    test_run_id = columns.UUID(index=True)
    user_id = columns.UUID(index=True)
    release_id = columns.UUID(index=True)
    message = columns.Text()
    mentions = columns.List(columns.UUID())
    reactions = columns.Map(columns.Text(), columns.Integer())


class Reading(Model):
    __table_name__ = "readings"
    sensor = columns.UUID(partition_key=True)
    at = columns.DateTime(primary_key=True)
    value = columns.Double()
    unit = columns.Text()


class PageCounter(Model):
    __table_name__ = "counters"
    page = columns.Text(partition_key=True)
    views = columns.Counter()


class Address(UserType):
    street = columns.Text()
    city = columns.Text()
    zip = columns.Integer()
