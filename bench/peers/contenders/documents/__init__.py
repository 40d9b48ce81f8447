"""coodie for Python."""

from cassandra.query import dict_factory
from coodie.sync import init_coodie

from contenders.contender import Contender, connect
from contenders.documents.reads import READS
from contenders.documents.rest import REST
from contenders.documents.workload import WORKLOAD
from contenders.documents.writes import WRITES


def open(place):
    cluster, session = connect(place, dict_factory)
    init_coodie(session=session, keyspace=place["keyspace"], driver_type="cassandra")
    return Contender(cluster, {**WRITES, **READS, **REST, **WORKLOAD})
