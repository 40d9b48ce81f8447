import type { TableOptions } from '../../metadata/entity-metadata'
import { sameOption, withoutImplied } from '../model/same-option'
import { camelCase } from './casing'
import type { Layout } from './layout'
import { valueSource } from './value-source'

type OptionValue = TableOptions[string]

/** Returns the options of a table that differ from the defaults of its server, in camelCase. */
export function tableOptionsSource(
  options: TableOptions,
  defaults: TableOptions | undefined,
): Readonly<Record<string, Layout>> {
  return Object.fromEntries(
    Object.entries(options)
      .filter(([name, value]) => !isDefault(name, value, options, defaults))
      .map(([name, value]) => [
        camelCase(name),
        valueSource(typeof value === 'object' ? withoutImplied(name, value, defaults) : value),
      ]),
  )
}

function isDefault(
  name: string,
  value: OptionValue,
  { compaction }: TableOptions,
  defaults: TableOptions | undefined,
): boolean {
  // The server gives tables with levelled compaction another default.
  const isLevelled =
    typeof compaction === 'object' && compaction['class'] === 'LeveledCompactionStrategy'
  const usual = name === 'bloom_filter_fp_chance' && isLevelled ? 0.1 : defaults?.[name]
  return usual !== undefined && sameOption(name, value, usual, defaults)
}
