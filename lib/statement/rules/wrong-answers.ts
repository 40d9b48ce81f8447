import { type Codec, Refusal } from '../../codec/codec'
import { identityOf } from '../../codec/identity'
import { anyOrder } from '../../codec/parameter'
import type { ColumnMetadata, EntityMetadata, IndexMetadata } from '../../metadata/entity-metadata'
import { type IndexClass, classOf } from '../../metadata/index-class'
import type { RelationOperator } from '../operators'
import type { Marker } from '../statement'
import type { Access } from './access'
import { isServedBy } from './index-service'
import { columnsOf, isPoint, isSlice } from './relation'
import { type Rule, listed } from './rule'

/** A read that Cassandra answers without an error, but wrongly. It is refused before it is sent. */
interface WrongAnswer {
  readonly name: string
  /** The ticket that brought what is wrong; no ticket of the fault itself was found. */
  readonly ticket: string
  /** Cassandra's versions in which it was seen. */
  readonly seen: string
}

/** The wrong answers that the shape of a read tells. */
export const wrongAnswers: readonly (WrongAnswer & Rule<Access>)[] = [
  {
    name: 'a built-in index on a static column beside a condition that narrows the clustering key',
    ticket: 'CASSANDRA-8103',
    seen: '5.0.6',
    find: ({ metadata, isRange, clustering, others }) => {
      const first = clustering[0]
      if (isRange || first === undefined) return undefined
      // The index looks for the static row inside of the clustering range, where it never is.
      const isNarrowed =
        columnsOf(first)[0] === metadata.clusteringKey[0] && (isPoint(first) || isSlice(first))
      const found = others.filter(
        (each) =>
          each.column.kind === 'static' && isServedBy(indexesOf(metadata, 'secondary'), each),
      )
      if (!isNarrowed || found.length === 0) return undefined
      const statics = listed(found.map(({ column }) => column))
      const narrowed = listed(clustering.flatMap(columnsOf))
      return {
        reason: `Cassandra finds no rows by the index on the static column ${statics} beside a condition on ${narrowed}`,
        remedy: `leave ${statics} out of where and compare it in the results, or declare @Index({ using: 'sai' }) on ${statics} instead`,
      }
    },
  },
]

/**
 * Tells if Cassandra loses rows after the first page: the page state narrows the clustering key, as a condition does
 * (CASSANDRA-8103, seen in 5.0.6). Such a read comes in one page.
 */
export function losesPages({ metadata, others }: Access): boolean {
  const builtIn = indexesOf(metadata, 'secondary')
  return others.some((each) => each.column.kind === 'static' && isServedBy(builtIn, each))
}

/** The wrong answers that a value tells: the codec of a marker refuses it. */
const wrongValues: readonly (WrongAnswer & {
  readonly concerns: (
    metadata: EntityMetadata,
    column: ColumnMetadata,
    operator: RelationOperator,
  ) => boolean
  /** Returns why a value is refused; `codec` is that of the column. */
  readonly refusal: (codec: Codec, value: unknown) => string | undefined
})[] = [
  {
    name: 'an empty value by a SASI index, which does not hold it',
    ticket: 'CASSANDRA-10661',
    seen: '5.0.6',
    concerns: (metadata, column, operator) =>
      operator === 'equal' && indexesOf(metadata, 'sasi').some((index) => index.column === column),
    refusal: (codec, value) =>
      codec.encode(value).length === 0
        ? "is empty, and Cassandra finds no empty values by a SASI index; filter the results, or declare @Index({ using: 'sai' }) instead"
        : undefined,
  },
  {
    name: 'two decimals of one value and other digits in an IN of the partition key, where they are two keys',
    ticket: 'CASSANDRA-7981',
    seen: '5.0.6',
    concerns: (_, { kind, codec }, operator) =>
      operator === 'in' && kind === 'partitionKey' && holdsDecimal(codec),
    refusal: (codec, list) =>
      hasTwins(codec, list as readonly unknown[])
        ? 'In() has two decimals that are equal but written with different digits: they are two partition keys, and ' +
          'Cassandra would find only one of them; use one request for each'
        : undefined,
  },
]

/** Tells if values of a codec contain decimals. */
function holdsDecimal({ type, inner }: Codec): boolean {
  return (type.kind === 'native' && type.name === 'decimal') || inner.some(holdsDecimal)
}

/** Tells if two values are equal and have different bytes. */
function hasTwins(codec: Codec, values: readonly unknown[]): boolean {
  const all = values.map((value) => codec.encode(value, anyOrder))
  const equal = new Set(all.map((bytes) => identityOf(codec, bytes)))
  return equal.size < new Set(all.map((bytes) => bytes.toString('latin1'))).size
}

/** Returns the codec of what a column is compared with, which refuses values that Cassandra answers wrongly. */
export function comparedCodec<C extends Marker['codec']>(
  metadata: EntityMetadata,
  column: ColumnMetadata,
  operator: RelationOperator,
  codec: C,
): C {
  const concerned = wrongValues.filter(({ concerns }) => concerns(metadata, column, operator))
  if (concerned.length === 0) return codec
  return {
    ...codec,
    check(input) {
      const value = codec.check(input)
      for (const { refusal } of concerned) {
        const reason = refusal(column.codec, value)
        if (reason !== undefined) throw new Refusal(reason)
      }
      return value
    },
  }
}

function indexesOf({ indexes }: EntityMetadata, wanted: IndexClass): readonly IndexMetadata[] {
  return indexes.filter((index) => classOf(index) === wanted)
}
