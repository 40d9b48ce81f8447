import type { ValidatorOptions } from 'class-validator'
import { StatementError, ValidationError, type ValidationProblem } from '../errors/errors'
import { limitProblems, maxProblems } from '../errors/limit-problems'
import type { Class } from '../metadata/declaration'
import type { ValidationOptions } from '../metadata/validation-options'
import { type ClassShape, classShapeOf } from '../metadata/class-shape'
import {
  constraintsOf,
  elementConstraintsOf,
  findProblems,
  requireSharedStorage,
} from './class-validator'
import { flatten } from './flatten'
import { type NestedInstance, nestedInstances } from './nested-instances'

/** The properties to check, and how; undefined for all properties as wholes. */
export type Looked =
  { of(property: string): 'whole' | 'elements' | 'fields' | undefined } | undefined

const constrained = new WeakMap<ClassShape, boolean>()

/**
 * Returns true if the class, or a user-defined type in it, has constraints of class-validator. Throws `StatementError`
 * if several copies of class-validator are loaded that do not share them.
 */
export function isConstrained(shape: ClassShape): boolean {
  let is = constrained.get(shape)
  if (is === undefined) {
    is = [shape, ...shape.userTypes].some(({ target }) => constraintsOf(target).length > 0)
    if (is) requireSharedStorage()
    constrained.set(shape, is)
  }
  return is
}

/** Problems, and promises after which there may be more. */
interface Result {
  readonly problems: () => readonly ValidationProblem[]
  readonly pending: readonly Promise<unknown>[]
}

/**
 * Runs the constraints of an entity's class, and those of the user-defined types in it. Throws `ValidationError`.
 * Returns a promise if a constraint is asynchronous.
 */
export function validateEntity(
  shape: ClassShape,
  given: object,
  options: ValidationOptions,
  looked?: Looked,
): Promise<void> | undefined {
  const { problems, pending } = resultOf(shape, given, '', options, looked)
  if (pending.length > 0) {
    return Promise.all(pending).then(() => refuse(shape, problems()))
  }
  refuse(shape, problems())
  return undefined
}

/** Does the same without waiting: throws `StatementError` if a constraint is asynchronous. */
export function validateAtOnce(shape: ClassShape, given: object, options: ValidationOptions): void {
  const { problems, pending } = resultOf(shape, given, '', options, undefined)
  if (pending.length > 0) {
    // The result is not needed any more, and a rejection must not stay unhandled.
    void Promise.allSettled(pending)
    throw new StatementError(
      `${shape.name} has constraints that are asynchronous, which fromPlain cannot wait for; use fromPlainAsync`,
    )
  }
  refuse(shape, problems())
}

function refuse({ name }: ClassShape, problems: readonly ValidationProblem[]): void {
  if (problems.length > 0) throw new ValidationError(name, limitProblems(problems))
}

function resultOf(
  shape: ClassShape,
  given: object,
  path: string,
  options: ValidationOptions,
  looked: Looked,
): Result {
  const { target } = shape
  const found =
    constraintsOf(target).length === 0
      ? undefined
      : findProblems(instanceOf(target, given), validatorOptions(options))
  const nested: Result[] = []
  let count = 0
  for (const { metadata, value, path: at } of nestedIn(shape, given, path, looked)) {
    // Further problems would not be reported.
    if (count >= maxProblems) break
    const lookedInside = looked?.of(at) === 'fields' ? wholes(value) : undefined
    const result = resultOf(classShapeOf(metadata), value, at, options, lookedInside)
    nested.push(result)
    if (result.pending.length === 0) count += result.problems().length
  }
  return {
    pending: [...(found?.pending ?? []), ...nested.flatMap(({ pending }) => pending)],
    problems: () =>
      unique([
        ...(found === undefined
          ? []
          : lookedAt(target, flatten(stripped(found.errors), path), path, looked)),
        ...nested.flatMap(({ problems }) => problems()),
      ]),
  }
}

function validatorOptions({ groups, ...options }: ValidationOptions): ValidatorOptions {
  return {
    ...options,
    ...(groups === undefined ? {} : { groups: [...groups] }),
    validationError: { target: false, value: true },
  }
}

/** Returns an instance of the class, by which class-validator finds the constraints. */
function instanceOf(target: Class, given: object): object {
  return given instanceof target
    ? given
    : Object.assign(Object.create(target.prototype as object) as object, given)
}

type Found = Parameters<typeof flatten>[0]

/** Removes the properties without problems. */
function stripped(found: Found): Found {
  return found
    .map((each) => Object.assign(each, { children: [...stripped(each.children ?? [])] }))
    .filter(
      ({ constraints = {}, children = [] }) =>
        Object.keys(constraints).length > 0 || children.length > 0,
    )
}

/** Returns the problems that concern the checked parts of properties. */
function lookedAt(
  target: Class,
  problems: readonly ValidationProblem[],
  path: string,
  looked: Looked,
): readonly ValidationProblem[] {
  if (looked === undefined) return problems
  return problems.filter(({ property, constraint }) => {
    const inside = path === '' ? property : property.slice(path.length + 1)
    const [name = ''] = /^[^.[]*/u.exec(inside) ?? []
    switch (looked.of(name)) {
      case 'whole':
        return true
      case 'elements':
        return inside !== name || elementConstraintsOf(target, name).has(constraint)
      case 'fields':
      case undefined:
        return false
    }
  })
}

function nestedIn(
  { members, userTypes }: ClassShape,
  given: object,
  path: string,
  looked: Looked,
): readonly NestedInstance[] {
  if (userTypes.length === 0) return []
  return members
    .filter(({ property }) => looked === undefined || looked.of(property) !== undefined)
    .flatMap(({ property, codec }) => {
      const value = (given as Readonly<Record<string, unknown>>)[property]
      const at = path === '' ? property : `${path}.${property}`
      const all = nestedInstances(codec.type, value, at, userTypes)
      // The values that a transformer makes are not known.
      return codec.isTransformed === true
        ? all.filter(({ metadata, value: each }) => each instanceof metadata.target)
        : all
    })
}

function wholes(value: object): Looked {
  return { of: (property) => (Object.hasOwn(value, property) ? 'whole' : undefined) }
}

/** Removes problems that `@ValidateNested` reports a second time. */
function unique(problems: readonly ValidationProblem[]): readonly ValidationProblem[] {
  return [
    ...new Map(
      problems.map((each) => [JSON.stringify([each.property, each.constraint]), each]),
    ).values(),
  ]
}
