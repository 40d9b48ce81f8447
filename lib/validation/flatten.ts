import type { ValidationError as Found } from 'class-validator'
import type { ValidationProblem } from '../errors/errors'

/** Flattens the tree of class-validator into a list of problems, each with its path. */
export function flatten(found: readonly Found[], path: string): readonly ValidationProblem[] {
  return found.flatMap((each) => problemsAt(each, joined(path, each.property)))
}

function problemsAt(
  { constraints = {}, children = [], value }: Found,
  property: string,
): readonly ValidationProblem[] {
  return [
    ...Object.entries(constraints).map(([constraint, message]) => ({
      property,
      constraint,
      message,
    })),
    ...children.flatMap((child) => problemsAt(child, childPath(property, value, child.property))),
  ]
}

function joined(path: string, property: string): string {
  return path === '' ? property : `${path}.${property}`
}

/** Returns the path of a child. For a map it contains the position and not the key, because a key is a value. */
function childPath(path: string, value: unknown, name: string): string {
  if (value instanceof Map) {
    return `${path}[${[...value.keys()].findIndex((key) => String(key) === name)}]`
  }
  return Array.isArray(value) || value instanceof Set ? `${path}[${name}]` : joined(path, name)
}
