import { StatementError } from '../../errors/errors'
import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { servedBy } from './index-service'
import { type Relation, isPoint, isSlice } from './relation'
import { type Impossibility, findImpossible } from './relation-rules'

/** A read as the rules see it. */
export interface WhereRequest {
  readonly relations: readonly Relation[]
  readonly orderBy: readonly { readonly column: ColumnMetadata; readonly order: 'asc' | 'desc' }[]
}

/**
 * What the server will say: `served` by the key or an index, `filtering` when it wants ALLOW FILTERING,
 * or `impossible` whatever is allowed.
 */
export interface Verdict {
  readonly verdict: 'served' | 'filtering' | 'impossible'
  readonly reason: string
  readonly remedy: string
  /** True: the rows must come in one page, since the server refuses ORDER BY with IN on the partition key. */
  readonly inOnePage: boolean
}

/** Decides how a filter can be answered, from the key, the indexes and the operators alone. */
export function analyseWhere(entity: EntityMetadata, request: WhereRequest): Verdict {
  const { relations, orderBy } = request
  const impossible = findImpossible(entity, relations)
  if (impossible !== undefined) return verdictOf('impossible', impossible)
  const key = analyseKey(entity, relations)
  const unserved = relations.filter((relation) => !key.served.has(relation))
  const indexed = unserved.filter((relation) => servedBy(entity, relation) !== undefined)
  const hasPartitionIn =
    key.isPartitionWhole &&
    relations.some(({ column, operator }) => column.kind === 'partitionKey' && operator === 'in')
  if (indexed.length > 0 && hasPartitionIn) {
    return verdictOf('impossible', {
      reason: `an index cannot be used together with In() on the partition key`,
      remedy: 'read each partition by itself, or leave the indexed column out',
    })
  }
  const wrongOrder = findWrongOrder(entity, request, key, indexed.length > 0)
  if (wrongOrder !== undefined) return verdictOf('impossible', wrongOrder)
  const inOnePage = orderBy.length > 0 && hasPartitionIn
  if (unserved.length === 0 || isServedByIndexes(entity, unserved)) {
    return { verdict: 'served', reason: '', remedy: '', inOnePage }
  }
  return { ...verdictOf('filtering', explainFiltering(entity, unserved, key)), inOnePage }
}

/** Refuses what would be refused by the server, or would filter without being allowed to. */
export function requireServed(
  entity: EntityMetadata,
  request: WhereRequest & { readonly allowFiltering: boolean },
): Verdict {
  const verdict = analyseWhere(entity, request)
  const isAllowed =
    verdict.verdict === 'served' || (verdict.verdict === 'filtering' && request.allowFiltering)
  if (isAllowed) return verdict
  throw new StatementError(`${entity.entity}: ${verdict.reason}; ${verdict.remedy}`)
}

function verdictOf(verdict: Verdict['verdict'], { reason, remedy }: Impossibility): Verdict {
  return { verdict, reason, remedy, inOnePage: false }
}

interface KeyAnalysis {
  /** The relations that the primary key serves. */
  readonly served: ReadonlySet<Relation>
  /** Every component of the partition key is fixed. */
  readonly isPartitionWhole: boolean
  readonly missing: readonly ColumnMetadata[]
  /** The clustering column that breaks the prefix, for the ones after it. */
  readonly broken: { readonly column: ColumnMetadata; readonly isSliced: boolean } | undefined
}

/** The whole partition key by = or IN, then clustering columns in order, the last of them by a range. */
function analyseKey(entity: EntityMetadata, relations: readonly Relation[]): KeyAnalysis {
  const of = (column: ColumnMetadata) => relations.filter((relation) => relation.column === column)
  const missing = entity.partitionKey.filter((column) => !of(column).some(isPoint))
  const served = new Set<Relation>()
  if (missing.length > 0) {
    return { served, isPartitionWhole: false, missing, broken: undefined }
  }
  for (const column of entity.partitionKey) {
    for (const relation of of(column)) served.add(relation)
  }
  let broken: KeyAnalysis['broken']
  for (const column of entity.clusteringKey) {
    const ofColumn = of(column)
    if (broken === undefined) {
      for (const relation of ofColumn) {
        if (isPoint(relation) || isSlice(relation)) served.add(relation)
      }
    }
    if (!ofColumn.some(isPoint)) broken ??= { column, isSliced: ofColumn.some(isSlice) }
  }
  return { served, isPartitionWhole: true, missing, broken }
}

