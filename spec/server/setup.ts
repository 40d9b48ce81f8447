import { setupCassandra, testConnection } from '../../lib/testing'

/** One server for all specs of a run; the workers find it in their environment. */
export default async function setup(): Promise<void> {
  const started = performance.now()
  await setupCassandra()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`\nCassandra at ${testConnection().contactPoints.join(', ')} after ${seconds} s`)
}
