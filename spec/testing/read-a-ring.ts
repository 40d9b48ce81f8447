import { setTimeout as sleep } from 'node:timers/promises'
import { policies, types } from 'cassandra-driver'
import { ClusteringKey, Column, DataSource, Entity, PartitionKey } from '../../lib'
import type { CassandraServer } from '../../lib/testing'
import { isDecoded } from '../../lib/driver/internals/direct-rows'

@Entity('lines')
class Line {
  @PartitionKey('int') part!: number
  @ClusteringKey('int') line!: number
  @Column('text') name!: string
  @Column('bigint') square!: bigint
}

const parts = 20
const lines = 40

/** What came of reads while a node died under them. */
export interface RingReads {
  readonly reads: number
  readonly writes: number
  /** Answers with rows that are not what was written. */
  readonly wrong: number
  /** Answers that the driver decoded in our place. */
  readonly undecoded: number
  readonly speculative: boolean
  readonly errors: readonly string[]
}

/**
 * Reads and writes with 32 under way, speculatively after 5 ms, while the node `victim` is killed and comes back: the
 * bytes of answers that came twice, late or not at all must give no wrong row.
 */
export async function readUnderFire(server: CassandraServer, victim: number): Promise<RingReads> {
  const { contactPoints, localDataCenter } = server
  const db = await new DataSource({
    contactPoints: contactPoints.filter((_, node) => node !== victim),
    localDataCenter,
    keyspace: 'under_fire',
    createKeyspace: { replication: { class: 'NetworkTopologyStrategy', [localDataCenter]: 3 } },
    entities: [Line],
    synchronize: true,
    defaults: { consistency: 'localQuorum' },
    policies: {
      speculativeExecution: new policies.speculativeExecution.ConstantSpeculativeExecutionPolicy(
        5,
        2,
      ),
    },
    socketOptions: { readTimeout: 3000 },
  }).initialize()
  const repository = db.getRepository(Line)
  const lineOf = (part: number, line: number) =>
    repository.create({ part, line, name: `${part}/${line}`, square: BigInt(line) ** 2n })
  const counts = { reads: 0, writes: 0, wrong: 0, undecoded: 0, speculative: 0 }
  const errors = new Set<string>()
  const execute = db.client.execute.bind(db.client) as unknown as (
    ...given: unknown[]
  ) => Promise<types.ResultSet>
  // As the driver gives them, before they become pages.
  db.client.execute = (async (...given: unknown[]) => {
    const result = await execute(...given)
    counts.speculative += result.info.speculativeExecutions
    if (result.columns?.some(({ name }) => name === 'square') && !isDecoded(result)) {
      counts.undecoded++
    }
    return result
  }) as typeof db.client.execute
  try {
    for (let part = 0; part < parts; part++) {
      await repository.save(Array.from({ length: lines }, (_, line) => lineOf(part, line)))
    }
    const end = new AbortController()
    const worker = async (_: unknown, first: number) => {
      for (let k = first; !end.signal.aborted; k++) {
        const part = k % parts
        try {
          if (k % 5 === 0) {
            await repository.save(lineOf(part, k % lines))
            counts.writes++
            continue
          }
          const found = await repository.findBy({ part })
          counts.reads++
          const isRight =
            found.length === lines &&
            found.every(
              ({ line, name, square }, i) =>
                line === i && name === `${part}/${line}` && square === BigInt(line) ** 2n,
            )
          if (!isRight) counts.wrong++
        } catch (error) {
          errors.add(error instanceof Error ? `${error.name}: ${error.message}` : String(error))
        }
      }
    }
    const workers = Promise.all(Array.from({ length: 32 }, worker))
    await sleep(3000)
    await server.kill(victim)
    await sleep(4000)
    await server.restart(victim)
    await sleep(4000)
    end.abort()
    await workers
    return { ...counts, speculative: counts.speculative > 0, errors: [...errors] }
  } finally {
    await db.destroy()
  }
}
