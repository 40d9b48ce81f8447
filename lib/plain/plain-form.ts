import { type Nested, Refusal } from '../codec/codec'
import { isFields } from '../codec/udts'
import { kindOf } from '../codec/scalar'
import { buildMetadata } from '../metadata/build/build-metadata'
import { buildUserType } from '../metadata/build/build-user-type'
import { type Class, ownDeclarations } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { isEntity } from '../metadata/is-entity'
import type { UserTypeMetadata } from '../metadata/user-type'
import { codeGeneration } from '../plan/compile'
import { type PlainStep, type PlainWriter, compilePlainWriter } from '../plan/plain-writer'
import { valueError } from '../plan/value-error'
import { type TransformerCopy, directions, requireOneTransformer } from './class-transformer'
import { type ExposedProperty, carriesTransformer, exposedProperties } from './exposure'
import { type InstanceWriters, foreignValue } from './foreign-value'
import { type PlainReader, makePlainReader } from './plain-reader'
import { type ClassShape, classShapeOf } from '../metadata/class-shape'

/** The most sets of groups kept of one class: a program that takes groups from its requests could make any number. */
const maxGroups = 50

const known = new WeakMap<EntityMetadata | UserTypeMetadata, PlainForm>()

/** The plain form of a class, made once. */
export function plainFormOf(metadata: EntityMetadata | UserTypeMetadata): PlainForm {
  let form = known.get(metadata)
  if (form === undefined) {
    form = new PlainForm(classShapeOf(metadata))
    known.set(metadata, form)
  }
  return form
}

/** A class and its plain values, in both directions, under each set of groups. */
export class PlainForm {
  readonly #writers = new Map<string, PlainWriter>()
  readonly #readers = new Map<string, PlainReader>()
  readonly #properties: readonly string[]
  readonly #transformer: TransformerCopy | undefined
  #carries: boolean | undefined

  /** Throws `StatementError` if several copies of class-transformer are loaded. */
  constructor(readonly shape: ClassShape) {
    this.#properties = shape.members.map(({ property }) => property)
    this.#transformer = requireOneTransformer()
  }

  /** `true` if the class, or a type inside it, has decorators of class-transformer. */
  get carriesTransformer(): boolean {
    this.#carries ??=
      (this.#transformer !== undefined &&
        carriesTransformer(this.#transformer.storage, this.shape.target, this.#properties)) ||
      this.shape.userTypes.some((type) => plainFormOf(type).carriesTransformer)
    return this.#carries
  }

  /** Throws `ValueError` of an entity, `Refusal` of a user-defined type. */
  writer(groups: readonly string[]): PlainWriter {
    return this.#kept(this.#writers, groups, (own) => this.#makeWriter(own))
  }

  /** Returns the reader for these groups. It throws `Misfits` with everything that does not fit. */
  reader(groups: readonly string[]): PlainReader {
    return this.#kept(this.#readers, groups, (own) =>
      makePlainReader({
        shape: this.shape,
        given: this.exposed('toPlain', own),
        taken: this.exposed('fromPlain', own),
        groups: own,
        nested: this.#nested((form, value) => form.reader(own)(value)),
      }),
    )
  }

  /** The properties of the class in one direction. */
  exposed(direction: keyof typeof directions, groups: readonly string[]) {
    return this.#transformer !== undefined && this.carriesTransformer
      ? exposedProperties(
          this.#transformer.storage,
          this.shape.target,
          this.#properties,
          direction,
          groups,
        )
      : this.#properties.map((property): ExposedProperty => ({
          property,
          name: property,
          transforms: [],
          isExposed: false,
        }))
  }

  #makeWriter(groups: readonly string[]): PlainWriter {
    const nested = this.#nested((form, value) => form.writer(groups)(value))
    const steps = this.exposed('toPlain', groups).map((one) => this.#step(one, groups, nested))
    const refuse = (property: string, error: unknown) => this.#refuse(property, error)
    return compilePlainWriter(steps, nested, refuse, codeGeneration())
  }

  #refuse(property: string, error: unknown): never {
    if (!(error instanceof Refusal)) throw error
    const { isEntity: isOfEntity, name } = this.shape
    throw isOfEntity
      ? valueError(name, property, error)
      : new Refusal(`field ${property} ${error.message}`, { cause: error.cause })
  }

  #step(
    { property, name, transforms }: ExposedProperty,
    groups: readonly string[],
    nested: Nested,
  ): PlainStep {
    const codec = this.shape.members.find((member) => member.property === property)?.codec
    const writers = writersFor(groups, this.#transformer)
    return {
      property,
      name,
      codec: transforms.length === 0 ? codec : undefined,
      convert(given, entity) {
        const value =
          codec === undefined && typeof given === 'function'
            ? (given as () => unknown).call(entity)
            : given
        const options = { groups: [...groups] }
        const made = transforms.reduce<unknown>(
          (each, transform) =>
            transform({
              value: each,
              key: property,
              obj: entity,
              type: directions.toPlain,
              options,
            }),
          value,
        )
        if (made === undefined || made === null) return made
        return codec !== undefined && made === value
          ? codec.toPlain(made, nested)
          : foreignValue(made, writers)
      },
    }
  }

  /** Finds the form of a type inside by its name. */
  #nested(convert: (form: PlainForm, value: object) => unknown): Nested {
    return (type, value) => {
      const metadata = this.shape.userTypes.find(({ type: name }) => name === type)
      if (metadata === undefined) throw new TypeError(`no user-defined type ${type}`)
      const form = plainFormOf(metadata)
      if (!isFields(value)) {
        throw new Refusal(
          `needs an instance of ${metadata.name} or an object of its fields; got ${kindOf(value)}`,
        )
      }
      return convert(form, value)
    }
  }

  #kept<T>(
    kept: Map<string, T>,
    groups: readonly string[],
    make: (groups: readonly string[]) => T,
  ): T {
    const own = this.carriesTransformer ? groups : []
    const key = own.length === 0 ? '' : JSON.stringify([...own].sort())
    let made = kept.get(key)
    if (made === undefined) {
      if (kept.size >= maxGroups) kept.clear()
      made = make(own)
      kept.set(key, made)
    }
    return made
  }
}

/** The ways of instances to plain values under these groups, by the decorators of a copy of class-transformer. */
export function writersFor(
  groups: readonly string[],
  transformer: TransformerCopy | undefined,
): InstanceWriters {
  return {
    known: (instance) => writeInstance(instance, groups),
    // A class with decorators may have been loaded after this form was made.
    foreign: (instance) =>
      (transformer ?? requireOneTransformer())?.instanceToPlain(instance, groups) ?? instance,
  }
}

/** Converts instances of user-defined types and entities, wherever they are. */
function writeInstance(
  instance: object,
  groups: readonly string[],
): Record<string, unknown> | undefined {
  const target = instance.constructor as Class
  if (typeof target !== 'function') return undefined
  const metadata =
    ownDeclarations(target)?.userType !== undefined
      ? buildUserType(target)
      : isEntity(target)
        ? buildMetadata(target)
        : undefined
  return metadata && plainFormOf(metadata).writer(groups)(instance)
}
