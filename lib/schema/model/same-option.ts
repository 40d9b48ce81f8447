import type { TableOptions } from '../../metadata/entity-metadata'
import { canonicalMap } from './stored-options'

type Option = TableOptions[string]
type Entries = Readonly<Record<string, string | number | boolean>>

/** The entries that any version of the server adds to a map that lacks them. */
const impliedEntries: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  caching: { enabled: 'true', keys: 'ALL', rows_per_partition: 'NONE' },
  compaction: { enabled: 'true', max_threshold: '32', min_threshold: '4' },
  compression: { enabled: 'true', min_compress_ratio: '0' },
}

/** Compares two values of an option as the server stores them. `defaults` are the options of a table without options. */
export function sameOption(
  name: string,
  a: Option,
  b: Option,
  defaults: TableOptions | undefined,
): boolean {
  return canonicalOption(name, a, defaults) === canonicalOption(name, b, defaults)
}

/** Returns the entries of a map without those that the server adds by itself. */
export function withoutImplied(
  name: string,
  value: Entries,
  defaults: TableOptions | undefined,
): Readonly<Record<string, string>> {
  const implied = { ...impliedEntries[name], ...defaultChunkLength(name, defaults) }
  return Object.fromEntries(
    Object.entries(canonicalMap(Object.entries(value))).filter(
      ([key, each]) => implied[key] !== canonicalEntry(each),
    ),
  )
}

/** The length of chunks, which depends on the version of the server. */
function defaultChunkLength(
  name: string,
  defaults: TableOptions | undefined,
): Readonly<Record<string, string>> {
  const compression = defaults?.['compression']
  const length = typeof compression === 'object' ? compression['chunk_length_in_kb'] : undefined
  return name === 'compression' ? { chunk_length_in_kb: String(length ?? 16) } : {}
}

/** Returns one text for all values that the server stores alike. */
function canonicalOption(name: string, value: Option, defaults: TableOptions | undefined): string {
  if (typeof value !== 'object') return canonicalScalar(name, value)
  const entries = Object.entries(withoutImplied(name, value, defaults))
  return JSON.stringify(entries.map(([key, each]) => [key, canonicalEntry(each)]))
}

/** Returns one text for '0.10' and 0.1, and for 'TRUE' and true: in a map, everything is stored as text. */
function canonicalEntry(text: string): string {
  if (text.trim() !== '' && !Number.isNaN(Number(text))) return String(Number(text))
  return /^(?:true|false)$/iu.test(text) ? text.toLowerCase() : text
}

/** Returns `'99p'` for `'99PERCENTILE'`, `'p99'` and `'99.0p'`, and keywords in lower case. */
function canonicalScalar(name: string, value: Exclude<Option, object>): string {
  const text = String(value)
  if (name === 'comment' || name === 'memtable') return text
  if (name !== 'speculative_retry' && name !== 'additional_write_policy') return text.toLowerCase()
  return text
    .toLowerCase()
    .replaceAll(/\s/gu, '')
    .replaceAll(/(\d+(?:\.\d+)?)percentile/gu, '$1p')
    .replaceAll(/\bp(\d+(?:\.\d+)?)/gu, '$1p')
    .replaceAll(/\d+\.\d+/gu, (number) => String(Number(number)))
    .replaceAll(/^none$/gu, 'never')
}
