import { Refusal } from '../../codec/codec'
import { StatementError, ValueError } from '../../errors/errors'
import type { Construction } from '../../metadata/construction'
import { type Class, ownDeclarations } from '../../metadata/declaration'
import type {
  EntityMetadata,
  InheritanceMetadata,
  InheritedClass,
} from '../../metadata/entity-metadata'
import { setProperty } from '../../metadata/set-property'
import { isChild, isDerived } from '../../metadata/single-table'

/*
 * Several classes in one table: the discriminator column of a row has the value of its class.
 */

type Properties = Record<string, unknown>

/**
 * Sets the discriminator of an entity that is about to be written, and refuses what contradicts it: another value, and
 * columns of other classes. Does nothing if the class does not share its table.
 */
export function discriminate(metadata: EntityMetadata, given: unknown): void {
  const { inheritance } = metadata
  if (inheritance === undefined || typeof given !== 'object' || given === null) return
  nameClass(metadata, given)
  const { column, unknown, base } = inheritance
  const value = (given as Properties)[column.property]
  const byInstance = classOf(metadata, inheritance, given)
  const byValue = classWith(inheritance, value)
  const isAnyBase =
    unknown === 'base' && byValue === undefined && !isChild(metadata) && value !== null
  const isRight =
    byInstance === undefined
      ? byValue !== undefined || isAnyBase
      : byInstance === byValue || (byInstance.target === base.target && isAnyBase)
  if (!isRight) throw wrongClass(metadata, inheritance, value, byInstance)
  refuseOthers(metadata, byValue ?? base, given)
}

/** Sets the discriminator if it is undefined and the class is known. */
export function nameClass(metadata: EntityMetadata, given: object): void {
  const { inheritance } = metadata
  if (inheritance === undefined) return
  const { property } = inheritance.column
  if ((given as Properties)[property] !== undefined) return
  const value = classOf(metadata, inheritance, given)?.value ?? inheritance.value
  if (value !== undefined) setProperty(metadata, given, property, value)
}

/** Returns the class that the discriminator names; the class of the metadata if it names none. */
export function memberOf(metadata: EntityMetadata, given: object): InheritedClass | undefined {
  const { inheritance, target } = metadata
  if (inheritance === undefined) return undefined
  const { column, base, classes } = inheritance
  return (
    classWith(inheritance, (given as Properties)[column.property]) ??
    classes.find((each) => each.target === target) ??
    base
  )
}

/** Returns the option `construct` of the class that properties name. */
export function constructionOf(
  metadata: EntityMetadata,
  properties: object,
): Construction | undefined {
  return (memberOf(metadata, properties) ?? metadata).construct
}

/** Makes an instance of the class that the properties name. Its discriminator is undefined. */
export function instantiate(metadata: EntityMetadata, properties: object): Properties {
  const target = memberOf(metadata, properties)?.target ?? metadata.target
  const created = new (target as new () => Properties)()
  if (metadata.inheritance !== undefined) created[metadata.inheritance.column.property] = undefined
  return created
}

/** Returns the class with this discriminator; undefined if there is no such class here. */
function classWith({ column, classes }: InheritanceMetadata, given: unknown) {
  if (given === undefined || given === null) return undefined
  let value: unknown
  try {
    value = column.codec.check(given)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
  return classes.find((each) => each.value === value)
}

/** Returns the class of an instance; undefined for plain objects and instances of a base class. */
export function classOf(metadata: EntityMetadata, { classes }: InheritanceMetadata, given: object) {
  for (
    let prototype: unknown = Object.getPrototypeOf(given);
    typeof prototype === 'object' && prototype !== null;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const target = (prototype as { constructor?: unknown }).constructor as Class
    const found = classes.find((each) => each.target === target)
    if (found !== undefined) return found
    if (typeof target !== 'function' || ownDeclarations(target)?.child === undefined) continue
    if (isDerived(metadata.target, target)) continue
    throw new StatementError(
      `${metadata.name}: the entity is a ${target.name}, not a ${metadata.name}; ` +
        `write it with getRepository(${target.name})`,
    )
  }
  return undefined
}

function wrongClass(
  { name }: EntityMetadata,
  { column: { property }, classes }: InheritanceMetadata,
  value: unknown,
  byInstance: InheritedClass | undefined,
): ValueError {
  if (byInstance !== undefined) {
    return new ValueError(
      name,
      property,
      `tells the class of a row, and has another value than a ${byInstance.name}; leave it undefined`,
    )
  }
  const known = classes.map((each) => each.name).join(', ')
  return new ValueError(
    name,
    property,
    value === undefined
      ? `tells the class of a row and needs a value: save an instance of ${known}, or name the class here`
      : `tells the class of a row, and its value is that of no class (there are: ${known})`,
  )
}

function refuseOthers(metadata: EntityMetadata, member: InheritedClass, given: object): void {
  for (const [property, value] of Object.entries(given)) {
    if (value === undefined || member.properties.includes(property)) continue
    if (metadata.byProperty[property] === undefined) continue
    throw new StatementError(
      `${metadata.name}.${property} is a column of another class, and this is a ${member.name}; leave it out`,
    )
  }
}

/** Refuses a filter on the discriminator, unless it names this class or one derived from it. */
export function requireOwnValue(metadata: EntityMetadata, value: unknown): void {
  const { inheritance } = metadata
  if (inheritance === undefined || classWith(inheritance, value) !== undefined) return
  throw new StatementError(
    `${metadata.name}.${inheritance.column.property} tells the class of a row, and every ${metadata.name} has its ` +
      `value; leave it out, or use getRepository(${inheritance.base.name})`,
  )
}
