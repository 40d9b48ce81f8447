import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Credentials, probe } from '../driver/probe'
import { translateError } from '../driver/translate-error'
import { DockerNode, hasDocker } from './docker-node'
import { freePort } from './free-port'
import { JavaNode } from './java-node'
import { cassandraJars, hasJars } from './maven-jars'
import { ServerStartError } from './server-start-error'

const run = promisify(execFile)

const defaultVersion = '5.0.6'

/** Options of a server. */
export interface CassandraServerOptions {
  /** The number of nodes; 1 unless given. */
  readonly nodes?: number
  /** The version of Cassandra; 5.0.6 unless given. */
  readonly version?: string
  /** The folder that keeps the data after `stop`. Unless given, a temporary folder, which `stop` removes. */
  readonly dir?: string
  /** Set to true to allow only the user `cassandra` with the password `cassandra`. */
  readonly authentication?: boolean
  /** The port of the native protocol; a free one unless given. */
  readonly port?: number
  /**
   * Set to false to leave off what the configuration of Cassandra leaves off, as in production: materialized views,
   * SASI indexes, user-defined functions and dynamic data masking. They are on unless given.
   */
  readonly optionalFeatures?: boolean
  /** Receives the current step in a few words. */
  readonly onProgress?: (step: string) => void
}

/** A node that can be stopped, killed, paused and started again. */
interface Node {
  readonly contactPoint: string
  start(): Promise<void>
  stop(): Promise<void>
  kill(): Promise<void>
  pause(): Promise<void>
  resume(): Promise<void>
}

interface Cluster {
  readonly nodes: readonly Node[]
  readonly contactPoints: readonly string[]
  readonly localDataCenter: string
  readonly credentials: Credentials | undefined
  /** The folder that `stop` removes. */
  readonly temporary: string | undefined
}

/**
 * A real server for tests: the cluster of `CASSANDRA_CONTACT_POINTS` if that is set, else Cassandra as a Java process
 * (fetched by Maven the first time), else Cassandra in Docker. It never outlives the process that started it.
 *
 * ```ts
 * const server = await CassandraServer.start()
 * const db = new DataSource({
 *   contactPoints: server.contactPoints, localDataCenter: server.localDataCenter, entities: [Product],
 * })
 * await server.stop()
 * ```
 */
export class CassandraServer {
  private constructor(private readonly cluster: Cluster) {}

  /** Starts a server and waits until it answers. Throws `ServerStartError` if none can be started. */
  static async start(options: CassandraServerOptions = {}): Promise<CassandraServer> {
    const given = process.env['CASSANDRA_CONTACT_POINTS']
    if (given !== undefined && given !== '') return new CassandraServer(await reach(given))
    const missing = await missingForJava(options.version ?? defaultVersion)
    if (missing === undefined) return new CassandraServer(await startJava(options))
    if (await hasDocker()) return new CassandraServer(await startDocker(options))
    throw new ServerStartError(
      'found no Cassandra to test with. Provide one of these:\n' +
        '  - CASSANDRA_CONTACT_POINTS=host:port in the environment, for a running cluster ' +
        '(with CASSANDRA_LOCAL_DATACENTER unless that is datacenter1)\n' +
        `  - Java 17 and Maven (${missing})\n` +
        '  - Docker (no engine answers)',
    )
  }

  /** The contact points, `host:port` of every node. */
  get contactPoints(): string[] {
    return [...this.cluster.contactPoints]
  }

  /** The port of the native protocol. */
  get port(): number {
    return Number(this.cluster.contactPoints[0]?.split(':').at(-1) ?? 9042)
  }

  /** The name of the data center. */
  get localDataCenter(): string {
    return this.cluster.localDataCenter
  }

  /** The user that may connect, or undefined if anybody may. */
  get credentials(): Credentials | undefined {
    return this.cluster.credentials
  }

  /**
   * Kills a node (numbered from 0) without warning. With `dir`, its data returns after `restart`, every acknowledged
   * write included. Without `dir`, it loses the tables that no other node has, and the writes of the last ten seconds. Throws `ServerStartError` for a
   * node of a cluster of `CASSANDRA_CONTACT_POINTS`.
   */
  async kill(node = 0): Promise<void> {
    await this.#node(node).kill()
  }

  /** Starts a node again and waits until it answers. */
  async restart(node = 0): Promise<void> {
    await this.#node(node).start()
  }

  /**
   * Pauses the process of a node (`SIGSTOP`): its connections stay open and nothing answers on them until `resume`. For
   * tests of timeouts. Throws `ServerStartError` for a node of a cluster of `CASSANDRA_CONTACT_POINTS`.
   */
  async pause(node = 0): Promise<void> {
    await this.#node(node).pause()
  }

  /** Lets a paused node go on. */
  async resume(node = 0): Promise<void> {
    await this.#node(node).resume()
  }

  #node(index: number): Node {
    const node = this.cluster.nodes[index]
    if (node === undefined) {
      throw new ServerStartError(
        `node ${index} was not started here, so it cannot be killed, paused or restarted`,
      )
    }
    return node
  }

  /** Stops the nodes that `start` started and removes the temporary folder. */
  async stop(): Promise<void> {
    await Promise.all(this.cluster.nodes.map((node) => node.stop()))
    const { temporary } = this.cluster
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }
}

