import type { CqlType } from '../cql/cql-type'
import { TypeTextError, parseType } from '../cql/parse-type'
import type { TypeExpression } from './declaration'

/** From a type as it is written in a decorator to the tree. Throws `TypeTextError`. */
export function resolveType(expression: TypeExpression): CqlType {
  if (typeof expression === 'string') return parseType(expression, { userTypes: false })
  if (typeof expression === 'function') {
    throw new TypeTextError('a class as a type needs user-defined types, which this version lacks')
  }
  switch (expression.kind) {
    case 'list':
    case 'set':
    case 'frozen':
      return { kind: expression.kind, of: resolveType(expression.of) }
    case 'map':
      return {
        kind: 'map',
        key: resolveType(expression.key),
        value: resolveType(expression.value),
      }
    case 'tuple':
      return { kind: 'tuple', of: expression.of.map(resolveType) }
    case 'vector':
      return { ...expression, of: resolveType(expression.of) }
  }
}
