/** Returns the default of a column or field, a new one on each call; `undefined` if there is no default. */
export function defaultOf({ default: value }: { readonly default: unknown }): unknown {
  if (typeof value === 'function') return (value as () => unknown)()
  if (Array.isArray(value)) return [...(value as unknown[])]
  if (value instanceof Map) return new Map(value)
  if (value instanceof Set) return new Set(value)
  return value instanceof Date ? new Date(value) : value
}
