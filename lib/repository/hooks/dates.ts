import type { EntityMetadata } from '../../metadata/entity-metadata'
import { setProperty } from '../../metadata/set-property'
import { isNoChange } from '../../statement/changes-nothing'
import type { UpdateRequest } from '../../statement/requests'
import type { ClassBehavior } from './behavior'

type Properties = Record<string, unknown>

/** Sets the dates of an entity that is about to be written; `isNew` unless it was read or written before. */
export function setDates(
  { metadata, createDates, updateDates }: ClassBehavior,
  given: object,
  now: Date,
  isNew: boolean,
): void {
  const properties = given as Properties
  // Static columns alone are no row, and have no dates.
  if (metadata.clusteringKey.some(({ property }) => isAbsent(properties[property]))) return
  if (isNew) {
    for (const { property, codec } of createDates) {
      if (!isAbsent(properties[property])) continue
      setProperty(metadata, given, property, codec.fromDriver(new Date(now)))
    }
  }
  for (const { property, codec } of updateDates) {
    setProperty(metadata, given, property, codec.fromDriver(new Date(now)))
  }
}

/**
 * Returns an update that also sets its date. An update of static columns alone has no row and sets no date. Nor does an
 * update with a `ttl`: the date would expire with the rest.
 */
export function moveDates(
  { byProperty }: EntityMetadata,
  { updateDates }: ClassBehavior,
  request: UpdateRequest,
  now: Date,
): UpdateRequest {
  const { changes, ttl } = request
  if (updateDates.length === 0 || typeof changes !== 'object' || changes === null) return request
  if (ttl !== undefined && ttl !== null && ttl !== 0) return request
  const concernsRows = Object.entries(changes).some(
    ([property, value]) => !isNoChange(value) && byProperty[property]?.kind !== 'static',
  )
  if (!concernsRows) return request
  const dates: Properties = {}
  for (const { property, codec } of updateDates) {
    if ((changes as Properties)[property] === undefined) {
      dates[property] = codec.fromDriver(new Date(now))
    }
  }
  return { ...request, changes: { ...changes, ...dates } }
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null
}
