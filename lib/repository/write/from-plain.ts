import { Refusal } from '../../codec/codec'
import { misfitsOf } from '../../codec/plain-parts'
import { isFields } from '../../codec/udts'
import { kindOf } from '../../codec/scalar'
import { ValidationError } from '../../errors/errors'
import { limitProblems } from '../../errors/limit-problems'
import type { ClassShape } from '../../metadata/class-shape'
import type { EntityMetadata } from '../../metadata/entity-metadata'
import { memberOf, nameClass } from '../inheritance/discriminate'
import type { RepositoryContext } from '../repository-context'
import { requireOptions } from '../options/require-options'
import { findExcess } from '../../plain/body-limits'
import { plainFormOf } from '../../plain/plain-form'
import { noteGiven } from './written-entity'
import type { PlainOptions } from '../options/plain-options'

/** An entity that was read from a plain value, not validated yet. */
export interface ReadPlain {
  readonly entity: object
  readonly shape: ClassShape
  readonly groups: readonly string[]
}

/** Reads an entity from a plain value. It is not validated yet. */
export function fromPlain(
  context: RepositoryContext,
  plain: unknown,
  options: PlainOptions | undefined,
): ReadPlain {
  const { name } = context.metadata
  if (options !== undefined) requireOptions(name, 'fromPlain', options)
  const groups = options?.groups ?? []
  if (!isFields(plain)) {
    const remedy = Array.isArray(plain)
      ? '; of many, call it for each'
      : typeof plain === 'string'
        ? '; parse a text first, with JSON.parse'
        : ''
    throw new ValidationError(name, [
      {
        property: '',
        constraint: 'type',
        message: `fromPlain takes an object; got ${kindOf(plain)}${remedy}`,
      },
    ])
  }
  const excess = findExcess(plain)
  if (excess !== undefined) {
    throw new ValidationError(name, [{ property: '', constraint: 'maxSize', message: excess }])
  }
  const metadata = classFor(context, plain, groups)
  try {
    const form = plainFormOf(metadata)
    const entity = form.reader(groups)(plain)
    noteGiven(context, entity, (property) => {
      const exposed = form.exposed('fromPlain', groups).find((one) => one.property === property)
      return exposed !== undefined && Object.hasOwn(plain, exposed.name)
    })
    nameClass(metadata, entity)
    return { entity, shape: form.shape, groups }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const problems = misfitsOf('', error).map(({ place, constraint, message }) => ({
      property: place.replace(/^\./u, ''),
      constraint,
      message,
    }))
    throw new ValidationError(metadata.name, limitProblems(problems))
  }
}

/** Returns the class that a plain value names. */
function classFor(
  { metadata, host }: RepositoryContext,
  plain: object,
  groups: readonly string[],
): EntityMetadata {
  const { inheritance } = metadata
  if (inheritance === undefined) return metadata
  const { property, codec } = inheritance.column
  const taken = plainFormOf(metadata).exposed('fromPlain', groups)
  const name = taken.find((one) => one.property === property)?.name ?? property
  const told = (plain as Readonly<Record<string, unknown>>)[name]
  try {
    const isTold = told !== undefined && told !== null
    const value = isTold ? codec.fromPlain(told, noTypes) : undefined
    const member = memberOf(metadata, { [property]: value })
    return member === undefined ? metadata : host.metadataOf(member.target)
  } catch (error) {
    if (error instanceof Refusal) return metadata
    throw error
  }
}

/** Throws: the column of the class is a scalar and has no user-defined types. */
function noTypes(): never {
  throw new Refusal('needs a scalar')
}
