type Constant = string | number | boolean

export type LiteralValue = Constant | { readonly [key: string]: Constant }

/** Prints a constant for DDL, where no markers are allowed: `'it''s'`, `0.1`, `true`, `{'class': 'x'}`. */
export function literal(value: LiteralValue): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (typeof value !== 'object') return String(value)
  const entries = Object.entries(value).map(([key, each]) => `${literal(key)}: ${literal(each)}`)
  return `{${entries.join(', ')}}`
}
