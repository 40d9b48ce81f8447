import type { CqlType } from '../cql/cql-type'
import { type Comparison, nativeType } from '../cql/native-types'
import { holdsUserType, someType } from '../cql/type-tree'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Marker } from '../statement/statement'

/** From the parameters of a statement to a number for the one row that they name: equal for equal rows of a table. */
export type RowHash = (params: readonly unknown[]) => number

/** Returns undefined if a statement does not name one row by the values of its whole key. */
export function compileRowHash(
  { key }: EntityMetadata,
  markers: readonly Marker[],
): RowHash | undefined {
  const places: number[] = []
  for (const column of key) {
    const place = markers.findIndex(({ fixes }) => fixes === column)
    if (place < 0 || holdsUserType(column.type)) return undefined
    // The server compares the bytes of a partition key.
    if (column.kind === 'clustering' && someType(column.type, hasManyForms)) return undefined
    places.push(place)
  }
  return (params) => {
    let hash = 0
    for (const place of places) {
      const param = params[place]
      const bytes = Buffer.isBuffer(param) ? param : markers[place]?.codec.encode(param)
      if (bytes !== undefined) hash = mixed(hash, bytes)
    }
    return hash
  }
}

/** Says of each comparison if it holds values equal although their bytes differ. */
const manyForms = {
  bytes: false,
  signed: false,
  varint: true,
  decimal: true,
  float: true,
  double: true,
  boolean: false,
  uuid: false,
  timeuuid: false,
  inet: true,
} as const satisfies Record<Comparison, boolean>

/** Tests for a type with values that the server holds equal although their bytes differ. */
function hasManyForms(type: CqlType): boolean {
  return type.kind === 'native'
    ? manyForms[nativeType(type.name).comparison]
    : type.kind === 'set' || type.kind === 'map'
}

/** FNV-1a, of the length too, so that parts cannot run into each other. */
function mixed(before: number, bytes: Uint8Array): number {
  let hash = Math.imul(before ^ bytes.length, 0x0100_0193)
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x0100_0193)
  return hash
}
