import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Credentials, probe } from '../driver/probe'
import { isListening } from './free-port'
import { type NodeSettings, cassandraYaml, javaArguments, logbackXml } from './node-config'
import { ServerStartError } from './server-start-error'
import { SupervisedProcess } from './supervised-process'

const patience = 120_000
/** The number of lines of the log that an error shows. */
const maxShownLines = 20

/** A Cassandra node that runs as a Java process. */
export class JavaNode {
  #process: SupervisedProcess | undefined

  constructor(
    readonly settings: NodeSettings,
    private readonly jars: string,
    private readonly credentials: Credentials | undefined,
  ) {}

  get contactPoint(): string {
    return `${this.settings.address}:${this.settings.nativePort}`
  }

  /** Starts the process and waits until the server answers. Throws `ServerStartError` with the end of the log. */
  async start(): Promise<void> {
    const { dir, address, nativePort } = this.settings
    if (await isListening(address, nativePort)) {
      throw new ServerStartError(
        `port ${nativePort} of ${address} is in use; pass another one, or omit port to get a free one`,
      )
    }
    await mkdir(dir, { recursive: true })
    await writeFile(join(dir, 'cassandra.yaml'), cassandraYaml(this.settings))
    await writeFile(join(dir, 'logback.xml'), logbackXml(this.settings))
    const process = new SupervisedProcess(
      'java',
      javaArguments(this.settings, this.jars, await readdir(this.jars)),
      join(dir, 'console.log'),
    )
    this.#process = process
    const deadline = Date.now() + patience
    while (!(await isListening(address, nativePort)) || !(await this.#answers())) {
      if (process.hasEnded) throw await this.#failed('ended while it was starting')
      if (Date.now() > deadline) {
        await process.kill()
        throw await this.#failed(`did not answer within ${patience / 1000} seconds`)
      }
      await sleep(150)
    }
  }

  async #answers(): Promise<boolean> {
    return probe(this.contactPoint, this.credentials).then(
      () => true,
      () => false,
    )
  }

  async #failed(how: string): Promise<ServerStartError> {
    const { dir } = this.settings
    const logs = await Promise.all(
      ['console.log', 'system.log'].map((name) =>
        readFile(join(dir, name), 'utf8').catch(() => ''),
      ),
    )
    const lines = logs.join('\n').trimEnd().split('\n')
    // The reason stands before the messages of the shutdown.
    const reasons = lines.slice(0, -maxShownLines).filter((line) => /^ERROR|Exception/u.test(line))
    const shown = [...reasons.slice(-maxShownLines), ...lines.slice(-maxShownLines)].join('\n')
    return new ServerStartError(`Cassandra ${how}. The end of its log:\n${shown}`)
  }

  async stop(): Promise<void> {
    await this.#process?.stop()
  }

  async kill(): Promise<void> {
    await this.#process?.kill()
  }

  async pause(): Promise<void> {
    this.#process?.pause()
  }

  async resume(): Promise<void> {
    this.#process?.resume()
  }
}
