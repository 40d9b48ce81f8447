import { type Class, nameOf } from '../declaration'
import { type Construct, Construction } from '../construction'
import { probe } from '../own-state'

interface Made {
  readonly target: Class
  /** The option `construct`, if it is declared. */
  readonly construct: Construct | undefined
  /** The columns or fields of the class. */
  readonly properties: readonly string[]
  /** The decorator that takes `construct`. */
  readonly decorator: string
}

/**
 * Builds the way in which instances are made: `undefined` for a class whose constructor is called without
 * arguments. A constructor that throws then, or freezes the instance, is a problem.
 */
export function buildConstruction(
  { target, construct, properties, decorator }: Made,
  tell: (message: string) => void,
): Construction | undefined {
  if (construct !== undefined) return new Construction(target, construct, properties)
  const { instance, error } = probe(target)
  const remedy = `Declare \`construct\` on ${decorator}: ${decorator}({ construct: (row) => new ${nameOf(target)}(…) })`
  if (instance === undefined) {
    const reason = error instanceof Error ? error.message : String(error)
    tell(`its constructor throws when it is called without arguments (${reason}). ${remedy}`)
  } else if (!properties.every((property) => isSettable(instance, property))) {
    tell(`its constructor freezes the instance, so no property can be set. ${remedy}`)
  }
  return undefined
}

/** Tells whether a property of an instance can be set as a value of its own. */
function isSettable(instance: object, property: string): boolean {
  const own = Object.getOwnPropertyDescriptor(instance, property)
  return own === undefined
    ? Object.isExtensible(instance)
    : own.writable === true || own.set !== undefined
}
