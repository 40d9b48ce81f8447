/** Prints a value of a row on one line; texts inside other values are in quotes. */
export function printValue(value: unknown, isInside = false): string {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string') return isInside ? `'${value.replaceAll("'", "''")}'` : value
  if (typeof value !== 'object') return String(value)
  if (value instanceof Date) return printDate(value)
  if (Buffer.isBuffer(value)) return `0x${value.toString('hex')}`
  const inside = (each: unknown) => printValue(each, true)
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<unknown, unknown>)]
    return `{${entries.map(([key, each]) => `${inside(key)}: ${inside(each)}`).join(', ')}}`
  }
  if (value instanceof Set)
    return `{${[...(value as ReadonlySet<unknown>)].map(inside).join(', ')}}`
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return `[${Array.from(value as ArrayLike<unknown>, inside).join(', ')}]`
  }
  if (isPlain(value)) {
    const fields = Object.entries(value).map(([name, each]) => `${name}: ${inside(each)}`)
    return `{${fields.join(', ')}}`
  }
  return String(value)
}

/** Converts a value of a row to one that JSON can hold, without losing digits. */
export function jsonValue(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value !== 'object') return value
  if (value instanceof Map) {
    const entries = [...(value as ReadonlyMap<unknown, unknown>)]
    return Object.fromEntries(entries.map(([key, each]) => [printValue(key), jsonValue(each)]))
  }
  if (value instanceof Set) return [...(value as ReadonlySet<unknown>)].map(jsonValue)
  if (Buffer.isBuffer(value)) return printValue(value)
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as ArrayLike<unknown>, jsonValue)
  }
  if (!isPlain(value)) return printValue(value)
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, jsonValue(each)]))
}

/** A timestamp can be outside the range of ISO years, or of `Date`. */
function printDate(value: Date): string {
  return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
}

/** Tells whether a value has fields, as a user-defined type does, and is not a value of a class such as `Uuid`. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
