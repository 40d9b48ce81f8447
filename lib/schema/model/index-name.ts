/** As the server names an index: table, column, idx, without what a name cannot hold. */
export function defaultIndexName(table: string, column: string): string {
  return `${table}_${column}_idx`.replaceAll(/\W/gu, '')
}

/** A name that is not taken, as the server finds one: `a_b_idx`, `a_b_idx_1`, `a_b_idx_2`, … */
export function freeIndexName(base: string, taken: ReadonlySet<string>): string {
  let name = base
  for (let n = 1; taken.has(name); n++) name = `${base}_${n}`
  return name
}
