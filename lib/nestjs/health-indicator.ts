import { setTimeout as sleep } from 'node:timers/promises'
import { Inject, Injectable } from '@nestjs/common'
import { ModuleRef, ModulesContainer } from '@nestjs/core'
import { type DataSource, StatementError } from '../index'
import { defaultName, getDataSourceToken } from './data-source-token'

/** The data source to ask, and the time limit for its answer. */
export interface PingOptions {
  /** A data source or its name. The default is the data source without a name. */
  readonly dataSource?: DataSource | string | undefined
  /** The maximum duration in milliseconds. The default is 1000. */
  readonly timeout?: number | undefined
}

/** The result: `{ cassandra: { status: 'up' } }`, or `{ cassandra: { status: 'down', message } }`. */
export type CoodieHealthResult<Key extends string = string> = Record<
  Key,
  { readonly status: 'up' | 'down'; readonly message?: string }
>

/**
 * Checks if the server answers, for `@nestjs/terminus` or for a custom route. Every module can inject it.
 *
 * ```ts
 * class HealthController {
 *   constructor(private readonly health: HealthCheckService, private readonly cassandra: CoodieHealthIndicator) {}
 *
 *   check() {
 *     return this.health.check([() => this.cassandra.pingCheck('cassandra', { timeout: 500 })])
 *   }
 * }
 * ```
 */
@Injectable()
export class CoodieHealthIndicator {
  constructor(
    @Inject(ModuleRef) private readonly moduleRef: ModuleRef,
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
  ) {}

  /**
   * Sends a small query. If the server does not answer in time, the status is 'down' with the reason; under terminus 10
   * the result is in the `causes` of the thrown error. Throws `StatementError` for the name of a data source that does
   * not exist.
   */
  async pingCheck<Key extends string>(
    key: Key,
    { dataSource = defaultName, timeout = 1000 }: PingOptions = {},
  ): Promise<CoodieHealthResult<Key>> {
    const db = typeof dataSource === 'string' ? this.#find(dataSource) : dataSource
    const message = await failureOf(db, timeout)
    if (message === undefined) return { [key]: { status: 'up' } } as CoodieHealthResult<Key>
    const result = { [key]: { status: 'down', message } } as CoodieHealthResult<Key>
    if (this.#wantsErrors) throw Object.assign(new Error(message), asError, { causes: result })
    return result
  }

  #find(name: string): DataSource {
    try {
      return this.moduleRef.get<DataSource>(getDataSourceToken(name), { strict: false })
    } catch (cause) {
      throw new StatementError(
        `CoodieHealthIndicator: the application has no data source '${name}'; ` +
          'pass the name of one that CoodieModule.forRoot has, or the DataSource itself',
        { cause },
      )
    }
  }

  /** Terminus 10 takes every result for a good one; later versions have a service that makes bad ones. */
  get #wantsErrors(): boolean {
    const names = new Set(
      [...this.modules.values()].flatMap(({ providers }) =>
        [...providers.values()].map(({ name }) => name as unknown),
      ),
    )
    return names.has('HealthCheckService') && !names.has('HealthIndicatorService')
  }
}

/** The mark by which terminus 10 recognizes an error that is a result. */
const asError = { isHealthCheckError: true } as const

async function failureOf(db: DataSource, timeout: number): Promise<string | undefined> {
  const answered = new AbortController()
  const tooLate = async () => {
    await sleep(timeout, undefined, { signal: answered.signal })
    return `timeout of ${timeout}ms exceeded`
  }
  try {
    return await Promise.race([db.ping().then(() => undefined), tooLate()])
  } catch (error) {
    return (error as Partial<Error> | undefined)?.message ?? String(error)
  } finally {
    answered.abort()
  }
}
