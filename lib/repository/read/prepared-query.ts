import type { ExecuteOptions } from '../../driver/execute-options'
import { StatementError } from '../../errors/errors'
import { didYouMean } from '../../errors/did-you-mean'
import { valueAt } from '../../plan/binder'
import { BoundedCache } from '../../plan/bounded-cache'
import type { Plan } from '../../plan/plan'
import { Param } from '../../statement/param'
import type { SelectRequest } from '../../statement/requests'
import { buildSelect, shapeOfSelect } from '../../statement/select'
import type { Marker, Path, Statement } from '../../statement/statement'
import { readOfClass } from '../inheritance/class-read'
import type { FindPageOptions, Page } from '../options/find-options'
import { requireOptions } from '../options/require-options'
import { type Read, boundRead, pageOf, readAll, readFirst, streamOf } from './read'
import type { RepositoryContext } from '../repository-context'

/** Options of one page of a prepared query. */
export type PreparedPageOptions = Pick<FindPageOptions<object>, 'pageState' | 'fetchSize'>

/**
 * A query whose filter, columns and order are planned once; a call only binds its parameters. `prepare` of a repository
 * makes it. It is the cheapest way to read.
 */
export class PreparedQuery<T, P extends object> {
  /** The queries of the only keyspace; undefined if each call has its own keyspace. */
  readonly #only: Queries | undefined
  readonly #byKeyspace: BoundedCache<Queries>
  readonly #names: readonly string[]
  readonly #context: RepositoryContext
  readonly #options: SelectRequest & ExecuteOptions

  /** @internal Prepared queries are made by `Repository.prepare`. */
  constructor(context: RepositoryContext, options: SelectRequest & ExecuteOptions) {
    this.#context = context
    this.#options = options
    const queries = queriesOf(
      context.isOfCall ? context.with({ keyspace: 'any' }) : context,
      options,
    )
    this.#only = context.isOfCall ? undefined : queries
    this.#byKeyspace = new BoundedCache(context.host.mostKeyspaces)
    this.#names = namesIn(queries.all.plan)
  }

  /** The CQL of the query, with a marker for each value. */
  get cql(): string {
    return this.#queries.all.plan.statement.cql
  }

  /** The queries of the call that begins now. */
  get #queries(): Queries {
    if (this.#only !== undefined) return this.#only
    const context = this.#context.ofCall
    return this.#byKeyspace.get(context.keyspace, () => queriesOf(context, this.#options))
  }

  /** Returns all entities that match, from all pages. Throws `StatementError` for an unknown or missing parameter. */
  async find(params: P): Promise<T[]> {
    const { context, all } = this.#queries
    return await readAll<T>(context, this.#read(all, params))
  }

  /** Returns the first entity that matches, or `null`: `… LIMIT ?`. */
  async findOne(params: P): Promise<T | null> {
    const { context, first } = this.#queries
    return await readFirst<T>(context, this.#read(first, params))
  }

  /**
   * Returns one page, and the state from which the next one goes on; see `Repository.findPage`. `fetchSize` may change
   * from page to page.
   */
  async findPage(params: P, options: PreparedPageOptions = {}): Promise<Page<T>> {
    requireOptions(this.#context.metadata.name, 'findPage of a prepared query', options)
    const { context, all } = this.#queries
    const read = this.#read(all, params)
    const { pageState, fetchSize } = options
    const paged =
      fetchSize === undefined ? read : { ...read, options: { ...read.options, fetchSize } }
    return await pageOf<T>(context, paged, pageState)
  }

  /** Returns the entities one after another; see `Repository.stream`. */
  stream(params: P): AsyncIterable<T> {
    const { context, all } = this.#queries
    return streamOf<T>(context, this.#read(all, params))
  }

  #read({ plan, template, keep }: Prepared, params: P): Read {
    this.#requireParams(params)
    return boundRead(plan, { params, template }, this.#options, keep)
  }

  #requireParams(params: P): void {
    const { name: entity } = this.#context.metadata
    if (typeof params !== 'object' || params === null) {
      throw new StatementError(`${entity}: the parameters of a prepared query must be an object`)
    }
    const given = Object.keys(params)
    for (const name of given) {
      if (!this.#names.includes(name)) {
        throw new StatementError(
          `${entity}: the prepared query has no parameter '${name}'${didYouMean(name, this.#names)}`,
        )
      }
    }
    if (given.length < this.#names.length) {
      const missing = this.#names.find((name) => !given.includes(name))
      throw new StatementError(`${entity}: the prepared query needs a value for '${missing}'`)
    }
  }
}

/** The parts of a read that do not depend on its parameters. */
interface Prepared extends Pick<Read, 'plan' | 'keep'> {
  readonly template: SelectRequest
}

/** A query in one keyspace. */
interface Queries {
  readonly context: RepositoryContext
  readonly all: Prepared
  /** The same with `LIMIT 1`, unless it has a limit. */
  readonly first: Prepared
}

function queriesOf(context: RepositoryContext, options: SelectRequest): Queries {
  const all = prepared(context, options)
  const first = options.limit === undefined ? prepared(context, { ...options, limit: 1 }) : all
  return { context, all, first }
}

/** The plan of a template: each marker takes its value from the parameters, or from the template itself. */
function prepared(context: RepositoryContext, asked: SelectRequest): Prepared {
  const { request: template, keep } = readOfClass(context.metadata, asked)
  // The shape checks what it reads, as for any other read.
  shapeOfSelect(context.metadata, template)
  const statement = buildSelect(context.metadata, context.keyspace, template)
  const place = (path: Path): Path => {
    const value = valueAt(template, path)
    return value instanceof Param ? ['params', value.name] : ['template', ...path]
  }
  const markers = statement.markers.map((marker): Marker => {
    const path = place(marker.path)
    return Object.assign({}, marker, {
      path,
      label: path[0] === 'params' ? `${marker.label} (parameter '${path[1]}')` : marker.label,
    })
  })
  const placed: Statement = { ...statement, markers, lists: statement.lists.map(place) }
  return { plan: context.compilePlan(placed), template, keep }
}

function namesIn({ statement }: Plan): readonly string[] {
  const names = statement.markers
    .filter(({ path }) => path[0] === 'params')
    .map(({ path }) => String(path[1]))
  return [...new Set(names)]
}
