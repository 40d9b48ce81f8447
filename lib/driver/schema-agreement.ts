import { setTimeout as sleep } from 'node:timers/promises'
import type { Client, types } from 'cassandra-driver'
import { SchemaError } from '../errors/errors'
import { checkSchemaAgreement, isInAgreement, optionsOf } from './internals/client-members'

/**
 * Waits until all nodes agree on the schema. Throws `SchemaError` if they do not within
 * `protocolOptions.maxSchemaAgreementWaitSeconds` of the client. As the driver, it asks nothing if the cluster has one
 * node.
 */
export async function awaitSchemaAgreement(client: Client): Promise<void> {
  if (client.hosts.length === 1) return
  const most = maxAgreementTime(client)
  const end = performance.now() + most
  while (!(await checkSchemaAgreement(client))) {
    if (performance.now() > end) {
      throw new SchemaError(`the nodes did not agree on the schema within ${most / 1000} seconds`)
    }
    await sleep(200)
  }
}

/** Executes DDL and waits until all nodes agree on the schema. Throws `SchemaError` if they do not. */
export async function changeSchema(client: Client, cql: string): Promise<types.ResultSet> {
  const host = schemaCoordinatorOf(client)
  const result = await client.execute(cql, [], {
    prepare: false,
    ...(host === undefined ? {} : { host }),
  })
  if (isInAgreement(result)) return result
  throw new SchemaError(`the nodes did not agree on the schema in time after: ${cql}`)
}

/**
 * Returns the node for all DDL, the same one in all processes that see the same nodes: one node takes one change after
 * another, while two nodes that take one each at the same moment may never agree.
 */
export function schemaCoordinatorOf(client: Client) {
  const hosts = client.getState().getConnectedHosts()
  return hosts.filter((host) => host.isUp()).sort((a, b) => (a.address < b.address ? -1 : 1))[0]
}

/** Returns the time in milliseconds that the driver waits for the nodes to agree on a change of the schema. */
export function maxAgreementTime(client: Client): number {
  return (optionsOf(client)?.protocolOptions?.maxSchemaAgreementWaitSeconds ?? 10) * 1000
}
