import type { Class } from './declaration'

/** The result of calling a constructor without arguments. */
export interface Probe {
  /** The properties that a new instance has of its own. */
  readonly ownState: Set<string>
  /** The instance; `undefined` if the constructor throws. */
  readonly instance: object | undefined
  /** The error that the constructor throws. */
  readonly error: unknown
}

const probes = new WeakMap<Class, Probe>()

/** Calls the constructor of a class without arguments, once for each class. */
export function probe(target: Class): Probe {
  let found = probes.get(target)
  if (found === undefined) {
    found = callOf(target)
    probes.set(target, found)
  }
  return found
}

function callOf(target: Class): Probe {
  try {
    const instance: object = new (target as new () => object)()
    return { ownState: new Set(Object.keys(instance)), instance, error: undefined }
  } catch (error) {
    return { ownState: new Set(), instance: undefined, error }
  }
}

/**
 * Returns the properties that an instance has of its own, columns or not: state that the class declares
 * with an initializer cannot be a misspelt column.
 */
export function ownStateOf(target: Class): ReadonlySet<string> {
  return probe(target).ownState
}

/** Adds the properties of an instance to the state of its class, whose constructor needs arguments. */
export function learnOwnState(target: Class, instance: object): void {
  const { ownState } = probe(target)
  for (const property of Object.keys(instance)) ownState.add(property)
}
