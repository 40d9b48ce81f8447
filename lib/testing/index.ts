export { CassandraServer, type CassandraServerOptions } from './cassandra-server'
export { ServerStartError } from './server-start-error'
