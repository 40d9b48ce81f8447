"""cqlengine, the mapper of the Python driver."""

import os

from cassandra.cqlengine import connection
from cassandra.cqlengine import models as defaults
from cassandra.query import dict_factory

from contenders.contender import Contender, connect
from contenders.engine.reads import READS
from contenders.engine.rest import REST
from contenders.engine.workload import WORKLOAD
from contenders.engine.writes import WRITES


def open(place):
    os.environ["CQLENG_ALLOW_SCHEMA_MANAGEMENT"] = "1"
    cluster, session = connect(place, dict_factory)
    connection.register_connection("bench", session=session, default=True)
    defaults.DEFAULT_KEYSPACE = place["keyspace"]
    return Contender(cluster, {**WRITES, **READS, **REST, **WORKLOAD})
