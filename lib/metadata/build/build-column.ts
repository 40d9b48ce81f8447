import { buildType } from './build-type'
import type { DeclaredColumn } from './column-options'
import type { Problem } from './declared-properties'
import type { ColumnMetadata } from '../entity-metadata'
import { type NamingStrategy, applyNaming } from '../naming-strategy'
import type { UserTypes } from './user-types'

/** Builds a column; `undefined` if it has no usable type, which is reported to `problem`. */
export function buildColumn(
  declared: DeclaredColumn,
  ordinal: number,
  naming: NamingStrategy,
  userTypes: UserTypes,
  problem: Problem,
): ColumnMetadata | undefined {
  const { property, role } = declared
  const name = declared.name ?? applyNaming(naming, property)
  const made = buildType(declared, declared, userTypes, (message) => problem(property, message))
  if (made === undefined) return undefined
  return {
    property,
    name,
    kind: role,
    isKey: role === 'partitionKey' || role === 'clustering',
    isCounter: declared.isCounter,
    ordinal,
    ...made,
    order: declared.order ?? 'asc',
    default: declared.default,
    selected: declared.select !== false,
    ttl: declared.ttl,
    date: declared.date,
    masked: declared.masked,
  }
}
