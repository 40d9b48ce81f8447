import type { TableOptions } from '../../metadata/entity-metadata'
import { canonicalMap } from '../model/stored-options'
import type { TableModel, ViewModel } from '../model/table-model'
import type { Change } from './change'
import { makeChange } from './change-kinds'

type Option = TableOptions[string]

/** Returns how the options that a class names differ from the stored ones. Options that the server does not store are not compared. */
export function diffOptions(
  wanted: TableModel | ViewModel,
  found: TableModel | ViewModel,
): readonly Change[] {
  const { keyspace, name: table } = wanted
  return Object.entries(wanted.options).flatMap(([name, declared]): readonly Change[] => {
    const stored = found.options[name]
    if (stored === undefined || canonical(name, declared) === canonical(name, stored)) return []
    return [makeChange('changeOption', { keyspace, table, name }, { wanted, declared, stored })]
  })
}

/** Entries that the server adds to a map that lacks them. */
const implied: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  caching: { enabled: 'true', keys: 'ALL', rows_per_partition: 'NONE' },
  compaction: {
    enabled: 'true',
    max_threshold: '32',
    min_threshold: '4',
  },
  compression: { chunk_length_in_kb: '16', enabled: 'true', min_compress_ratio: '0' },
}

/** Returns one text for all values that the server stores alike. */
function canonical(name: string, value: Option): string {
  if (typeof value !== 'object') return canonicalScalar(name, value)
  const given = Object.entries(canonicalMap(Object.entries(value))).map(([key, each]) => [
    key,
    canonicalEntry(each),
  ])
  return JSON.stringify(given.filter(([key = '', each]) => implied[name]?.[key] !== each))
}

/** '0.10' and 0.1, 'TRUE' and true are alike in a map, where all is text. */
function canonicalEntry(text: string): string {
  if (text.trim() !== '' && !Number.isNaN(Number(text))) return String(Number(text))
  return /^(?:true|false)$/iu.test(text) ? text.toLowerCase() : text
}

/** `'99PERCENTILE'`, `'p99'` and `'99.0p'` are `'99p'`; a keyword in any case is the keyword. */
function canonicalScalar(name: string, value: Exclude<Option, object>): string {
  const text = String(value)
  if (name === 'comment') return text
  if (name !== 'speculative_retry' && name !== 'additional_write_policy') return text.toLowerCase()
  return text
    .toLowerCase()
    .replaceAll(/\s/gu, '')
    .replaceAll(/(\d+(?:\.\d+)?)percentile/gu, '$1p')
    .replaceAll(/\bp(\d+(?:\.\d+)?)/gu, '$1p')
    .replaceAll(/\d+\.\d+/gu, (number) => String(Number(number)))
    .replaceAll(/^none$/gu, 'never')
}
