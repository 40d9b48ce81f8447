export { CassandraServer, type CassandraServerOptions } from './cassandra-server'
export { ServerStartError } from './server-start-error'
export {
  setupCassandra,
  teardownCassandra,
  testConnection,
  type TestConnection,
} from './shared-server'
