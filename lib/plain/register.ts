import { type Nested, Refusal } from '../codec/codec'
import { isFields } from '../codec/udts'
import type { Class } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { UserTypeMetadata } from '../metadata/user-type'
import {
  type TransformFn,
  type TransformerCopy,
  addLastTransform,
  directions,
  loadedTransformers,
} from './class-transformer'
import { foreignValue } from './foreign-value'
import { writersFor } from './plain-form'
import { type ClassMember, type ClassShape, classShapeOf } from '../metadata/class-shape'
import { markOurs } from './registered'

/** The classes whose instances a copy of class-transformer can take, by its storage. */
const registered = new WeakMap<object, WeakSet<Class>>()

/**
 * Tells class-transformer how the properties of an entity, and of the user-defined types in it, become plain values, so
 * that its `instanceToPlain` gives JSON-safe values. Nest's `ClassSerializerInterceptor` calls it. Every copy that is
 * loaded is told; nothing happens if none is.
 */
export function registerPlain(metadata: EntityMetadata): void {
  for (const transformer of loadedTransformers()) {
    for (const each of [metadata, ...metadata.userTypes]) register(transformer, each)
  }
}

function register(transformer: TransformerCopy, metadata: EntityMetadata | UserTypeMetadata): void {
  const { target } = metadata
  const { storage } = transformer
  const classes = registered.get(storage) ?? new WeakSet()
  registered.set(storage, classes)
  if (classes.has(target)) return
  classes.add(target)
  const isNearest = (instance: object) => nearestOf(instance, classes) === target
  const shape = classShapeOf(metadata)
  for (const member of shape.members) {
    const transform = transformOf(transformer, shape, member, isNearest)
    addLastTransform(storage, target, member.property, markOurs(transform))
  }
  const isMember = new Set(shape.members.map(({ property }) => property))
  for (const property of storage.getExposedProperties(target, directions.toPlain)) {
    if (!isMember.has(property)) {
      const transform = transformOfForeign(transformer, isNearest)
      addLastTransform(storage, target, property, markOurs(transform))
    }
  }
}

type IsNearest = (instance: object) => boolean

/** The function for a property that carries `@Expose` and is not a column: a getter, a method. */
function transformOfForeign(transformer: TransformerCopy, isNearest: IsNearest): TransformFn {
  return ({ value, obj, options }) => {
    if (!isNearest(obj as object)) return value as unknown
    const made: unknown = typeof value === 'function' ? value.call(obj) : value
    return foreignValue(made, writersFor(options.groups ?? [], transformer))
  }
}

function transformOf(
  transformer: TransformerCopy,
  shape: ClassShape,
  { property, codec }: ClassMember,
  isNearest: IsNearest,
): TransformFn {
  const nested = keepInstances(shape)
  return ({ value, obj, options }) => {
    if (value === null || value === undefined || !isNearest(obj as object)) {
      return value as unknown
    }
    if (value !== (obj as Readonly<Record<string, unknown>>)[property]) {
      return foreignValue(value, writersFor(options.groups ?? [], transformer))
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

/** Leaves instances of user-defined types: class-transformer goes on into them, by their own decorators. */
function keepInstances({ userTypes }: ClassShape): Nested {
  return (type, value) => {
    const target = userTypes.find(({ type: name }) => name === type)?.target
    if (target === undefined || !isFields(value) || value instanceof target) return value
    return Object.assign(Object.create(target.prototype as object) as object, value)
  }
}

/** The first of these classes that an instance is of, from its own class up: the functions of a derived class come later. */
function nearestOf(instance: object, classes: WeakSet<Class>): Class | undefined {
  for (
    let prototype: unknown = Object.getPrototypeOf(instance);
    typeof prototype === 'object' && prototype !== null;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const { constructor } = prototype as { constructor: Class }
    if (classes.has(constructor)) return constructor
  }
  return undefined
}
