import { literal } from '../../cql/literal'
import type { TableOptions } from '../../metadata/entity-metadata'
import type { Change } from './change'
import { alterOption } from '../ddl'
import { canonicalMap } from '../model/stored-options'
import type { TableModel, ViewModel } from '../model/table-model'

type Option = TableOptions[string]

/** How the options that a class names differ from the stored ones. Those that are not stored are left alone. */
export function diffOptions(
  wanted: TableModel | ViewModel,
  found: TableModel | ViewModel,
): readonly Change[] {
  const { keyspace, name: table } = wanted
  return Object.entries(wanted.options).flatMap(([name, value]): readonly Change[] => {
    const stored = found.options[name]
    if (stored === undefined || canonical(name, value) === canonical(name, stored)) return []
    return [
      {
        kind: 'changeOption',
        keyspace,
        table,
        name,
        cql: alterOption(wanted, name, value),
        safety: 'safe',
        reason:
          `the option ${name} of ${table} is declared as ${literal(value)} ` +
          `and is ${literal(stored)} there`,
      },
    ]
  })
}

/** What the server adds to a map that does not say it. */
const implied: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  caching: { enabled: 'true', keys: 'ALL', rows_per_partition: 'NONE' },
  compaction: {
    enabled: 'true',
    max_threshold: '32',
    min_threshold: '4',
  },
  compression: { chunk_length_in_kb: '16', enabled: 'true', min_compress_ratio: '0' },
}

/** One text for all values that the server stores alike. */
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
