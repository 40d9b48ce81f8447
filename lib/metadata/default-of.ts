/** The default of a column or field, made anew for every value; undefined when it has none. */
export function defaultOf({ default: value }: { readonly default: unknown }): unknown {
  if (typeof value === 'function') return (value as () => unknown)()
  if (Array.isArray(value)) return [...(value as unknown[])]
  if (value instanceof Map) return new Map(value)
  if (value instanceof Set) return new Set(value)
  return value instanceof Date ? new Date(value) : value
}
