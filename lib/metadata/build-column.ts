import type { Codec, Form } from '../codec/codec'
import { NoCodecError, codecFor } from '../codec/codec-for'
import type { CqlType } from '../cql/cql-type'
import { TypeTextError } from '../cql/parse-type'
import { printType } from '../cql/print-type'
import { nearest } from '../errors/nearest'
import type { ColumnDeclaration } from './declaration'
import { contradiction, inferType, whyNotInferred } from './design-type'
import type { ColumnMetadata } from './entity-metadata'
import { type NamingStrategy, applyNaming } from './naming-strategy'
import { resolveType } from './resolve-type'

type Problem = (property: string, message: string) => void
type NamedColumn = ColumnDeclaration & { readonly property: string }

const optionNames = ['type', 'name', 'as', 'default', 'select', 'ttl', 'position', 'order']

const misplacements = {
  static: 'is static; a column is a property of the instances',
  private: 'is #private and cannot be read from outside; a column is a plain property',
  accessor: 'is a getter, a setter or an accessor; a column is a plain property',
  method: 'is a method; a column is a plain property',
} as const

/** One column; undefined when its type could not be made out, which `problem` has been told. */
export function buildColumn(
  declaration: NamedColumn,
  ordinal: number,
  naming: NamingStrategy,
  problem: Problem,
): ColumnMetadata | undefined {
  const { property, role } = declaration
  const tell = (message: string) => problem(property, message)
  if (declaration.misplaced !== undefined) {
    tell(misplacements[declaration.misplaced])
    return undefined
  }
  if (property === '__proto__') tell('a property cannot be called __proto__')
  tellUnknownOptions(declaration, tell)
  const name = declaration.name ?? applyNaming(naming, property)
  if (name === '') tell('the column name is empty')
  if (name === '__proto__') tell('a column named __proto__ cannot be read; give it another name')
  const type = typeOf(declaration, tell)
  if (type === undefined) return undefined
  checkType(type, role, tell)
  const codec = codecOf(type, declaration, tell)
  if (codec === undefined) return undefined
  return {
    property,
    name,
    kind: role,
    ordinal,
    type,
    codec,
    order: declaration.order ?? 'asc',
    default: declaration.default,
    selected: declaration.select !== false,
    ttl: declaration.ttl,
  }
}

function tellUnknownOptions(
  { unknownOptions }: NamedColumn,
  tell: (message: string) => void,
): void {
  for (const option of unknownOptions) {
    const near = nearest(option, optionNames)
    tell(
      `'${option}' is not an option of a column${near === undefined ? '' : `; did you mean '${near}'?`}`,
    )
  }
}

function typeOf(declaration: NamedColumn, tell: (message: string) => void): CqlType | undefined {
  if (declaration.type === undefined) {
    const inferred = inferType(declaration.designType)
    if (inferred === undefined) tell(whyNotInferred(declaration.designType))
    return inferred
  }
  try {
    return resolveType(declaration.type)
  } catch (error) {
    if (!(error instanceof TypeTextError)) throw error
    tell(error.message)
    return undefined
  }
}

function codecOf(
  type: CqlType,
  { as, designType }: NamedColumn,
  tell: (message: string) => void,
): Codec | undefined {
  try {
    const codec = codecFor(type, (as ?? 'native') as Form)
    const wrong = contradiction(designType, type, as ?? 'native')
    if (wrong !== undefined) {
      tell(
        `is annotated as ${wrong}, which a ${printType(type)}${as === undefined ? '' : ` with as: '${as}'`} is not`,
      )
    }
    return codec
  } catch (error) {
    if (!(error instanceof NoCodecError)) throw error
    tell(error.message)
    return undefined
  }
}

