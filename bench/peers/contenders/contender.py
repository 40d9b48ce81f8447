"""What the three contenders share: how they connect, and the tables of their groups."""

import socket

from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile
from cassandra.policies import DCAwareRoundRobinPolicy, TokenAwarePolicy
from cassandra.query import tuple_factory


class Contender:
    """Groups are functions from the given rows to an operation, or a reason why there is none."""

    def __init__(self, cluster, groups):
        self._cluster = cluster
        self._groups = groups

    def operation(self, group, given):
        found = self._groups.get(group, "it has no such thing")
        return found(given) if callable(found) else found

    def close(self):
        self._cluster.shutdown()


def connect(place, row_factory=tuple_factory):
    """A session. Without TCP_NODELAY a batch of 100 stands still for 45 ms, for whoever sends it in two parts."""
    points = [point.rsplit(":", 1) for point in place["contactPoints"]]
    policy = TokenAwarePolicy(DCAwareRoundRobinPolicy(place["localDataCenter"]))
    profile = ExecutionProfile(load_balancing_policy=policy, row_factory=row_factory, request_timeout=60)
    cluster = Cluster(
        [host for host, _ in points],
        port=int(points[0][1]),
        execution_profiles={EXEC_PROFILE_DEFAULT: profile},
        sockopts=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
        protocol_version=4,
    )
    return cluster, cluster.connect(place["keyspace"])


def ring(items):
    """Items over and over."""
    count = len(items)
    return lambda index: items[index % count]


def slices(items, count):
    """`count` items from `count * index` on, over and over."""
    return ring([items[at : at + count] for at in range(0, len(items), count)])
