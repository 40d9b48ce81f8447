import { execFile } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { type Credentials, probe } from '../driver/probe'
import { ServerStartError } from './server-start-error'

const run = promisify(execFile)
const patience = 180_000

/** Returns whether a Docker engine answers. */
export async function hasDocker(): Promise<boolean> {
  return run('docker', ['info']).then(
    () => true,
    () => false,
  )
}

export interface DockerSettings {
  readonly version: string
  readonly port: number
  /** The folder of the data; inside the container unless given. */
  readonly dir: string | undefined
  readonly credentials: Credentials | undefined
  /** Set to true to switch on what Cassandra has off: views, SASI, functions, masking. */
  readonly hasOptionalFeatures: boolean
}

/** Changes the configuration in the container before the server reads it. */
const switchOn = `
sed -i -e 's/^materialized_views_enabled:.*/materialized_views_enabled: true/' \
  -e 's/^user_defined_functions_enabled:.*/user_defined_functions_enabled: true/' \
  -e 's/^sasi_indexes_enabled:.*/sasi_indexes_enabled: true/' \
  -e 's/^dynamic_data_masking_enabled:.*/dynamic_data_masking_enabled: true/' /etc/cassandra/cassandra.yaml
`
const authenticate = `
sed -i -e 's/class_name : AllowAllAuthenticator/class_name: PasswordAuthenticator/' \
  -e 's/^authenticator: AllowAll.*/authenticator: PasswordAuthenticator/' \
  -e 's/class_name: AllowAllAuthenticator/class_name: PasswordAuthenticator/' \
  -e 's/AllowAllAuthorizer/CassandraAuthorizer/' /etc/cassandra/cassandra.yaml
`

/** A Cassandra node in a container, which removes itself when it stops. */
export class DockerNode {
  #container: string | undefined

  constructor(private readonly settings: DockerSettings) {}

  get contactPoint(): string {
    return `127.0.0.1:${this.settings.port}`
  }

  async start(): Promise<void> {
    const { version, port, dir, credentials, hasOptionalFeatures } = this.settings
    const { stdout } = await run('docker', [
      'run',
      '--detach',
      '--rm',
      '--publish',
      `127.0.0.1:${port}:9042`,
      '--env',
      'MAX_HEAP_SIZE=512M',
      '--env',
      'HEAP_NEWSIZE=128M',
      '--env',
      'CASSANDRA_ENDPOINT_SNITCH=SimpleSnitch',
      ...(dir === undefined ? [] : ['--volume', `${dir}:/var/lib/cassandra`]),
      '--entrypoint',
      'bash',
      `cassandra:${version}`,
      '-c',
      `${hasOptionalFeatures ? switchOn : ''}${credentials === undefined ? '' : authenticate}exec docker-entrypoint.sh cassandra -f`,
    ])
    this.#container = stdout.trim()
    const deadline = Date.now() + patience
    while (!(await this.#answers())) {
      if (Date.now() > deadline) {
        await this.kill()
        throw new ServerStartError(
          `Cassandra in Docker did not answer within ${patience / 1000} seconds`,
        )
      }
      await sleep(500)
    }
  }

  async #answers(): Promise<boolean> {
    return probe(this.contactPoint, this.settings.credentials).then(
      () => true,
      () => false,
    )
  }

  async stop(): Promise<void> {
    await this.#end('stop')
  }

  async kill(): Promise<void> {
    await this.#end('kill')
  }

  async pause(): Promise<void> {
    await this.#docker('pause')
  }

  async resume(): Promise<void> {
    await this.#docker('unpause')
  }

  async #end(command: 'stop' | 'kill'): Promise<void> {
    await this.#docker(command)
    this.#container = undefined
  }

  async #docker(command: 'stop' | 'kill' | 'pause' | 'unpause'): Promise<void> {
    if (this.#container === undefined) return
    await run('docker', [command, this.#container]).catch(() => undefined)
  }
}
