import type { TableOptions } from '../../metadata/entity-metadata'

/**
 * The options that the cluster stores. `cdc` is stored only by nodes that have change data capture enabled, and
 * `extensions` cannot be declared.
 */
const storedOptions = [
  'additional_write_policy',
  'allow_auto_snapshot',
  'bloom_filter_fp_chance',
  'caching',
  'cdc',
  'comment',
  'compaction',
  'compression',
  'crc_check_chance',
  'default_time_to_live',
  'gc_grace_seconds',
  'incremental_backups',
  'max_index_interval',
  'memtable',
  'memtable_flush_period_in_ms',
  'min_index_interval',
  'read_repair',
  'speculative_retry',
] as const

/** The values of options whose column is null while nothing else was said. */
const impliedByNull: TableOptions = {
  allow_auto_snapshot: true,
  incremental_backups: true,
  memtable: 'default',
}

/** Reads the options in a row of `system_schema.tables` or `.views`; class names lose their packages. */
export function optionsOf(row: Readonly<Record<string, unknown>>): TableOptions {
  const options: Record<string, TableOptions[string]> = {}
  for (const name of storedOptions) {
    const value = row[name] ?? (name in row ? impliedByNull[name] : undefined)
    if (value === null || value === undefined) continue
    options[name] = typeof value === 'object' ? canonicalMap(entriesOf(value)) : (value as string)
  }
  return options
}

/** Returns the entries of a map, whatever the `encoding` options of the client make of one. */
export function entriesOf(map: unknown): readonly (readonly [string, unknown])[] {
  return map instanceof Map ? [...(map as Map<string, unknown>)] : Object.entries(map ?? {})
}

/** The names that ScyllaDB and older versions give to entries in the maps of options. */
const otherNames: Readonly<Record<string, string>> = {
  sstable_compression: 'class',
  chunk_length_kb: 'chunk_length_in_kb',
}

/** Returns the entries of an option's map in one form, however they were written. */
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
