"""The driver alone, with prepared statements."""

from functools import partial

from cassandra.query import named_tuple_factory

from contenders.contender import Contender, connect
from contenders.raw.database import Database
from contenders.raw.reads import READS
from contenders.raw.workload import WORKLOAD
from contenders.raw.writes import WRITES


def open(place):
    cluster, session = connect(place, named_tuple_factory)
    database = Database(session)
    groups = {**WRITES, **READS, **WORKLOAD}
    return Contender(cluster, {name: partial(group, database) for name, group in groups.items()})
