/** The default of a column or field, made anew for every value; undefined when it has none. */
export function defaultOf({ default: value }: { readonly default: unknown }): unknown {
  if (typeof value === 'function') return (value as () => unknown)()
  return Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Set ||
    value instanceof Date
    ? structuredClone(value)
    : value
}
