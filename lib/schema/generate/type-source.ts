import type { CqlType } from '../../cql/cql-type'
import { nativeType } from '../../cql/native-types'
import { printType } from '../../cql/print-type'
import { holdsUserType, mapParts, partsOf, thaw } from '../../cql/type-tree'
import { type Layout, enclosed, group, ifBroken, indent, line, softLine } from './layout'
import { textSource } from './value-source'

/** The names that source text needs from elsewhere. */
export interface Needs {
  /** Records that a public name of this package is used, and returns it. */
  readonly fromPackage: (name: string) => string
  /** Returns the class of a user-defined type; undefined if it has no class. */
  readonly classOfType: (name: string) => string | undefined
}

/** Writes a type as a decorator takes it: text, or builders around classes. */
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

/** Tells whether prettier puts each argument on its own line, which it does when functions are composed. */
function isComposed(args: readonly CqlType[]): boolean {
  const isFunction = ({ kind }: CqlType) => kind === 'udt'
  return args.filter(isFunction).length > 1 || args.some((type) => partsOf(type).some(isFunction))
}

/** Writes the type of a property that is null when the column is empty. */
export function nullableType(type: CqlType, needs: Needs): Layout {
  const { kind } = thaw(type)
  if (kind === 'map' || kind === 'set') return [propertyType(type, needs), ' | null']
  const inner = indent(propertyType(type, needs))
  return group(indent(softLine, group(ifBroken('| '), inner, line, '| null')))
}

/** Writes the type of a property. */
export function propertyType(type: CqlType, needs: Needs): Layout {
  switch (type.kind) {
    case 'native': {
      const name = nativeType(type.name).property
      return isGlobal(name) ? name : needs.fromPackage(name)
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

function isGlobal(type: string): boolean {
  return /^[a-z]/u.test(type) || type in globalThis
}

function classOf(userType: string, { classOfType }: Needs): string {
  return classOfType(userType) ?? 'unknown'
}

function generic(name: string, of: readonly Layout[]): Layout {
  const [only, ...more] = of
  if (typeof only === 'string' && more.length === 0) return `${name}<${only}>`
  return [name, enclosed('<', of, '>', { hasTrailingComma: false })]
}

/** Removes `frozen` around tuples, which are always frozen. */
function withoutPlainTuples(type: CqlType): CqlType {
  const isPlain = type.kind === 'frozen' && type.of.kind === 'tuple'
  return mapParts(isPlain ? type.of : type, withoutPlainTuples)
}