/** What Cassandra refuses of a type, told with what to write instead. */
function checkType(type: CqlType, role: string, tell: (message: string) => void): void {
  const isKey = role === 'partitionKey' || role === 'clustering'
  if (type.kind === 'native' && type.name === 'counter' && role !== 'counter') {
    tell('a counter is declared with @CounterColumn()')
  }
  if (isKey && (type.kind === 'list' || type.kind === 'set' || type.kind === 'map')) {
    tell(`a collection in a key must be frozen; write 'frozen<${printType(type)}>'`)
  }
  if (isKey && holdsDuration(type)) {
    tell('a duration has no order and cannot be in a key; store it in a plain column')
  }
  checkInside(type, false, tell)
}

function holdsDuration(type: CqlType): boolean {
  switch (type.kind) {
    case 'native':
      return type.name === 'duration'
    case 'map':
      return holdsDuration(type.key) || holdsDuration(type.value)
    case 'tuple':
      return type.of.some(holdsDuration)
    case 'udt':
      return false
    default:
      return holdsDuration(type.of)
  }
}

function checkInside(type: CqlType, isInside: boolean, tell: (message: string) => void): void {
  switch (type.kind) {
    case 'native':
      if (isInside && type.name === 'counter') tell('a counter cannot be inside another type')
      return
    case 'udt':
      return
    case 'frozen':
      // Inside frozen everything is frozen, so nothing has to be written twice.
      checkParts(type.of.kind === 'frozen' ? [] : partsOf(type.of), false, tell)
      checkOrdered(type.of, tell)
      return
    case 'list':
    case 'set':
    case 'map':
      if (isInside) {
        tell(`a collection inside another must be frozen; write 'frozen<${printType(type)}>'`)
        return
      }
      checkParts(partsOf(type), true, tell)
      checkOrdered(type, tell)
      return
    case 'tuple':
    case 'vector':
      checkParts(partsOf(type), false, tell)
  }
}

function checkParts(
  parts: readonly CqlType[],
  isInside: boolean,
  tell: (message: string) => void,
): void {
  for (const part of parts) checkInside(part, isInside, tell)
}

function partsOf(type: CqlType): readonly CqlType[] {
  switch (type.kind) {
    case 'native':
    case 'udt':
      return []
    case 'map':
      return [type.key, type.value]
    case 'tuple':
      return type.of
    default:
      return [type.of]
  }
}

function checkOrdered(type: CqlType, tell: (message: string) => void): void {
  if (type.kind === 'set' && holdsDuration(type.of)) {
    tell('a duration has no order and cannot be in a set; use a list')
  }
  if (type.kind === 'map' && holdsDuration(type.key)) {
    tell('a duration has no order and cannot be the key of a map')
  }
}

/** Options that make no sense where they stand. */
export function checkKeyOptions(declaration: NamedColumn, problem: Problem): void {
  const { property, role } = declaration
  const isKey = role === 'partitionKey' || role === 'clustering'
  if (isKey && declaration.select === false) {
    problem(property, 'belongs to the primary key and is always read; leave select out')
  }
  if (!isKey && declaration.position !== undefined) {
    problem(property, 'has a position, which only parts of a key have')
  }
  if (isKey && declaration.ttl !== undefined) {
    problem(property, 'belongs to the primary key and cannot expire alone; leave ttl out')
  }
  if (declaration.ttl !== undefined && !isTtl(declaration.ttl)) {
    problem(property, `the ttl must be a whole number of seconds from 0 to ${largestTtl}`)
  }
  if (declaration.order !== undefined && role !== 'clustering') {
    problem(property, 'has an order, which only clustering columns have')
  }
  if (
    declaration.order !== undefined &&
    declaration.order !== 'asc' &&
    declaration.order !== 'desc'
  ) {
    problem(property, `the order must be 'asc' or 'desc'`)
  }
}

/** Cassandra's, of twenty years. */
const largestTtl = 630_720_000

function isTtl(ttl: number): boolean {
  return Number.isInteger(ttl) && ttl >= 0 && ttl <= largestTtl
}
