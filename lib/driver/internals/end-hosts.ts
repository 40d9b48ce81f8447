import type { Client } from 'cassandra-driver'

interface Endable {
  readonly address: string
  shutdown?(waitForPending: boolean): Promise<void>
}

/**
 * Ends the hosts that the driver replaces. After all nodes were down, the driver (4.8 and later, NODEJS-632) connects
 * as if for the first time and puts new hosts in place of the known ones. It never ends those: their timers would keep
 * the process alive after `shutdown`, and their connections would come back beside the new ones.
 */
export function endReplacedHosts(client: Client): void {
  client.on('hostRemove', (host: Endable) => {
    // The driver itself ends a host that it removes for good.
    if (client.hosts.get(host.address) !== undefined) end(host)
  })
}

/** Ends all hosts of a client that was shut down, also those that were added in the meantime. */
export function endHosts(client: Client): void {
  for (const host of client.hosts.values()) end(host)
}

function end(host: Endable): void {
  // A host that cannot be closed is closed already.
  host.shutdown?.(false).catch(() => undefined)
}
