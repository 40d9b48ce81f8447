import { unreachable } from '../errors/unreachable'
import { type ColumnChange, isChange } from './change'
import { isPlainObject } from './own-properties'

type Values = Readonly<Record<string, unknown>>

/** Tests whether an update has no effect: its properties are undefined, or given operators without elements. */
export function changesNothing(changes: object): boolean {
  for (const property of Object.keys(changes)) {
    if (!isNoChange((changes as Values)[property])) return false
  }
  return true
}

/** Tests whether a value leaves its column as it is. */
export function isNoChange(value: unknown): boolean {
  return value === undefined || (isChange(value) && isEmptyChange(value))
}

function isEmptyChange({ kind, value }: ColumnChange): boolean {
  switch (kind) {
    case 'append':
    case 'prepend':
    case 'add':
    case 'put':
    case 'remove':
      return hasNoElements(value)
    case 'fields':
      return Object.values(value as Values).every((field) => field === undefined)
    case 'both':
      return (value as readonly unknown[]).every(isNoChange)
    case 'setAt':
    case 'increment':
    case 'decrement':
      return false
    default:
      return unreachable(kind)
  }
}

function hasNoElements(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0
  if (value instanceof Set || value instanceof Map) return value.size === 0
  if (typeof value !== 'object' || value === null || !isPlainObject(value)) return false
  return Object.keys(value).length === 0
}
