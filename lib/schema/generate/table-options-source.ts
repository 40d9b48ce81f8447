import type { TableOptions } from '../../metadata/entity-metadata'
import type { Layout } from './layout'
import { camelCase } from './casing'
import { valueSource } from './value-source'

type OptionValue = TableOptions[string]

/** What an option is where nobody gives it, in the versions that there are. */
const defaults: Readonly<Record<string, readonly OptionValue[]>> = {
  additional_write_policy: ['99p', '99PERCENTILE'],
  bloom_filter_fp_chance: [0.01],
  caching: [{ keys: 'ALL', rows_per_partition: 'NONE' }],
  comment: [''],
  compaction: [
    { class: 'SizeTieredCompactionStrategy', max_threshold: '32', min_threshold: '4' },
    { class: 'SizeTieredCompactionStrategy' },
  ],
  compression: [
    { chunk_length_in_kb: '16', class: 'LZ4Compressor' },
    { chunk_length_in_kb: '64', class: 'LZ4Compressor' },
    { class: 'LZ4Compressor' },
  ],
  crc_check_chance: [1],
  default_time_to_live: [0],
  gc_grace_seconds: [864_000],
  max_index_interval: [2048],
  memtable_flush_period_in_ms: [0],
  min_index_interval: [128],
  read_repair: ['BLOCKING'],
  speculative_retry: ['99p', '99PERCENTILE', '99.0PERCENTILE'],
}

/** The options of a table that are not the server's defaults, in camelCase. */
export function tableOptionsSource(options: TableOptions): Readonly<Record<string, Layout>> {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([name, value]) => !isDefault(name, value, options))
      .map(([name, value]) => [camelCase(name), valueSource(plainMap(value))]),
  )
}

function isDefault(name: string, value: OptionValue, { compaction }: TableOptions): boolean {
  // Levelled tables have another default.
  const isLevelled =
    typeof compaction === 'object' && compaction['class'] === 'LeveledCompactionStrategy'
  if (name === 'bloom_filter_fp_chance' && isLevelled) return value === 0.1
  const text = JSON.stringify(value)
  return defaults[name]?.some((each) => JSON.stringify(each) === text) ?? false
}

/** The server keeps the values of maps as texts; numbers read better. */
function plainMap(value: OptionValue): OptionValue {
  if (typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      typeof each === 'string' && /^(?:0|[1-9]\d{0,14})$/u.test(each) ? Number(each) : each,
    ]),
  )
}
