import type { ExecuteOptions } from '../../driver/execute-options'
import type { ResultPage } from '../../driver/execution'
import { StatementError } from '../../errors/errors'
import { valueAt } from '../../plan/binder'
import { type Plan, matchesNothing } from '../../plan/plan'
import type { SelectRequest } from '../../statement/requests'
import { buildSelect, shapeOfSelect } from '../../statement/select'
import type { Behavior } from '../hooks/behavior'
import { type ClassRead, readOfClass } from '../inheritance/class-read'
import type { Page } from '../options/find-options'
import { markLoaded } from './mark-loaded'
import { openPageToken, sealPageToken } from './page-token'
import type { RepositoryContext } from '../repository-context'
import { type MethodName, requireOptions } from '../options/require-options'

/** A read that is planned and bound. If `params` is `null`, nothing can match, and nothing is sent. */
export interface Read {
  readonly plan: Plan
  readonly request: object
  readonly params: unknown[] | null
  readonly options: ExecuteOptions
  /** Selects the rows that belong to the class, if the statement cannot. */
  readonly keep: ClassRead['keep']
}

/** Plans and binds the read of a method; `fixed` are the options that the method itself sets. */
export function planRead(
  context: RepositoryContext,
  method: MethodName,
  options: object,
  fixed: Omit<SelectRequest, 'where'> = {},
): Read {
  const { metadata } = context
  requireOptions(metadata.name, method, options)
  // A spread of objects of many shapes costs several times as much.
  return planned(context, Object.assign({}, options, fixed), options)
}

const noOptions: ExecuteOptions = Object.freeze({})

/** Plans and binds a read with only a filter, for `findBy` and `findOneBy`. */
export function planFilter(context: RepositoryContext, where: object, limit?: 1): Read {
  if (where === undefined) {
    throw new StatementError(
      `${context.metadata.name}: where is undefined and would not filter; leave it out to read all`,
    )
  }
  return planned(context, limit === undefined ? { where } : { where, limit }, noOptions)
}

function planned(context: RepositoryContext, asked: SelectRequest, options: ExecuteOptions): Read {
  const { metadata } = context
  const ofClass = metadata.inheritance === undefined ? undefined : readOfClass(metadata, asked)
  const request = ofClass?.request ?? asked
  const plan = context.plan(shapeOfSelect(metadata, request), (keyspace) =>
    buildSelect(metadata, keyspace, request),
  )
  return boundRead(plan, request, options, ofClass?.keep)
}

/** Binds the values of a request to a plan. */
export function boundRead(
  plan: Plan,
  request: object,
  options: ExecuteOptions,
  keep: ClassRead['keep'],
): Read {
  const params = plan.bind(request)
  return {
    plan,
    request,
    params: matchesNothing(plan, request) ? null : params,
    options,
    keep,
  }
}

/** Returns the first row, or `null`. Pages before it can be empty. */
export async function readFirst<T>(context: RepositoryContext, read: Read): Promise<T | null> {
  if (read.params === null) return null
  let state: string | undefined
  do {
    const page = await context.execute(read.plan, read.params, read.options, state)
    const items = itemsOf<T>(read, page)
    const { behavior } = context
    if (behavior !== undefined) await markRead(context, behavior, read, items)
    const [first] = items
    if (first !== undefined) return first
    state = page.pageState ?? undefined
  } while (state !== undefined)
  return null
}

/** Returns the rows of all pages. */
export async function readAll<T>(context: RepositoryContext, read: Read): Promise<T[]> {
  if (read.params === null) return []
  const first = await readPage<T>(context, read, read.params)
  const all = first.items
  let state = first.pageState
  while (state !== null) {
    const page = await readPage<T>(context, read, read.params, state)
    for (const item of page.items) all.push(item)
    state = page.pageState
  }
  return all
}

/** Returns one page, from the driver's state of the previous page. */
async function readPage<T>(
  context: RepositoryContext,
  read: Read,
  params: unknown[],
  state?: string,
): Promise<Page<T>> {
  const page = await context.execute(read.plan, params, read.options, state)
  const items = itemsOf<T>(read, page)
  const { behavior } = context
  if (behavior !== undefined) await markRead(context, behavior, read, items)
  return { items, pageState: page.pageState }
}

function itemsOf<T>({ plan, keep }: Read, { rows, isDecoded, columns = [] }: ResultPage): T[] {
  const items =
    isDecoded === true ? rows : rows.map((row) => plan.reader.fromDriverRow(row, columns))
  return (keep === undefined ? items : items.filter(keep)) as T[]
}

function markRead(
  context: RepositoryContext,
  behavior: Behavior,
  { plan }: Read,
  items: readonly unknown[],
): Promise<void> {
  return markLoaded(context, behavior, items, !plan.statement.isProjection)
}

/** Returns one page as users see it. Its state is sealed and belongs to this read. */
export async function pageOf<T>(
  context: RepositoryContext,
  read: Read,
  pageState: string | null | undefined,
): Promise<Page<T>> {
  if (read.params === null) return { items: [], pageState: null }
  const { pageStateSecret } = context.host
  const isFirst = pageState === undefined || pageState === null
  const { items, pageState: next } = isFirst
    ? await readPage<T>(context, read, read.params)
    : await readPage<T>(
        context,
        withPagesBelowLimit(context, read),
        read.params,
        openPageToken(read, context.metadata.name, pageState, pageStateSecret),
      )
  return { items, pageState: next === null ? null : sealPageToken(read, next, pageStateSecret) }
}

/**
 * The same read with pages of fewer rows than its limit: the server ignores a page state, and begins anew, where the
 * limit is not greater than the page. Within a state it counts what is left of the limit.
 */
function withPagesBelowLimit(context: RepositoryContext, read: Read): Read {
  const limit = limitOf(read)
  if (limit === undefined) return read
  const { fetchSize = context.host.session().fetchSize } = context.merge(read.options)
  if (fetchSize < limit) return read
  return { ...read, options: { ...read.options, fetchSize: Math.max(1, limit - 1) } }
}

/** The value of `LIMIT ?`, wherever the statement takes it from. */
function limitOf({ plan: { statement }, request }: Read): number | undefined {
  const marker = statement.markers.find(({ isLimit }) => isLimit === true)
  return marker && (valueAt(request, marker.path) as number)
}

/** Returns the rows one after another. A page is fetched when its first row is asked for. */
export function streamOf<T>(context: RepositoryContext, read: Read): AsyncIterable<T> {
  return { [Symbol.asyncIterator]: () => eachOf<T>(context, read) }
}

async function* eachOf<T>(
  context: RepositoryContext,
  read: Read,
): AsyncGenerator<T, void, undefined> {
  if (read.params === null) return
  let state: string | undefined
  do {
    const page = await readPage<T>(context, read, read.params, state)
    yield* page.items
    state = page.pageState ?? undefined
  } while (state !== undefined)
}
