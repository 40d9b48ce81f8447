export type LiteralValue =
  string | number | boolean | { readonly [key: string]: string | number | boolean }

/** A constant in DDL, where no markers are allowed: `'it''s'`, `0.1`, `true`, `{'class': 'x'}`. */
export function literal(value: LiteralValue): string {
  switch (typeof value) {
    case 'string':
      return `'${value.replaceAll("'", "''")}'`
    case 'number':
    case 'boolean':
      return String(value)
    default:
      return `{${Object.entries(value)
        .map(([key, each]) => `${literal(key)}: ${literal(each)}`)
        .join(', ')}}`
  }
}
