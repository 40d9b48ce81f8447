import { type Nested, Refusal } from '../codec/codec'
import { isFields } from '../codec/udts'
import type { Class } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { UserTypeMetadata } from '../metadata/user-type'
import {
  type TransformFn,
  addLastTransform,
  directions,
  transformerStorage,
} from './class-transformer'
import { foreignValue } from './foreign-value'
import { writeInstance } from './plain-form'
import { type ClassMember, type ClassShape, classShapeOf } from '../metadata/class-shape'
import { markOurs } from './registered'

/** The classes whose instances class-transformer can take. */
const registered = new WeakSet<Class>()

/**
 * Tells class-transformer how the properties of an entity, and of the user-defined types in it, become plain values, so
 * that its `instanceToPlain` gives what JSON can hold. Nest's `ClassSerializerInterceptor` calls it.
 */
export function registerPlain(metadata: EntityMetadata): void {
  for (const each of [metadata, ...metadata.userTypes]) register(each)
}

function register(metadata: EntityMetadata | UserTypeMetadata): void {
  const { target } = metadata
  if (registered.has(target)) return
  registered.add(target)
  const shape = classShapeOf(metadata)
  for (const member of shape.members) {
    addLastTransform(target, member.property, markOurs(transformOf(shape, member)))
  }
  const isMember = new Set(shape.members.map(({ property }) => property))
  for (const property of transformerStorage().getExposedProperties(target, directions.toPlain)) {
    if (!isMember.has(property)) {
      addLastTransform(target, property, markOurs(transformOfForeign(shape)))
    }
  }
}

/** What carries `@Expose` and is no column: a getter, a method. */
function transformOfForeign({ target }: ClassShape): TransformFn {
  return ({ value, obj, options }) => {
    if (!isNearest(obj as object, target)) return value as unknown
    const made: unknown = typeof value === 'function' ? value.call(obj) : value
    return plainOf(made, options.groups)
  }
}

function plainOf(value: unknown, groups: readonly string[] = []): unknown {
  return foreignValue(value, groups, (instance) => writeInstance(instance, groups))
}

function transformOf(shape: ClassShape, { property, codec }: ClassMember): TransformFn {
  const nested = keepInstances(shape)
  return ({ value, obj, options }) => {
    if (value === null || value === undefined || !isNearest(obj as object, shape.target)) {
      return value as unknown
    }
    if (value !== (obj as Readonly<Record<string, unknown>>)[property]) {
      return plainOf(value, options.groups)
    }
    try {
      return codec.toPlain(value, nested)
    } catch (error) {
      // class-transformer takes what does not fit, too.
      if (error instanceof Refusal) return value as unknown
      throw error
    }
  }
}

/** Instances of user-defined types stay so: class-transformer goes on into them, by their own decorators. */
function keepInstances({ userTypes }: ClassShape): Nested {
  return (type, value) => {
    const target = userTypes.find(({ type: name }) => name === type)?.target
    if (target === undefined || !isFields(value) || value instanceof target) return value
    return Object.assign(Object.create(target.prototype as object) as object, value)
  }
}

/** False for an instance of a class derived from this one that is registered itself: its functions come after. */
function isNearest(instance: object, target: Class): boolean {
  for (
    let prototype: unknown = Object.getPrototypeOf(instance);
    typeof prototype === 'object' && prototype !== null;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const each = (prototype as { constructor: Class }).constructor
    if (registered.has(each)) return each === target
  }
  return false
}
