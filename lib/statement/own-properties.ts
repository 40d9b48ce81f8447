import { StatementError } from '../errors/errors'

/** Tells if an object has no prototype besides `Object.prototype`, so that all its properties are its own. */
export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/**
 * Refuses an object that does not have its properties as its own, such as a Map, a Promise or an instance with
 * accessors: they would be passed over, and a filter without properties reads the whole table. `what` names the object
 * in messages, `known` the properties that it can have. Throws `StatementError`.
 */
export function requireOwnProperties(what: string, value: object, known: readonly string[]): void {
  if (isPlainObject(value)) return
  if (isThenable(value)) {
    throw new StatementError(`${what} is a Promise; await it first`)
  }
  const inherited = known.find((property) => isInherited(value, property))
  if (inherited !== undefined) {
    throw new StatementError(
      `${what} is ${described(value)} that does not have '${inherited}' as its own property, and it would be passed over; ` +
        `write an object that has it: { ${inherited}: … }`,
    )
  }
  if (Object.keys(value).length > 0 || isOfAnotherRealm(value)) return
  throw new StatementError(
    `${what} is ${described(value)} without own properties; ` +
      (Symbol.iterator in value
        ? 'write an object of properties, or convert it with Object.fromEntries()'
        : 'write an object of properties'),
  )
}

/** The error for an object with a symbol among its keys: no column has one. */
export function symbolError(what: string, symbol: symbol): StatementError {
  return new StatementError(
    `${what} has the key ${String(symbol)}, which is not a column and would be passed over; name properties of the entity`,
  )
}

function isThenable(value: object): boolean {
  return 'then' in value && typeof value.then === 'function' && !Object.hasOwn(value, 'then')
}

/** Tells if a value comes from the prototype: an accessor or a value there, but not a method. */
function isInherited(value: object, property: string): boolean {
  if (!(property in value) || Object.hasOwn(value, property) || property in Object.prototype) {
    return false
  }
  let holder: unknown = Object.getPrototypeOf(value)
  while (typeof holder === 'object' && holder !== null) {
    const descriptor = Object.getOwnPropertyDescriptor(holder, property)
    if (descriptor !== undefined) return typeof descriptor.value !== 'function'
    holder = Object.getPrototypeOf(holder)
  }
  return false
}

/** Tells if the prototype of an object is the `Object.prototype` of another realm. */
function isOfAnotherRealm(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'isPrototypeOf')
  )
}

function described({ constructor }: object): string {
  const name = typeof constructor === 'function' ? constructor.name : ''
  if (name === '' || name === 'Object') return 'an object'
  return `${/^[aeiou]/iu.test(name) ? 'an' : 'a'} ${name}`
}
