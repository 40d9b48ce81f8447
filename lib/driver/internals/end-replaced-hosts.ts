import type { Client } from 'cassandra-driver'

/** Of the driver's insides, what ends a host's timers and connections. */
interface Endable {
  readonly address: string
  shutdown?(waitForPending: boolean): Promise<void>
}

/**
 * After all nodes were down, the driver (4.8 and later, NODEJS-632) connects as if for the first time and puts new
 * hosts in place of those that it had. It never ends those: their timers would keep the process alive after
 * `shutdown`, and their connections would come back beside the new ones.
 */
export function endReplacedHosts(client: Client): void {
  client.on('hostRemove', (host: Endable) => {
    // The driver ends by itself what it removes for good.
    const isReplaced = client.hosts.get(host.address) !== undefined
    // What it cannot close is closed already.
    if (isReplaced) host.shutdown?.(false).catch(() => undefined)
  })
}
