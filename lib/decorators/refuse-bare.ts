import { DeclarationError } from '../errors/errors'

/**
 * Refuses a decorator that is written without parentheses: it is then called with what it should decorate, and what it
 * returns would be thrown away. Throws `DeclarationError`.
 */
export function refuseBare(decorator: string, first: unknown, second?: unknown): void {
  const where = bareName(first, second)
  if (where === undefined) return
  throw new DeclarationError(where, [{ where, message: `write @${decorator}() with parentheses` }])
}

/** The class or property that a decorator without parentheses was called with; undefined if it was called as it should be. */
function bareName(first: unknown, second: unknown): string | undefined {
  if (isContext(second)) return String(second.name)
  if (typeof first !== 'object' || first === null || !Object.hasOwn(first, 'constructor')) {
    return undefined
  }
  const { constructor } = first
  if (typeof constructor !== 'function' || constructor.prototype !== first) return undefined
  return typeof second === 'string' ? `${constructor.name}.${second}` : constructor.name
}

/** Refuses a decorator of classes that is written without parentheses. Throws `DeclarationError`. */
export function refuseBareClass(decorator: string, first: unknown): void {
  if (typeof first !== 'function') return
  const where = first.name
  throw new DeclarationError(where, [{ where, message: `write @${decorator}() with parentheses` }])
}

/** Tells the context of a TC39 decorator, which an object of options is not. */
function isContext(value: unknown): value is DecoratorContext {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    'name' in value &&
    'addInitializer' in value
  )
}
