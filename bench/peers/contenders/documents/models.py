"""
The tables as documents of coodie. Pydantic copies the defaults; it looks at the signature of a default_factory for
every document that lacks the field, which makes a projection 20 times slower.
"""

from datetime import datetime
from typing import Annotated, Optional
from uuid import UUID

from coodie.fields import BigInt, ClusteringKey, Counter, Double, Indexed, PrimaryKey, TimeUUID, Vector
from coodie.sync import CounterDocument, Document
from coodie.usertype import UserType
from pydantic import Field

Index = Annotated[Optional[UUID], Indexed()]


class Product(Document):
    id: Annotated[UUID, PrimaryKey()]
    name: str
    brand: Annotated[str, Indexed()] = "Unknown"
    category: Annotated[str, Indexed()] = "general"
    price: float = 0.0
    tags: list[str] = []
    description: Optional[str] = None

    class Settings:
        name = "products"


class Event(Document):
    id: Annotated[UUID, PrimaryKey()]
    event_type: str
    payload: str = ""

    class Settings:
        name = "events"


class User(Document):
    id: Annotated[UUID, PrimaryKey()]
    username: Annotated[str, Indexed()]
    email: Annotated[str, Indexed()]
    full_name: str
    registration_date: datetime = Field(default_factory=datetime.now)
    roles: list[str] = []
    picture_id: Optional[UUID] = None
    api_token: Annotated[Optional[str], Indexed()] = None

    class Settings:
        name = "users"


class TestRun(Document):
    build_id: Annotated[str, PrimaryKey()]
    start_time: Annotated[datetime, ClusteringKey(order="DESC")]
    id: Annotated[UUID, Indexed()]
    release_id: Index = None
    group_id: Index = None
    test_id: Index = None
    assignee: Index = None
    status: str = "created"
    investigation_status: str
    heartbeat: int = 0
    end_time: Optional[datetime] = None
    build_job_url: Optional[str] = None
    scylla_version: Optional[str] = None

    class Settings:
        name = "test_runs"


class RunEvent(Document):
    id: Annotated[UUID, PrimaryKey()]
    release_id: Index = None
    group_id: Index = None
    test_id: Index = None
    run_id: Index = None
    user_id: Index = None
    kind: Annotated[str, Indexed()]
    body: str
    created_at: datetime = Field(default_factory=datetime.now)

    class Settings:
        name = "run_events"


class Notification(Document):
    receiver: Annotated[UUID, PrimaryKey()]
    id: Annotated[UUID, TimeUUID(), ClusteringKey(order="DESC")]
    type: str
    state: int
    sender: UUID
    source_type: str
    source_id: UUID
    title: str
    content: str

    class Settings:
        name = "notifications"


class Comment(Document):
    id: Annotated[UUID, PrimaryKey()]
    posted_at: Annotated[int, BigInt(), ClusteringKey(order="DESC")]
    test_run_id: Annotated[UUID, Indexed()]
    user_id: Annotated[UUID, Indexed()]
    release_id: Annotated[UUID, Indexed()]
    message: str
    mentions: list[UUID] = []
    reactions: dict[str, int] = {}

    class Settings:
        name = "comments"


class VectorProduct(Document):
    id: Annotated[UUID, PrimaryKey()]
    name: str
    embedding: Annotated[list[float], Vector(dimensions=16)]

    class Settings:
        name = "vector_products"


class Reading(Document):
    sensor: Annotated[UUID, PrimaryKey()]
    at: Annotated[datetime, ClusteringKey()]
    value: Annotated[float, Double()]
    unit: str

    class Settings:
        name = "readings"


class PageCounter(CounterDocument):
    page: Annotated[str, PrimaryKey()]
    views: Annotated[int, Counter()] = 0

    class Settings:
        name = "counters"


class Address(UserType):
    street: str
    city: str
    zip: int


class Contact(UserType):
    name: str
    home: Address
    work: Address
