import type { CqlType, NativeName } from '../../cql/cql-type'
import { printType } from '../../cql/print-type'
import { userTypesIn } from '../model/sort-types'
import { type Layout, enclosed, group, ifBroken, indent, line, softLine } from './layout'
import { textSource } from './value-source'

/** The property type of each native type; what is not a global is imported from this package. */
const natives = {
  ascii: 'string',
  bigint: 'bigint',
  blob: 'Buffer',
  boolean: 'boolean',
  counter: 'bigint',
  date: 'LocalDate',
  decimal: 'BigDecimal',
  double: 'number',
  duration: 'Duration',
  float: 'number',
  inet: 'InetAddress',
  int: 'number',
  smallint: 'number',
  text: 'string',
  time: 'LocalTime',
  timestamp: 'Date',
  timeuuid: 'TimeUuid',
  tinyint: 'number',
  uuid: 'Uuid',
  varint: 'bigint',
} as const satisfies Record<NativeName, string>

const globals: ReadonlySet<string> = new Set([
  'string',
  'bigint',
  'Buffer',
  'boolean',
  'number',
  'Date',
])

/** What source text needs from elsewhere. */
export interface Needs {
  /** Says that a public name of this package is used, and gives it back. */
  fromPackage(name: string): string
  /** The class of a user-defined type; undefined when there is none. */
  classOfType(name: string): string | undefined
}

/** A type as a decorator takes it: text, or builders around classes. */
export function typeExpression(type: CqlType, needs: Needs): Layout {
  const plain = withoutPlainTuples(type)
  return holdsUserType(plain) ? built(plain, needs) : textSource(printType(plain))
}

function built(type: CqlType, needs: Needs): Layout {
  if (!holdsUserType(type)) return textSource(printType(type))
  const call = (builder: string, of: readonly CqlType[], ...rest: readonly Layout[]) => {
    const args = [...of.map((each) => built(each, needs)), ...rest]
    const isBroken = args.length > 1 && isComposed(of)
    return [needs.fromPackage(builder), enclosed('(', args, ')', { isBroken })]
  }
  switch (type.kind) {
    case 'native':
      return textSource(type.name)
    case 'udt':
      return `() => ${classOf(type.name, needs)}`
    case 'list':
    case 'set':
    case 'frozen':
      return call(type.kind, [type.of])
    case 'map':
      return call('map', [type.key, type.value])
    case 'tuple':
      return call('tuple', type.of)
    case 'vector':
      return call('vector', [type.of], String(type.dimension))
  }
}

/** Where functions are put together, prettier puts each argument on a line of its own. */
function isComposed(args: readonly CqlType[]): boolean {
  const isFunction = ({ kind }: CqlType) => kind === 'udt'
  return args.filter(isFunction).length > 1 || args.some((type) => partsOf(type).some(isFunction))
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

/** The type of a property that reads null where there is nothing. */
export function nullableType(type: CqlType, needs: Needs): Layout {
  const { kind } = type.kind === 'frozen' ? type.of : type
  if (kind === 'map' || kind === 'set') return [propertyType(type, needs), ' | null']
  const inner = indent(propertyType(type, needs))
  return group(indent(softLine, group(ifBroken('| '), inner, line, '| null')))
}

/** The type of a property. */
export function propertyType(type: CqlType, needs: Needs): Layout {
  switch (type.kind) {
    case 'native': {
      const name = natives[type.name]
      return globals.has(name) ? name : needs.fromPackage(name)
    }
    case 'udt':
      return classOf(type.name, needs)
    case 'frozen':
      return propertyType(type.of, needs)
    case 'list':
    case 'vector':
      return [propertyType(type.of, needs), '[]']
    case 'set':
      return generic('Set', [propertyType(type.of, needs)])
    case 'map':
      return generic('Map', [propertyType(type.key, needs), propertyType(type.value, needs)])
    case 'tuple':
      return enclosed(
        '[',
        type.of.map((each) => [propertyType(each, needs), ' | null']),
        ']',
      )
  }
}

function classOf(userType: string, { classOfType }: Needs): string {
  return classOfType(userType) ?? 'unknown'
}

function generic(name: string, of: readonly Layout[]): Layout {
  const [only, ...more] = of
  if (typeof only === 'string' && more.length === 0) return `${name}<${only}>`
  return [name, enclosed('<', of, '>', { hasTrailingComma: false })]
}

/** A tuple is always stored as frozen, so nobody writes it. */
function withoutPlainTuples(type: CqlType): CqlType {
  switch (type.kind) {
    case 'native':
    case 'udt':
      return type
    case 'frozen':
      return type.of.kind === 'tuple'
        ? withoutPlainTuples(type.of)
        : { kind: 'frozen', of: withoutPlainTuples(type.of) }
    case 'list':
    case 'set':
    case 'vector':
      return { ...type, of: withoutPlainTuples(type.of) }
    case 'map':
      return {
        kind: 'map',
        key: withoutPlainTuples(type.key),
        value: withoutPlainTuples(type.value),
      }
    case 'tuple':
      return { kind: 'tuple', of: type.of.map(withoutPlainTuples) }
  }
}

function holdsUserType(type: CqlType): boolean {
  return userTypesIn(type).length > 0
}
