import type { ExecuteOptions } from '../../driver/execute-options'
import { similaritySelector } from '../../statement/clause/nearest-clause'
import type { Neighbor } from '../options/find-options'
import { markLoaded } from './mark-loaded'
import { planRead } from './read'
import type { RepositoryContext } from '../repository-context'

/** Returns the rows nearest to a vector, in the order of the server. */
export async function findNearest<T>(
  context: RepositoryContext,
  property: string,
  vector: unknown,
  options: ExecuteOptions & { readonly limit?: number },
): Promise<Neighbor<T>[]> {
  const read = planRead(context, 'findNearest', options, {
    nearest: { property, vector },
    limit: options.limit === undefined ? 10 : options.limit,
  })
  if (read.params === null) return []
  const {
    rows,
    isDecoded,
    columns = [],
  } = await context.execute(read.plan, read.params, withOneReplica(options))
  const { name, codec } = similaritySelector(context.metadata)
  const neighbors =
    isDecoded === true
      ? (rows as readonly unknown[] as Neighbor<T>[])
      : rows.map((row) => ({
          entity: read.plan.reader.fromDriverRow(row, columns) as T,
          similarity: codec.fromDriver((row as Readonly<Record<string, unknown>>)[name]) as number,
        }))
  const { behavior } = context
  if (behavior !== undefined) {
    const entities = neighbors.map(({ entity }) => entity)
    await markLoaded(context, behavior, entities, !read.plan.statement.isProjection)
  }
  return neighbors
}

/** Sets a consistency that the server accepts for this read: it downgrades a stronger one with a warning. */
function withOneReplica(options: ExecuteOptions): ExecuteOptions {
  return options.consistency === undefined && options.executionProfile === undefined
    ? { ...options, consistency: 'localOne' }
    : options
}
