import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../../metadata/entity-metadata'
import type { Access } from './access'
import { canIndex, targetOf } from './index-service'
import type { ReadRequest } from './read-request'
import { type ColumnRelation, columnsOf, isColumnRelation, isPoint } from './relation'
import { listed } from './rule'

/** One way out: how it is said, and what the entity and the request would be then. */
interface Way {
  readonly text: string
  readonly entity: EntityMetadata
  readonly request: ReadRequest
}

/**
 * The ways out of filtering, ALLOW FILTERING the last. The others are tried against the rules, so that none
 * is told which would not help.
 */
export function remediesOf(
  access: Access,
  isServed: (entity: EntityMetadata, request: ReadRequest) => boolean,
): string {
  const helps = ({ entity, request }: Way) => isServed(entity, request)
  const byKey = waysByKey(access)
  const byIndex = waysByIndex(access)
  const byBoth = byKey.flatMap((key) =>
    byIndex.map(({ text, entity }) => ({ ...key, entity, text: `${key.text} and ${text}` })),
  )
  const alone = [...byKey.filter(helps), ...byIndex.filter(helps).slice(0, 1)]
  const ways = alone.length > 0 ? alone : byBoth.filter(helps).slice(0, 1)
  const last = 'pass allowFiltering: true'
  return ways.length === 0 ? last : [...ways.map(({ text }) => text), `or ${last}`].join(', ')
}

/** Name by = what is missing of the partition key, and the clustering columns that are in the way. */
function waysByKey({ entity, request, clustering, missing }: Access): readonly Way[] {
  const last = clustering.at(-1)
  const end =
    last === undefined ? 0 : entity.clusteringKey.findIndex((c) => c === columnsOf(last)[0])
  const isFixed = (column: ColumnMetadata) =>
    clustering.some((relation) => isPoint(relation) && columnsOf(relation).includes(column))
  const inTheWay = entity.clusteringKey.slice(0, end).filter((column) => !isFixed(column))
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
      entity,
      request: { ...request, relations: [...others, ...named] },
    },
  ]
}

/** An index of the built-in kind on one of the columns, or storage-attached ones on all of them. */
function waysByIndex({ entity, request, left, clustering }: Access): readonly Way[] {
  const wanted = (left.length === 0 ? clustering : left).filter(isColumnRelation)
  const way = (relations: readonly ColumnRelation[], using: 'sai' | undefined): Way[] =>
    relations.every(({ column }) => canIndex(entity, column, using))
      ? [
          {
            text: `add ${relations.map((relation) => indexText(relation, using)).join(' and ')}`,
            entity: {
              ...entity,
              indexes: [
                ...entity.indexes,
                ...relations.map((relation) => indexFor(relation, using)),
              ],
            },
            request,
          },
        ]
      : []
  return [...wanted.flatMap((relation) => way([relation], undefined)), ...way(wanted, 'sai')]
}

function indexFor(relation: ColumnRelation, using: 'sai' | undefined): IndexMetadata {
  return { name: undefined, column: relation.column, using, on: targetOf(relation), options: {} }
}

function indexText(relation: ColumnRelation, using: 'sai' | undefined): string {
  const target = targetOf(relation)
  const options = [
    ...(using === undefined ? [] : [`using: '${using}'`]),
    ...(target === undefined || target === 'values' || target === 'full'
      ? []
      : [`on: '${target}'`]),
  ]
  return `@Index(${options.length === 0 ? '' : `{ ${options.join(', ')} }`}) to '${relation.column.property}'`
}