/** One secondary index alone, or storage-attached indexes for all. */
function isServedByIndexes(entity: EntityMetadata, unserved: readonly Relation[]): boolean {
  const classes = unserved.map((relation) => servedBy(entity, relation))
  return classes.length === 1
    ? classes[0] !== undefined
    : classes.every((indexClass) => indexClass === 'sai')
}

function findWrongOrder(
  entity: EntityMetadata,
  { orderBy, relations }: WhereRequest,
  key: KeyAnalysis,
  usesIndex: boolean,
): Impossibility | undefined {
  if (orderBy.length === 0) return undefined
  const foreign = orderBy.find(({ column }) => column.kind !== 'clustering')
  if (foreign !== undefined) {
    return {
      reason: `rows can be ordered by clustering columns only, and '${foreign.column.property}' is none`,
      remedy: 'sort the results, or make it a clustering column',
    }
  }
  if (!key.isPartitionWhole) {
    return {
      reason: `orderBy needs the whole partition key by = or In(); ${list(key.missing)} is missing`,
      remedy: 'name it in where, or sort the results',
    }
  }
  if (usesIndex) {
    return {
      reason: 'rows that an index finds cannot be ordered',
      remedy: 'leave orderBy out and sort the results',
    }
  }
  const isFixed = (column: ColumnMetadata) =>
    relations.some((relation) => relation.column === column && relation.operator === 'equal')
  let next = 0
  for (const column of entity.clusteringKey) {
    if (orderBy[next]?.column === column) next++
    else if (next < orderBy.length && !isFixed(column)) {
      return {
        reason: `orderBy must name the clustering columns in their order, and '${column.property}' comes before '${orderBy[next]?.column.property}'`,
        remedy: `order by '${column.property}' first, or fix it in where`,
      }
    }
  }
  if (next < orderBy.length) {
    return {
      reason: `orderBy must name the clustering columns in their order: ${list(entity.clusteringKey)}`,
      remedy: 'put them in that order',
    }
  }
  const reversed = orderBy.filter(({ column, order }) => column.order !== order).length
  return reversed === 0 || reversed === orderBy.length
    ? undefined
    : {
        reason: 'orderBy must keep all the declared directions or reverse them all',
        remedy: 'turn the others round too, or sort the results',
      }
}

function explainFiltering(
  entity: EntityMetadata,
  unserved: readonly Relation[],
  key: KeyAnalysis,
): Impossibility {
  const ways = `or pass allowFiltering: true`
  const first = unserved.find(
    (relation) => servedBy(entity, relation) === undefined || unserved.length > 1,
  )?.column
  const plain = unserved.find(
    ({ column }) => column.kind !== 'partitionKey' && column.kind !== 'clustering',
  )?.column
  if (unserved.every((relation) => servedBy(entity, relation) !== undefined)) {
    return {
      reason: `one index serves one column, and here are ${unserved.length}: ${list(unserved.map(({ column }) => column))}`,
      remedy: `use @Index({ using: 'sai' }), which serve several together, ${ways}`,
    }
  }
  if (plain !== undefined && (key.isPartitionWhole || isOnly(unserved, plain))) {
    const indexes = entity.indexes.some(({ column }) => column === plain)
    return {
      reason: indexes
        ? `the index on '${plain.property}' does not serve this condition`
        : `'${plain.property}' is neither in the primary key nor indexed`,
      remedy: `${indexes ? 'use another condition' : `add @Index() to it`}, ${ways}`,
    }
  }
  if (!key.isPartitionWhole) {
    return {
      reason:
        `the partition key needs ${list(entity.partitionKey)} by = or In(), ` +
        `and ${list(key.missing)} ${key.missing.length === 1 ? 'is' : 'are'} missing`,
      remedy: `name ${key.missing.length === 1 ? 'it' : 'them'} in where, add an @Index() to '${first?.property}', ${ways}`,
    }
  }
  const { column, isSliced } = key.broken ?? { column: first, isSliced: false }
  return {
    reason: isSliced
      ? `'${first?.property}' cannot be restricted while the clustering column '${column?.property}' before it has a range`
      : `'${first?.property}' cannot be restricted while the clustering column '${column?.property}' before it is not`,
    remedy: `restrict '${column?.property}' by =, ${ways}`,
  }
}

function isOnly(unserved: readonly Relation[], column: ColumnMetadata): boolean {
  return unserved.every((relation) => relation.column === column)
}

function list(columns: readonly ColumnMetadata[]): string {
  return [...new Set(columns)].map(({ property }) => `'${property}'`).join(', ')
}
