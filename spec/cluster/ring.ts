import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { CassandraServer } from '../../lib/testing'
import type { Random } from '../integration/oracle/random'

/** Three nodes need Java; without it, the specs of this folder that need them are skipped. */
export const hasJava = spawnSync('java', ['-version']).status === 0

/** A cluster of three nodes, whose data survives the death of a node. */
export interface Ring {
  readonly server: CassandraServer
  stop(): Promise<void>
}

/** Starts three nodes, also where the other specs use the cluster of `CASSANDRA_CONTACT_POINTS`. */
export async function startRing(): Promise<Ring> {
  const dir = await mkdtemp(join(tmpdir(), 'coodie-ring-'))
  const given = process.env['CASSANDRA_CONTACT_POINTS']
  delete process.env['CASSANDRA_CONTACT_POINTS']
  try {
    const server = await CassandraServer.start({ nodes: 3, dir })
    const stop = async () => {
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    }
    return { server, stop }
  } finally {
    if (given !== undefined) process.env['CASSANDRA_CONTACT_POINTS'] = given
  }
}

/** The number of nodes that were killed and paused. */
export interface Faults {
  kills: number
  pauses: number
}

/**
 * Kills or pauses one node after another, in turn, and brings each back before the next, for `seconds`; there is at
 * least one fault of each kind.
 */
export async function troubleNodes(
  server: CassandraServer,
  random: Random,
  { seconds, every }: { readonly seconds: number; readonly every: number },
): Promise<Faults> {
  const faults: Faults = { kills: 0, pauses: 0 }
  const deadline = Date.now() + seconds * 1000
  while (Date.now() < deadline || faults.kills === 0) {
    const next = Date.now() + every * 1000
    const node = random.below(3)
    if (faults.pauses <= faults.kills) {
      faults.pauses++
      await server.pause(node)
      await sleep(1000 + random.below(Math.min(every, 10) * 500))
      await server.resume(node)
    } else {
      faults.kills++
      await server.kill(node)
      await sleep(random.below(3000))
      await server.restart(node)
    }
    await sleep(Math.max(1000, Math.min(next, deadline) - Date.now()))
  }
  return faults
}
