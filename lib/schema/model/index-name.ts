/** Returns the name that the server gives to an index: table, column, idx, without characters that a name cannot contain. */
export function defaultIndexName(table: string, column: string): string {
  return `${table}_${column}_idx`.replaceAll(/\W/gu, '')
}

/** Returns a name that is not taken, as the server chooses one: `a_b_idx`, `a_b_idx_1`, `a_b_idx_2`, … */
export function freeIndexName(base: string, taken: ReadonlySet<string>): string {
  let name = base
  for (let n = 1; taken.has(name); n++) name = `${base}_${n}`
  return name
}
