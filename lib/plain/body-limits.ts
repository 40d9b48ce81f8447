/** The most levels of objects and arrays in a body. */
const maxDepth = 100
/** The most values in a body, of all its objects and arrays together. */
const maxValues = 100_000

/**
 * Returns the limit that a plain value exceeds, such as 'has more than 100000 values'. Stops there, so that the time is
 * bounded, whatever the size of the value.
 */
export function findExcess(body: object): string | undefined {
  let values = 0
  const open: { readonly value: object; readonly depth: number }[] = [{ value: body, depth: 1 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next
    if (depth > maxDepth) return `is nested more than ${maxDepth} levels deep`
    // The values of a large object are much slower to list than its names.
    values += Array.isArray(value) ? value.length : Object.keys(value).length
    if (values > maxValues) return `has more than ${maxValues} values`
    const parts: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
    for (const part of parts) {
      if (isOpen(part)) open.push({ value: part, depth: depth + 1 })
    }
  }
  return undefined
}

/** Returns whether JSON has such a value: an array or a plain object. */
function isOpen(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return true
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
