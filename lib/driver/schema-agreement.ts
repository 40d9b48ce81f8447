import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from 'cassandra-driver'
import { SchemaError } from '../errors/errors'
import { checkSchemaAgreement, optionsOf } from './internals/client-members'

/**
 * Waits until all nodes agree on the schema. Throws `SchemaError` if they do not within
 * `protocolOptions.maxSchemaAgreementWaitSeconds` of the client. As the driver, it asks nothing if the cluster has one
 * node.
 */
export async function awaitSchemaAgreement(client: Client): Promise<void> {
  if (client.hosts.length === 1) return
  const { maxSchemaAgreementWaitSeconds: most = 10 } = optionsOf(client)?.protocolOptions ?? {}
  const end = performance.now() + most * 1000
  while (!(await checkSchemaAgreement(client))) {
    if (performance.now() > end) {
      throw new SchemaError(`the nodes did not agree on the schema within ${most} seconds`)
    }
    await sleep(200)
  }
}
