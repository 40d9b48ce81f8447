import type { UserTypeShape } from '../../codec/udts'
import type { CqlType } from '../../cql/cql-type'
import { TypeTextError } from '../../cql/parse-type'
import { DeclarationError, type DeclarationProblem } from '../../errors/errors'
import { type Class, nameOf, ownDeclarations } from '../declaration'
import { defaultOf } from '../default-of'
import { ownStateOf } from '../own-state'
import type { UserTypeMetadata } from '../user-type'

/** Builds a type that is used inside another; throws `DeclarationError`. */
type Build = (target: Class) => UserTypeMetadata

/** A type could not be built; `UserTypes.problems` has the reasons. */
export class FaultyUserTypeError extends Error {
  override readonly name = 'FaultyUserTypeError'
}

/** The user-defined types inside the columns or fields of one class, collected while their types are resolved. */
export class UserTypes {
  readonly shapes = new Map<string, UserTypeShape>()
  readonly problems: DeclarationProblem[] = []
  readonly #used = new Map<string, UserTypeMetadata>()

  constructor(private readonly build: Build) {}

  /** Returns the type of a class given as `() => TheClass`. Throws `TypeTextError` or `FaultyUserTypeError`. */
  typeOf(given: () => Class): CqlType {
    const target = classOf(given)
    const metadata = this.#build(target)
    const other = this.#used.get(metadata.type)
    if (other !== undefined && other.target !== target) {
      throw new TypeTextError(
        `${metadata.name} and ${other.name} are both the type '${metadata.type}'; rename one of them`,
      )
    }
    if (other === undefined) {
      this.#used.set(metadata.type, metadata)
      this.shapes.set(metadata.type, shapeOf(metadata))
    }
    return { kind: 'udt', name: metadata.type }
  }

  of(name: string): UserTypeMetadata | undefined {
    return this.#used.get(name)
  }

  /** The types and the types inside them, each after the types inside it. */
  get all(): readonly UserTypeMetadata[] {
    return [...new Set([...this.#used.values()].flatMap((type) => type.userTypes.concat(type)))]
  }

  #build(target: Class): UserTypeMetadata {
    try {
      return this.build(target)
    } catch (error) {
      if (!(error instanceof DeclarationError)) throw error
      for (const problem of error.problems) {
        const isKnown = this.problems.some(
          ({ where, message }) => where === problem.where && message === problem.message,
        )
        if (!isKnown) this.problems.push(problem)
      }
      throw new FaultyUserTypeError()
    }
  }
}

function classOf(given: () => Class): Class {
  const target: unknown = isClass(given) ? given : given()
  if (typeof target !== 'function') {
    throw new TypeTextError(
      `its type, a function, returned ${String(target)}; is the class imported in a circle, or not exported?`,
    )
  }
  const name = nameOf(target as Class)
  if (target === given) throw new TypeTextError(`its type is the class itself; write () => ${name}`)
  if (ownDeclarations(target as Class)?.userType === undefined) {
    throw new TypeTextError(
      `${name} is not a user-defined type; put @UserDefinedType() on the class`,
    )
  }
  return target as Class
}

/** Tells a class from an arrow function: a class cannot be called. */
export function isClass(given: () => Class): boolean {
  return /^class\b/u.test(Function.prototype.toString.call(given))
}

function shapeOf({ target, name, fields, construct }: UserTypeMetadata): UserTypeShape {
  const byProperty = new Map(fields.map((field) => [field.property, field]))
  return {
    entity: name,
    fields: byProperty,
    create:
      construct === undefined
        ? () => new (target as new () => Record<string, unknown>)()
        : () => ({}),
    finish: construct?.make,
    isOwnState: (property, value) =>
      ownStateOf(target).has(property) || (construct !== undefined && value instanceof target),
    defaultOf: (property) => defaultOf({ default: byProperty.get(property)?.default }),
  }
}
