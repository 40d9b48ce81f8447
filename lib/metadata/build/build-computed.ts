import { codecFor } from '../../codec/codec-for'
import type { NativeName } from '../../cql/native-types'
import { printType } from '../../cql/print-type'
import { didYouMean } from '../../errors/did-you-mean'
import { text } from '../../errors/option-checks'
import type { ComputedDeclaration, ComputedFunction } from '../declaration'
import { contradiction } from './design-type'
import type { ColumnMetadata, ComputedMetadata } from '../entity-metadata'
import { type NamingStrategy, applyNaming } from '../naming-strategy'
import { readOptions } from '../read-options'
import type { UserTypes } from './user-types'

/** The result of each function. */
const results = {
  writetime: 'bigint',
  maxwritetime: 'bigint',
  ttl: 'int',
} as const satisfies Record<ComputedFunction, NativeName>

const checks = { function: text, of: text, name: text } as const

interface Declared {
  readonly columns: readonly ColumnMetadata[]
  readonly byProperty: Readonly<Record<string, ColumnMetadata>>
  readonly naming: NamingStrategy
  readonly userTypes: UserTypes
}

/** Builds the computed columns and reports their problems. */
export function buildComputed(
  declarations: readonly ComputedDeclaration[],
  { columns, byProperty, naming, userTypes }: Declared,
  problem: (property: string, message: string) => void,
): readonly ComputedMetadata[] {
  const built = new Map<string, ComputedMetadata>()
  const names = new Map(columns.map(({ name, property }) => [name, property]))
  for (const declaration of declarations) {
    const property = String(declaration.property)
    const tell = (message: string) => problem(property, message)
    if (declaration.misplaced !== undefined) {
      tell('is computed, and must be a plain property of the instances')
      continue
    }
    const options = readOptions(declaration.options, checks, { owner: '@ComputedColumn()', tell })
    if (byProperty[property] !== undefined) {
      tell('is a column and a computed column; keep one of the decorators')
      continue
    }
    const name = options.name ?? applyNaming(naming, property)
    const other = names.get(name)
    if (other !== undefined && other !== property) {
      tell(`has the column name '${name}' of '${other}'; give one of them another`)
    }
    names.set(name, property)
    const called = functionOf(options.function, tell)
    const of = columnOf(options.of, byProperty, tell)
    if (called === undefined || of === undefined) continue
    const type = { kind: 'native', name: results[called] } as const
    if (!holdsTimes(called, of, tell)) continue
    const wrong = contradiction(declaration.designType, type, 'native', userTypes)
    if (wrong !== undefined) {
      tell(
        `is annotated as ${wrong}, and ${called} returns a ${called === 'ttl' ? 'number' : 'bigint'}`,
      )
    }
    built.set(property, {
      property,
      name,
      kind: 'computed',
      ordinal: built.get(property)?.ordinal ?? columns.length + built.size,
      function: called,
      of,
      codec: codecFor(type),
    })
  }
  return [...built.values()]
}

function functionOf(
  given: string | undefined,
  tell: (message: string) => void,
): ComputedFunction | undefined {
  if (given !== undefined && Object.hasOwn(results, given)) return given as ComputedFunction
  const known = Object.keys(results)
  tell(
    `'${String(given)}' is not a function of a computed column` +
      (didYouMean(String(given), known) || `; there are ${known.join(', ')}`),
  )
  return undefined
}

function columnOf(
  of: string | undefined,
  byProperty: Readonly<Record<string, ColumnMetadata>>,
  tell: (message: string) => void,
): ColumnMetadata | undefined {
  const column = byProperty[String(of)]
  if (column === undefined) {
    tell(
      `is computed of '${String(of)}', which is not a column${didYouMean(String(of), Object.keys(byProperty))}`,
    )
  }
  return column
}

/** Tells whether the server has a time for a column: a key has no time, an unfrozen collection one for each element. */
function holdsTimes(
  called: ComputedFunction,
  { property, isKey, type }: ColumnMetadata,
  tell: (message: string) => void,
): boolean {
  if (isKey) {
    tell(`is computed of '${property}', which belongs to the primary key and has no ${called}`)
    return false
  }
  const isManyCells =
    type.kind !== 'native' &&
    type.kind !== 'frozen' &&
    type.kind !== 'tuple' &&
    type.kind !== 'vector'
  if (!isManyCells || called === 'maxwritetime') return true
  tell(
    `is computed of '${property}', a ${printType(type)} that has one ${called} for every element; ` +
      (called === 'ttl'
        ? 'make the column frozen'
        : `use function: 'maxwritetime', or make the column frozen`),
  )
  return false
}
