import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { classOf } from '../../metadata/index-class'
import type { Access } from './access'
import { canIndex, isServedBy, targetOf } from './index-service'
import type { ReadRequest } from './read-request'
import { type ColumnRelation, columnsOf, isColumnRelation, isPoint } from './relation'
import { listed } from './rule'

/** One way out: how it is said, and what the entity and the request would be then. */
interface Way {
  readonly text: string
  readonly metadata: EntityMetadata
  readonly request: ReadRequest
}

/**
 * The ways out of filtering, ALLOW FILTERING the last. The others are tried against the rules, so that none
 * is told which would not help.
 */
export function remediesOf(
  access: Access,
  isServed: (metadata: EntityMetadata, request: ReadRequest) => boolean,
): string {
  const helps = ({ metadata, request }: Way) => isServed(metadata, request)
  const byKey = waysByKey(access)
  const byIndex = waysByIndex(access)
  const byBoth = byKey.flatMap((key) =>
    byIndex.map(({ text, metadata }) => ({
      ...key,
      metadata,
      text: `${key.text} and ${text}`,
    })),
  )
  const alone = [...byKey.filter(helps), ...byIndex.filter(helps).slice(0, 1)]
  const ways = alone.length > 0 ? alone : byBoth.filter(helps).slice(0, 1)
  const texts = ways.map(({ text }) => text)
  return [...texts, `${texts.length === 0 ? '' : 'or '}pass allowFiltering: true`].join(', ')
}

/** Name by = what is missing of the partition key, and the clustering columns that are in the way. */
function waysByKey({ metadata, request, clustering, missing }: Access): readonly Way[] {
  const last = clustering.at(-1)
  const end =
    last === undefined ? 0 : metadata.clusteringKey.findIndex((c) => c === columnsOf(last)[0])
  const isFixed = (column: ColumnMetadata) =>
    clustering.some((relation) => isPoint(relation) && columnsOf(relation).includes(column))
  const inTheWay = metadata.clusteringKey.slice(0, end).filter((column) => !isFixed(column))
  const columns = [...missing, ...inTheWay]
  if (columns.length === 0) return []
  const others = request.relations.filter(
    (relation) => !columnsOf(relation).some((column) => columns.includes(column)),
  )
  const named = columns.map((column): ColumnRelation => ({
    kind: 'column',
    column,
    operator: 'equal',
  }))
  return [
    {
      text: `name ${listed(columns)} by = in where`,
      metadata,
      request: { ...request, relations: [...others, ...named] },
    },
  ]
}

/** An index of the built-in kind on one of the columns, or storage-attached ones on all of them. */
function waysByIndex(access: Access): readonly Way[] {
  const { left, clustering } = access
  const wanted = (left.length === 0 ? clustering : left).filter(isColumnRelation)
  return [
    ...wanted.flatMap((relation) => wayByIndexes(access, [relation], undefined)),
    ...wayByIndexes(access, wanted, 'sai'),
  ]
}

function wayByIndexes(
  { metadata, request, partition, clustering, missing }: Access,
  wanted: readonly ColumnRelation[],
  using: 'sai' | undefined,
): readonly Way[] {
  const attached = metadata.indexes.filter((index) => classOf(index) === 'sai')
  const unserved = wanted.filter((relation) => !isServedBy(attached, relation))
  if (unserved.length === 0) return []
  if (!unserved.every((relation) => canIndex(metadata, relation, using))) return []
  const columns = new Map<string, ColumnMetadata[]>()
  for (const relation of unserved) {
    const decorator = decoratorOf(relation, using)
    columns.set(decorator, [...(columns.get(decorator) ?? []), relation.column])
  }
  const isAboutKey = missing.length > 0 && partition.length + clustering.length > 0
  const isAlone = wanted.length === 1 && !isAboutKey && clustering.length === 0
  const added = [...columns].map(
    ([decorator, of]) => `${decorator} to ${isAlone ? 'it' : listed(of)}`,
  )
  const indexes = unserved.map((relation) => ({
    name: undefined,
    column: relation.column,
    using,
    on: targetOf(relation),
    options: {},
  }))
  return [
    {
      text: `add ${added.join(' and ')}`,
      metadata: { ...metadata, indexes: [...metadata.indexes, ...indexes] },
      request,
    },
  ]
}

function decoratorOf(relation: ColumnRelation, using: 'sai' | undefined): string {
  const on = targetOf(relation)
  const options = [
    ...(using === undefined ? [] : [`using: '${using}'`]),
    ...(on === 'keys' || on === 'entries' ? [`on: '${on}'`] : []),
  ]
  return `@Index(${options.length === 0 ? '' : `{ ${options.join(', ')} }`})`
}
