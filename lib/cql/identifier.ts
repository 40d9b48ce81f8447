/** A name as CQL takes it, always quoted: `a"b` is `"a""b"`. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A table, type or view by its full name: `"shop"."products"`. */
export function qualified(keyspace: string, name: string): string {
  return `${identifier(keyspace)}.${identifier(name)}`
}