async function reach(given: string): Promise<Cluster> {
  const contactPoints = given.split(',').map((point) => point.trim())
  const localDataCenter = process.env['CASSANDRA_LOCAL_DATACENTER'] ?? 'datacenter1'
  const username = process.env['CASSANDRA_USERNAME']
  const password = process.env['CASSANDRA_PASSWORD']
  const credentials =
    username === undefined || password === undefined ? undefined : { username, password }
  await probe(contactPoints[0] ?? '', credentials, localDataCenter).catch((error: unknown) => {
    throw new ServerStartError(
      `the cluster of CASSANDRA_CONTACT_POINTS (${given}) cannot be used with the data center ` +
        `'${localDataCenter}' (CASSANDRA_LOCAL_DATACENTER): ${translateError(error).message}`,
      { cause: error },
    )
  })
  return { nodes: [], contactPoints, localDataCenter, credentials, temporary: undefined }
}

/** Returns what is missing to run Cassandra as a Java process, or undefined if nothing is. */
async function missingForJava(cassandra: string): Promise<string | undefined> {
  const java = await run('java', ['-version']).catch(() => undefined)
  if (java === undefined) return 'java was not found'
  const version = /version "(\d+)/u.exec(java.stderr + java.stdout)?.[1]
  if (Number(version) < 17) return `the java that was found is version ${version}`
  if (hasJars(cassandra)) return undefined
  const maven = await run('mvn', ['-v']).catch(() => undefined)
  return maven === undefined ? 'Java was found, but no mvn' : undefined
}

const superuser = { username: 'cassandra', password: 'cassandra' }

/** Starts a node, a second time if a busy machine kept it from reaching the first node in time. */
async function startNode(node: JavaNode): Promise<void> {
  try {
    await node.start()
  } catch (error) {
    const isLate =
      error instanceof ServerStartError && error.message.includes('Unable to contact any seeds')
    if (!isLate) throw error
    await node.start()
  }
}

async function startJava(options: CassandraServerOptions): Promise<Cluster> {
  const { nodes: count = 1, version = defaultVersion, authentication = false, onProgress } = options
  onProgress?.(`fetching Cassandra ${version}`)
  const jars = await cassandraJars(version)
  const temporary =
    options.dir === undefined ? await mkdtemp(join(tmpdir(), 'coodie-cassandra-')) : undefined
  const dir = temporary ?? resolve(String(options.dir))
  const credentials = authentication ? superuser : undefined
  const addresses = Array.from({ length: count }, (_, i) => addressOf(i, count))
  const first = addresses[0] ?? '127.0.0.1'
  const nativePort = options.port ?? (await freePort(first))
  const storagePort = await freePort(first)
  const nodes: JavaNode[] = []
  try {
    for (const [i, address] of addresses.entries()) {
      onProgress?.(count === 1 ? 'starting Cassandra' : `starting node ${i + 1} of ${count}`)
      const settings = {
        version,
        address,
        seed: first,
        nativePort,
        storagePort,
        jmxPort: await freePort('127.0.0.1'),
        dir: count === 1 ? dir : join(dir, `node-${i + 1}`),
        hasAuthentication: authentication,
        heap: count === 1 ? 512 : 256,
        isAlone: count === 1,
        isKept: options.dir !== undefined,
        hasOptionalFeatures: options.optionalFeatures ?? true,
      }
      const node = new JavaNode(settings, jars, credentials)
      nodes.push(node)
      await startNode(node)
    }
    await waitForAcquaintance(nodes, credentials)
  } catch (error) {
    await Promise.all(nodes.map((node) => node.kill()))
    if (temporary !== undefined) await rm(temporary, { recursive: true, force: true })
    throw error
  }
  return {
    nodes,
    contactPoints: nodes.map(({ contactPoint }) => contactPoint),
    localDataCenter: 'datacenter1',
    credentials,
    temporary,
  }
}

/** Waits until every node knows all others: each hears of a new one some time after that one answers. */
async function waitForAcquaintance(
  nodes: readonly JavaNode[],
  credentials: Credentials | undefined,
): Promise<void> {
  const deadline = Date.now() + 60_000
  for (const { contactPoint } of nodes) {
    for (;;) {
      const known = await probe(contactPoint, credentials).then(
        (facts) => facts.nodes,
        () => 0,
      )
      if (known >= nodes.length) break
      if (Date.now() > deadline) {
        throw new ServerStartError(
          `the nodes did not find each other in time: ${contactPoint} knows ${known} of ${nodes.length}`,
        )
      }
      await sleep(200)
    }
  }
}

/** Returns the address of a node. Several nodes need an address each, because they share their ports. */
function addressOf(index: number, count: number): string {
  return count === 1 ? '127.0.0.1' : `127.0.0.${11 + index}`
}

async function startDocker(options: CassandraServerOptions): Promise<Cluster> {
  const { nodes: count = 1, version = defaultVersion, authentication = false, onProgress } = options
  if (count > 1) {
    throw new ServerStartError('several nodes need Java 17 and Maven; Docker runs one node only')
  }
  onProgress?.(`starting Cassandra ${version} in Docker`)
  const credentials = authentication ? superuser : undefined
  const node = new DockerNode({
    version,
    port: options.port ?? (await freePort('127.0.0.1')),
    dir: options.dir === undefined ? undefined : resolve(options.dir),
    credentials,
    hasOptionalFeatures: options.optionalFeatures ?? true,
  })
  await node.start()
  return {
    nodes: [node],
    contactPoints: [node.contactPoint],
    localDataCenter: 'datacenter1',
    credentials,
    temporary: undefined,
  }
}
