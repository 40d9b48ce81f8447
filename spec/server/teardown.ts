export { teardownCassandra as default } from '../../lib/testing'
