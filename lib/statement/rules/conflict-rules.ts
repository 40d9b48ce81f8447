import type { ColumnMetadata, EntityMetadata } from '../../metadata/entity-metadata'
import { type Relation, boundOf, columnsOf, isPattern, isPoint, isSlice } from './relation'
import { type Explanation, type Rule, firstFinding, listed } from './rule'

interface Together {
  /** The column that they restrict, for messages. */
  readonly subject: string
  readonly relations: readonly Relation[]
}

const leaveOneOut = 'leave one of the conditions out'

/** The limits of several relations on one column, or on token(). */
const conflictRules: readonly Rule<Together>[] = [
  {
    name: '= and IN stand alone',
    find: ({ subject, relations }) =>
      relations.some(isPoint)
        ? {
            reason: `${subject} has another condition beside its = or In()`,
            remedy: leaveOneOut,
          }
        : undefined,
  },
  {
    name: 'LIKE stands alone',
    find: ({ subject, relations }) =>
      relations.some(isPattern)
        ? { reason: `${subject} has another condition beside its Like()`, remedy: leaveOneOut }
        : undefined,
  },
  {
    name: 'a range does not go with CONTAINS',
    find: ({ subject, relations }) =>
      relations.some(isSlice) && !relations.every(isSlice)
        ? { reason: `${subject} has both a range and a Contains()`, remedy: leaveOneOut }
        : undefined,
  },
  {
    name: 'two ranges of tuples begin with the same column',
    find: ({ subject, relations }) =>
      new Set(relations.map((relation) => columnsOf(relation)[0])).size > 1
        ? {
            reason: `${subject} is in two ranges that do not begin with the same column`,
            remedy: leaveOneOut,
          }
        : undefined,
  },
  {
    name: 'a range has one bound at each end',
    find: ({ subject, relations }) => {
      const twice = (['lower', 'upper'] as const).find(
        (end) => relations.filter((relation) => boundOf(relation) === end).length > 1,
      )
      return twice === undefined
        ? undefined
        : { reason: `${subject} has two ${twice} bounds`, remedy: leaveOneOut }
    },
  },
]

/** The limits of the columns of a tuple relation. */
const tupleRules: readonly Rule<{
  readonly metadata: EntityMetadata
  readonly columns: readonly ColumnMetadata[]
}>[] = [
  {
    name: 'a tuple is of clustering columns',
    find: ({ metadata, columns }) => {
      const foreign = columns.find(({ kind }) => kind !== 'clustering')
      return foreign === undefined
        ? undefined
        : {
            reason: `tuple compares clustering columns only, and '${foreign.property}' is not one`,
            remedy:
              metadata.clusteringKey.length === 0
                ? 'use where'
                : `use where for it, and tuple for ${listed(metadata.clusteringKey)}`,
          }
    },
  },
  {
    name: 'a tuple follows the order of the key without gaps',
    find: ({ metadata, columns }) => {
      const first = columns[0] === undefined ? -1 : metadata.clusteringKey.indexOf(columns[0])
      return columns.every((column, i) => metadata.clusteringKey[first + i] === column)
        ? undefined
        : {
            reason: `tuple must name neighboring clustering columns in their order, ${listed(metadata.clusteringKey)}`,
            remedy: 'put them in that order, without leaving one out between them',
          }
    },
  },
]

/** Finds what no server answers: tuples of the wrong columns, and relations that exclude each other. */
export function findConflict(
  metadata: EntityMetadata,
  relations: readonly Relation[],
): Explanation | undefined {
  for (const relation of relations) {
    if (relation.kind !== 'tuple') continue
    const found = firstFinding(tupleRules, { metadata, columns: relation.columns })
    if (found !== undefined) return found
  }
  const subjects: readonly Together[] = [
    ...metadata.columns.map((column) => ({
      subject: `'${column.property}'`,
      relations: relations.filter((relation) => columnsOf(relation).includes(column)),
    })),
    { subject: 'token', relations: relations.filter(({ kind }) => kind === 'token') },
  ]
  for (const together of subjects) {
    if (together.relations.length < 2) continue
    const found = firstFinding(conflictRules, together)
    if (found !== undefined) return found
  }
  return undefined
}
