import { holdsUserType } from '../cql/type-tree'
import { partitionKeyBytes } from '../driver/partition-key-bytes'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Marker } from '../statement/statement'

/** From the parameters of a statement to the bytes of the one partition key that they name. */
export type RoutingKey = (params: readonly unknown[]) => Buffer

/** Returns undefined if a statement concerns several partitions, or if only the driver can tell. */
export function compileRoutingKey(
  { partitionKey }: EntityMetadata,
  markers: readonly Marker[],
): RoutingKey | undefined {
  const places: number[] = []
  for (const column of partitionKey) {
    const place = markers.findIndex(({ fixes }) => fixes === column)
    if (place < 0 || holdsUserType(column.type)) return undefined
    places.push(place)
  }
  const componentAt = (params: readonly unknown[], place: number): Buffer => {
    const param = params[place]
    return Buffer.isBuffer(param) ? param : (markers[place]?.codec.encode(param) ?? Buffer.alloc(0))
  }
  const [first = 0, second] = places
  return second === undefined
    ? (params) => componentAt(params, first)
    : (params) => partitionKeyBytes(places.map((place) => componentAt(params, place)))
}
