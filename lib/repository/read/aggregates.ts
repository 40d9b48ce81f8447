import { codecFor } from '../../codec/codec-for'
import { aggregated, sumCodec } from '../../statement/clause/aggregate'
import type { AggregateRequest } from '../../statement/requests'
import { quotient } from './quotient'
import { planRead, readAll } from './read'
import type { RepositoryContext } from '../repository-context'

type Aggregate = Exclude<AggregateRequest, { kind: 'count' }>

interface AggregateRow {
  readonly value: unknown
  readonly count?: number
}

/** Returns a sum, average, minimum or maximum of all rows that match. */
export async function aggregate(
  context: RepositoryContext,
  request: Aggregate,
  where: object | undefined,
  options: object,
): Promise<unknown> {
  const given = where === undefined ? options : { ...options, where }
  const read = planRead(context, request.kind, given, { aggregate: request })
  const [row] = await readAll<AggregateRow>(context, read)
  return outcomes[request.kind](context, request, row ?? { value: null, count: 0 })
}

type Outcome = (context: RepositoryContext, request: Aggregate, row: AggregateRow) => unknown

const extreme: Outcome = (_context, _request, { value }) => value

/** Reads the result of each aggregate from its row. */
const outcomes = {
  minimum: extreme,
  maximum: extreme,
  sum({ metadata }, request, { value }) {
    return value ?? sumCodec(aggregated(metadata, request)).check(0)
  },
  average({ metadata }, request, { value, count = 0 }) {
    if (count === 0 || value === null) return null
    if (typeof value === 'number') return value / count
    const mean = quotient(String(value), count)
    const { type, codec } = aggregated(metadata, request)
    const isDecimal = type.kind === 'native' && type.name === 'decimal'
    return codec.form === 'string' || (isDecimal && codec.form === 'native')
      ? codecFor({ kind: 'native', name: 'decimal' }, codec.form).check(mean)
      : Number(mean)
  },
} as const satisfies Record<Aggregate['kind'], Outcome>
