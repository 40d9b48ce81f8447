import { codecFor } from '../../codec/codec-for'
import { identifier } from '../../cql/identifier'
import { StatementError } from '../../errors/errors'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { isCondition } from '../condition'
import { type TokenOperator, namesOf, operators } from '../operators'
import { type WhereRelation, filterMarker, operationsOf, shapeOfCondition } from './where-clause'

const bigint = codecFor({ kind: 'native', name: 'bigint' })

/** Returns the operators of `token`, without values. Throws `StatementError` for anything but `=` and ranges. */
export function shapeOfToken(metadata: EntityMetadata, token: unknown): string {
  if (token === null || token === undefined) {
    throw new StatementError(
      `${metadata.name}: token is ${String(token)} and would not filter; leave it out to read without it`,
    )
  }
  if (!isCondition(token)) return '='
  const shape = shapeOfCondition(metadata, 'token', token)
  if (operationsOf(token, []).some(({ operator }) => !operators[operator].stands.token)) {
    throw new StatementError(
      `${metadata.name}: token takes a bigint, ${namesOf('token')}; Cassandra compares tokens in no other way`,
    )
  }
  return shape
}

/** `token("a", "b") > ?`, of the whole partition key. */
export function buildToken(metadata: EntityMetadata, token: unknown): readonly WhereRelation[] {
  const names = metadata.partitionKey.map(({ name }) => identifier(name)).join(', ')
  return operationsOf(token, ['token']).map(({ operator, path }) => ({
    kind: 'token',
    operator: operator as TokenOperator,
    cql: `token(${names}) ${operators[operator].sign} ?`,
    markers: [filterMarker('token', bigint, path)],
  }))
}
