import type { CqlType } from '../../cql/cql-type'
import { parseType } from '../../cql/parse-type'
import { unreachable } from '../../errors/unreachable'
import type { TypeExpression } from '../declaration'
import type { UserTypes } from './user-types'

/** Resolves a type as written in a decorator to a tree. Throws `TypeTextError`, `FaultyUserTypeError`. */
export function resolveType(expression: TypeExpression, userTypes: UserTypes): CqlType {
  if (typeof expression === 'string') return parseType(expression, { userTypes: false })
  if (typeof expression === 'function') return userTypes.typeOf(expression)
  const resolve = (part: TypeExpression) => resolveType(part, userTypes)
  switch (expression.kind) {
    case 'list':
    case 'set':
    case 'frozen':
      return { kind: expression.kind, of: resolve(expression.of) }
    case 'map':
      return { kind: 'map', key: resolve(expression.key), value: resolve(expression.value) }
    case 'tuple':
      return { kind: 'tuple', of: expression.of.map(resolve) }
    case 'vector':
      return { kind: 'vector', of: resolve(expression.of), dimension: expression.dimension }
    default:
      return unreachable(expression)
  }
}
