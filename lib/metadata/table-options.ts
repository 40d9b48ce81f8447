import { boolean, text } from '../errors/option-checks'
import type { TableOptions } from './entity-metadata'
import { type Values, finite, scalars, whole } from './read-options'

/** The options of a table: their names in camelCase, the checks of their values. */
export const tableOptionChecks = {
  additionalWritePolicy: text,
  allowAutoSnapshot: boolean,
  bloomFilterFpChance: finite,
  caching: scalars,
  cdc: boolean,
  comment: text,
  compaction: scalars,
  compression: scalars,
  crcCheckChance: finite,
  defaultTimeToLive: whole(0),
  gcGraceSeconds: whole(0),
  incrementalBackups: boolean,
  maxIndexInterval: whole(0),
  memtable: text,
  memtableFlushPeriodInMs: whole(0),
  minIndexInterval: whole(0),
  readRepair: text,
  speculativeRetry: text,
} as const

type TableOptionName = keyof typeof tableOptionChecks

/** Returns table options under their names in CQL: `gcGraceSeconds` as `gc_grace_seconds`. */
export function tableOptions(given: Values<typeof tableOptionChecks>): TableOptions {
  const options: Record<string, TableOptions[string]> = {}
  for (const name of Object.keys(tableOptionChecks) as TableOptionName[]) {
    const value = given[name]
    if (value !== undefined) options[cqlName(name)] = value
  }
  return options
}

function cqlName(name: TableOptionName): string {
  return name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
}
