import type { CqlPart } from '../../cql/cql-tag'
import { unreachable } from '../../errors/unreachable'
import type { Step } from '../migration'

/** Returns the CQL of a step, with classes by their names and values as markers; undefined for a function. */
export function textOf(step: Step): string | undefined {
  switch (step.kind) {
    case 'text':
      return step.cql
    case 'fragment':
      return printParts(step.fragment.parts)
    case 'function':
      return undefined
    default:
      return unreachable(step)
  }
}

/** Returns the text of a fragment, with classes by their names and values as markers. */
function printParts(parts: readonly CqlPart[]): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text
        case 'table':
          return `"${part.entity.name}"`
        case 'column':
          return `"${part.property}"`
        case 'value':
          return '?'
        default:
          return unreachable(part)
      }
    })
    .join('')
    .trim()
}
