import { types } from 'cassandra-driver'
import type { Json, Row } from './rows'
import type { ColumnType } from './table'
import { type TableName, tables } from './tables'

/** A row as the driver takes it, by its columns. */
export type DriverRow = Record<string, unknown>

const { Long, TimeUuid, Uuid, Vector } = types

const same = (value: Json) => value
const fromJson = {
  uuid: (value) => Uuid.fromString(String(value)),
  timeuuid: (value) => TimeUuid.fromString(String(value)),
  timestamp: (value) => new Date(String(value)),
  bigint: (value) => Long.fromString(String(value)),
  counter: (value) => Long.fromString(String(value)),
  'list<uuid>': (value) => (value as string[]).map((one) => Uuid.fromString(one)),
  text: same,
  int: same,
  float: same,
  double: same,
  'list<text>': same,
  'map<text, int>': same,
  'vector<float, 16>': (value) => new Vector(value as number[], 'float'),
} as const satisfies Record<ColumnType, (value: Json) => unknown>

/** The values that the driver takes for a row. */
export function driverRow(table: TableName, row: Row): DriverRow {
  const { columns } = tables[table]
  return Object.fromEntries(
    Object.entries(columns as Record<string, ColumnType>).map(([name, type]) => {
      const value = row[name] ?? null
      return [name, value === null ? null : fromJson[type](value)]
    }),
  )
}

/**
 * A result as JSON, so that those of all contenders can be compared: columns in snake_case, absent collections as
 * null, uuids, times and bigints as text.
 */
export function comparable(value: unknown): Json {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value !== 'object') return value as Json
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Uuid || Long.isLong(value)) return String(value)
  if (value instanceof Vector) return [...(value.elements as number[])]
  if (Array.isArray(value) || value instanceof Set) {
    const elements = [...value].map(comparable)
    return elements.length === 0 ? null : elements
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value)
  return entries.length === 0
    ? null
    : Object.fromEntries(entries.map(([key, one]) => [snakeCase(String(key)), comparable(one)]))
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
}

/** The same with the names of properties: in camelCase. */
export function camelCased(row: DriverRow): DriverRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replaceAll(/_([a-z])/gu, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
}
