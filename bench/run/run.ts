import { randomBytes } from 'node:crypto'
import { cpus, loadavg } from 'node:os'
import { Client } from 'cassandra-driver'
import { CassandraServer } from 'coodie/testing'
import type { ContenderName } from '../contenders'
import type { NamedGroup } from '../groups'
import type { ExtraResults, Facts, GroupResult, RunResult } from '../report/result'
import { targetsOf } from '../report/targets'
import { ContenderProcess } from './contender-process'
import { type ExtraName, runExtras } from './extras'
import { type Entrant, runGroup } from './group'
import type { Options } from './options'
import { TablesOf } from './tables-of'

/** Told what goes on. */
export interface Listener {
  progress(step: string): void
  group(result: GroupResult): void
}

/** A quick run divides the numbers of operations by this. */
const quickDivisor = 8

/** Runs these groups against a server of their own, or the one of `CASSANDRA_CONTACT_POINTS`. */
export async function run(
  options: Options,
  groups: readonly NamedGroup[],
  extras: readonly ExtraName[],
  listener: Listener,
): Promise<RunResult> {
  const server = await CassandraServer.start({
    onProgress: (step) => listener.progress(step),
  })
  const entrants: Entrant[] = []
  try {
    const { contactPoints, localDataCenter } = server
    const connection = { contactPoints, localDataCenter }
    const suffix = randomBytes(4).toString('hex')
    const versions: Record<string, string> = {}
    const enter = async (name: ContenderName, of: string) => {
      listener.progress(`starting ${name}`)
      const keyspace = `bench_${of.replaceAll('-', '_')}_${suffix}`
      const entrant: Entrant = {
        name,
        process: new ContenderProcess(name),
        tables: new TablesOf(connection, keyspace),
      }
      entrants.push(entrant)
      await entrant.tables.open()
      const place = { ...connection, keyspace }
      const answer = await entrant.process.ask('open', { contender: name, place })
      Object.assign(versions, answer.versions)
      return entrant
    }
    const running: Entrant[] = []
    for (const name of options.contenders) running.push(await enter(name, name))
    const facts = await factsOf(connection, versions)
    const pace = {
      ...options,
      maxRounds: options.rounds * (options.isQuick ? 2 : 5),
      divisor: options.isQuick ? quickDivisor : 1,
      isServerOurs: process.env['CASSANDRA_CONTACT_POINTS'] === undefined,
    }
    const results: GroupResult[] = []
    for (const [index, group] of groups.entries()) {
      const place = `${index + 1} of ${groups.length}, ${group.name}`
      const result = await runGroup(group, running, pace, (step) =>
        listener.progress(`${place}: ${step}`),
      )
      results.push(result)
      listener.group(result)
    }
    // In a process of their own: what they collect and compile would make the groups slower.
    const measuredExtras: ExtraResults =
      extras.length > 0 && options.contenders.includes('coodie')
        ? await runExtras(extras, await enter('coodie', 'extras'), options, (step) =>
            listener.progress(step),
          )
        : {}
    return {
      format: 1,
      name: options.save ?? 'latest',
      date: new Date().toISOString(),
      seed: options.seed,
      rounds: options.rounds,
      isQuick: options.isQuick,
      contenders: options.contenders,
      facts,
      groups: results,
      extras: measuredExtras,
      targets: targetsOf(results, measuredExtras),
    }
  } finally {
    listener.progress('cleaning up')
    for (const { process, tables } of entrants) {
      await process.close()
      await tables.close().catch(() => {})
    }
    await server.stop()
  }
}

async function factsOf(
  connection: { contactPoints: string[]; localDataCenter: string },
  versions: Record<string, string>,
): Promise<Facts> {
  const client = new Client(connection)
  try {
    const { rows } = await client.execute('SELECT release_version FROM system.local')
    const [cpu] = cpus()
    return {
      node: process.version,
      cpu: cpu?.model ?? 'unknown',
      cores: cpus().length,
      load: loadavg()[0] ?? Number.NaN,
      server: String(rows[0]?.['release_version']),
      versions,
    }
  } finally {
    await client.shutdown()
  }
}
