import type { Class } from './declaration'

const known = new WeakMap<Class, ReadonlySet<string>>()

/**
 * The properties that a new instance has of its own, columns or not: what the class itself declares
 * with an initialiser cannot be a misspelt column.
 */
export function ownStateOf(target: Class): ReadonlySet<string> {
  let properties = known.get(target)
  if (properties === undefined) {
    const instance: object = new (target as new () => object)()
    properties = new Set(Object.keys(instance))
    known.set(target, properties)
  }
  return properties
}
