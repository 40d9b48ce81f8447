import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { type Relation, columnsOf, isList, isPoint, isSlice } from './relation'
import { type Rule, isOrAre, itOrThem, listed } from './rule'

/** An update or a delete as the rules see it. */
export interface Write {
  readonly metadata: EntityMetadata
  readonly where: readonly Relation[]
  readonly verb: 'update' | 'delete'
  /**
   * The rows that its key must name: rows by their whole key, partitions for static columns alone, or the range that the
   * first columns of the key span.
   */
  readonly reach: 'row' | 'partition' | 'range'
  readonly isConditional?: boolean
}

/** The limits of the where of a write: first of its columns, then of the key that they make. */
export const writeRules: {
  readonly ofColumns: readonly Rule<Write>[]
  readonly ofKeys: readonly Rule<Write>[]
} = {
  ofColumns: [
    {
      name: 'a write names columns',
      find: ({ where, verb }) =>
        where.every(({ kind }) => kind === 'column')
          ? undefined
          : {
              reason: `token and tuple belong to reads, not to the where of ${an(verb)}`,
              remedy: 'name the columns of the key one by one',
            },
    },
    {
      name: 'a write names key columns',
      find: ({ where, verb }) => {
        const foreign = where.flatMap(columnsOf).filter(({ isKey }) => !isKey)
        return foreign.length === 0
          ? undefined
          : {
              reason: `the where of ${an(verb)} takes the primary key only, and ${listed(foreign)} ${isOrAre(foreign)} not in it`,
              remedy: `leave ${itOrThem(foreign)} out and find the rows first, or name ${itOrThem(foreign)} in if`,
            }
      },
    },
    {
      name: 'a write compares',
      find: ({ where, verb }) => {
        const asked = where.filter((relation) => !isPoint(relation) && !isSlice(relation))
        return asked.length === 0
          ? undefined
          : {
              reason: `${listed(asked.flatMap(columnsOf))} must be compared in the where of ${an(verb)}`,
              remedy: 'use = or In()',
            }
      },
    },
  ],
  ofKeys: [
    {
      name: 'a write needs the partition key',
      find: (write) => explainMissing(write, write.metadata.partitionKey, 'partition key'),
    },
    {
      name: 'a partition key has no ranges',
      find: (write) => explainRange(write, write.metadata.partitionKey),
    },
    {
      name: 'static columns belong to the partition',
      find: ({ where, verb, reach }) => {
        const clustering = where.flatMap(columnsOf).filter(({ kind }) => kind === 'clustering')
        return reach === 'partition' && clustering.length > 0
          ? {
              reason: `${an(verb)} of static columns alone concerns the partition, and where names ${listed(clustering)}`,
              remedy: `leave ${listed(clustering)} out of where`,
            }
          : undefined
      },
    },
    {
      name: 'a row needs the whole key',
      find: (write) =>
        write.reach === 'row'
          ? explainMissing(write, write.metadata.clusteringKey, 'primary key')
          : undefined,
    },
    {
      name: 'a row has no ranges',
      find: (write) =>
        write.reach === 'row' ? explainRange(write, write.metadata.clusteringKey) : undefined,
    },
    {
      name: 'a conditional write is about one row',
      find: ({ where, verb, reach, isConditional = false }) => {
        const lists = where.filter(isList).flatMap(columnsOf)
        return isConditional && lists.length > 0
          ? {
              reason: `a conditional ${verb} concerns one ${reach}, and ${listed(lists)} ${isOrAre(lists)} given by In()`,
              remedy: `give ${itOrThem(lists)} by =, and write the ${reach}s one by one`,
            }
          : undefined
      },
    },
    {
      name: 'a range of rows follows the order of the key',
      find: ({ metadata, where, reach, verb }) => {
        if (reach !== 'range') return undefined
        let broken: { readonly column: ColumnMetadata; readonly how: string } | undefined
        for (const column of metadata.clusteringKey) {
          const ofColumn = where.filter((relation) => columnsOf(relation).includes(column))
          if (broken !== undefined && ofColumn.length > 0) {
            return {
              reason: `'${column.property}' cannot be in the where of ${an(verb)} while the clustering column '${broken.column.property}' before it ${broken.how}`,
              remedy: `give '${broken.column.property}' by =, or leave '${column.property}' out`,
            }
          }
          if (!ofColumn.some(isPoint)) {
            broken ??= { column, how: ofColumn.some(isSlice) ? 'has a range' : 'is missing' }
          }
        }
        return undefined
      },
    },
  ],
}

/** Returns the operators by which a write can name its key. */
function pointsOf(isConditional: boolean | undefined): string {
  return isConditional === true ? '=' : '= or In()'
}

function explainMissing(
  { where, verb, isConditional }: Write,
  columns: readonly ColumnMetadata[],
  key: string,
): ReturnType<Rule<Write>['find']> {
  const named = new Set(where.flatMap(columnsOf))
  const missing = columns.filter((column) => !named.has(column))
  return missing.length === 0
    ? undefined
    : {
        reason: `the where of ${an(verb)} needs the whole ${key}, and ${listed(missing)} ${isOrAre(missing)} missing`,
        remedy: `name ${itOrThem(missing)} in where by ${pointsOf(isConditional)}`,
      }
}

function explainRange(
  { where, verb, isConditional }: Write,
  columns: readonly ColumnMetadata[],
): ReturnType<Rule<Write>['find']> {
  const ranged = where
    .filter(isSlice)
    .flatMap(columnsOf)
    .filter((column) => columns.includes(column))
  return ranged.length === 0
    ? undefined
    : {
        reason: `the where of ${an(verb)} takes no range of ${listed(ranged)}`,
        remedy: `give ${itOrThem(ranged)} by ${pointsOf(isConditional)}`,
      }
}

function an(verb: Write['verb']): string {
  return verb === 'update' ? 'an update' : 'a delete'
}
