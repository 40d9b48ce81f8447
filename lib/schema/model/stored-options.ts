import type { TableOptions } from '../../metadata/entity-metadata'

/**
 * The options that are read back from the cluster. `memtable`, `cdc` and `extensions` are not among them: the
 * server takes them and does not tell them again.
 */
const storedOptions = [
  'additional_write_policy',
  'bloom_filter_fp_chance',
  'caching',
  'comment',
  'compaction',
  'compression',
  'crc_check_chance',
  'default_time_to_live',
  'gc_grace_seconds',
  'max_index_interval',
  'memtable_flush_period_in_ms',
  'min_index_interval',
  'read_repair',
  'speculative_retry',
] as const

/** The options in a row of `system_schema.tables` or `.views`, the class names in them without their packages. */
export function optionsOf(row: Readonly<Record<string, unknown>>): TableOptions {
  const options: Record<string, TableOptions[string]> = {}
  for (const name of storedOptions) {
    const value = row[name]
    if (value === null || value === undefined) continue
    options[name] = typeof value === 'object' ? canonicalMap(entriesOf(value)) : (value as string)
  }
  return options
}

/** The entries of a map, whatever the client's `encoding` makes of one. */
export function entriesOf(map: unknown): readonly (readonly [string, unknown])[] {
  return map instanceof Map ? [...(map as Map<string, unknown>)] : Object.entries(map ?? {})
}

/** How ScyllaDB and older versions call what is in the map of an option. */
const otherNames: Readonly<Record<string, string>> = {
  sstable_compression: 'class',
  chunk_length_kb: 'chunk_length_in_kb',
}

/** Keys and values of an option's map, alike however they were written. */
export function canonicalMap(
  entries: readonly (readonly [string, unknown])[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    entries
      .map(([key, value]): [string, string] => {
        const name = otherNames[key] ?? key
        const text = String(value)
        return [name, name === 'class' ? text.slice(text.lastIndexOf('.') + 1) : text]
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}
