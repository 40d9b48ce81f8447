import { nearest } from '../errors/did-you-mean'
import type { TableOptions } from './entity-metadata'

type Kind = 'text' | 'number' | 'whole' | 'boolean' | 'map'

/** The options of a table: in camelCase here, in CQL's spelling there. */
const known = {
  additionalWritePolicy: ['additional_write_policy', 'text'],
  bloomFilterFpChance: ['bloom_filter_fp_chance', 'number'],
  caching: ['caching', 'map'],
  cdc: ['cdc', 'boolean'],
  comment: ['comment', 'text'],
  compaction: ['compaction', 'map'],
  compression: ['compression', 'map'],
  crcCheckChance: ['crc_check_chance', 'number'],
  defaultTimeToLive: ['default_time_to_live', 'whole'],
  gcGraceSeconds: ['gc_grace_seconds', 'whole'],
  maxIndexInterval: ['max_index_interval', 'whole'],
  memtable: ['memtable', 'text'],
  memtableFlushPeriodInMs: ['memtable_flush_period_in_ms', 'whole'],
  minIndexInterval: ['min_index_interval', 'whole'],
  readRepair: ['read_repair', 'text'],
  speculativeRetry: ['speculative_retry', 'text'],
} as const satisfies Record<string, readonly [string, Kind]>

const needs = {
  text: 'a text',
  number: 'a number',
  whole: 'a whole number from 0',
  boolean: 'true or false',
  map: 'an object of texts, numbers and booleans',
} as const satisfies Record<Kind, string>

function fits(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string'
    case 'number':
      return typeof value === 'number' && Number.isFinite(value)
    case 'whole':
      return Number.isInteger(value) && (value as number) >= 0
    case 'boolean':
      return typeof value === 'boolean'
    case 'map':
      return (
        typeof value === 'object' &&
        value !== null &&
        Object.values(value).every((each) => ['string', 'number', 'boolean'].includes(typeof each))
      )
  }
}

/** Table options under their CQL names. What is wrong is told to `problem`. */
export function tableOptions(
  given: Readonly<Record<string, unknown>>,
  problem: (message: string) => void,
): TableOptions {
  const options: Record<string, TableOptions[string]> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue
    if (!Object.hasOwn(known, name)) {
      const near = nearest(name, Object.keys(known))
      problem(
        `'${name}' is not a table option${near === undefined ? `; there are ${Object.keys(known).join(', ')}` : `; did you mean '${near}'?`}`,
      )
      continue
    }
    const [cqlName, kind] = known[name as keyof typeof known]
    if (fits(kind, value)) options[cqlName] = value as TableOptions[string]
    else problem(`the table option '${name}' must be ${needs[kind]}`)
  }
  return options
}
