import { type Codec, type Nested, Refusal } from '../codec/codec'
import { MisfitCollector, Misfits } from '../codec/plain-parts'
import { didYouMean } from '../errors/did-you-mean'
import { type TransformFn, directions } from './class-transformer'
import type { ExposedProperty } from './exposure'
import type { ClassShape } from '../metadata/class-shape'

/** Converts a plain value to an instance of its class. Throws `Misfits` with everything that does not fit. */
export type PlainReader = (plain: object) => object

/** The parts from which a reader is made. */
export interface PlainReading {
  readonly shape: ClassShape
  /** The properties that plain values of the class contain. */
  readonly given: readonly ExposedProperty[]
  /** The properties that the class accepts from plain values. */
  readonly taken: readonly ExposedProperty[]
  readonly groups: readonly string[]
  readonly nested: Nested
}

type Properties = Record<string, unknown>

interface Step {
  readonly property: string
  /** The codec of the column; undefined if the property is not a column and its value is accepted unchanged. */
  readonly codec: Codec | undefined
  readonly transforms: readonly TransformFn[]
}

export function makePlainReader({
  shape,
  given,
  taken,
  groups,
  nested,
}: PlainReading): PlainReader {
  const { construct } = shape
  const Target = (construct === undefined ? shape.target : Object) as new () => Properties
  const steps = new Map<string, Step | undefined>()
  // A property that only toPlain returns comes back with the rest of the entity, and is ignored.
  for (const { name } of given) steps.set(name, undefined)
  for (const { property, name, transforms } of taken) {
    const codec = shape.members.find((member) => member.property === property)?.codec
    const step = { property, codec, transforms }
    steps.set(name, codec !== undefined || isSettable(shape, property) ? step : undefined)
  }
  // Saved back, an initializer in place of what the plain value does not tell would overwrite what is stored.
  const isGiven = new Set(given.map(({ property }) => property))
  const untold = shape.members
    .filter(({ property, selected }) => !selected || !isGiven.has(property))
    .map(({ property }) => property)
  const eager = taken.filter(({ isExposed, transforms }) => isExposed && transforms.length > 0)
  const options = { groups: [...groups] }
  const type = directions.fromPlain as never
  const transformed = ({ property, transforms }: Step, given: unknown, plain: object): unknown => {
    try {
      return transforms.reduce<unknown>(
        (value, transform) => transform({ value, key: property, obj: plain, type, options }),
        given,
      )
    } catch (cause) {
      const name = cause instanceof Error ? cause.name : typeof cause
      throw new Refusal(`its @Transform threw: ${name}`, { cause })
    }
  }
  const take = (entity: Properties, plain: Properties, name: string, step: Step): void => {
    const { property, codec, transforms } = step
    const given = plain[name]
    const value = transforms.length === 0 ? given : transformed(step, given, plain)
    if (value === undefined) return
    entity[property] =
      value === null || codec === undefined ? value : codec.fromPlain(value, nested)
  }
  return (given) => {
    const plain = given as Properties
    const entity = new Target()
    for (const property of untold) entity[property] = undefined
    let misfits: MisfitCollector | undefined
    for (const name of Object.keys(plain)) {
      if (misfits?.isFull === true) break
      const step = steps.get(name)
      if (step === undefined && steps.has(name)) continue
      try {
        if (step === undefined) throw unknownProperty(shape, name, steps.keys())
        take(entity, plain, name, step)
      } catch (error) {
        misfits ??= new MisfitCollector()
        misfits.add(`.${shorten(name)}`, error)
      }
    }
    for (const { name } of eager) {
      const step = steps.get(name)
      if (step === undefined || Object.hasOwn(plain, name)) continue
      try {
        take(entity, plain, name, step)
      } catch (error) {
        misfits ??= new MisfitCollector()
        misfits.add(`.${name}`, error)
      }
    }
    misfits?.finish()
    return construct === undefined ? entity : construct.make(entity)
  }
}

const maxName = 100

/** Returns a name as messages show it: that of a stranger can have any length. */
function shorten(name: string): string {
  return name.length <= maxName ? name : `${name.slice(0, maxName)}…`
}

function unknownProperty(
  { name: entity }: ClassShape,
  name: string,
  names: Iterable<string>,
): Misfits {
  const message = `is not a property that ${entity} takes${didYouMean(name, names)}`
  return new Misfits([{ place: '', constraint: 'unknownProperty', message }])
}

/** Returns `false` for getters without a setter, and for methods. */
function isSettable({ target }: ClassShape, property: string): boolean {
  for (
    let prototype: unknown = target.prototype;
    typeof prototype === 'object' && prototype !== null;
    prototype = Object.getPrototypeOf(prototype)
  ) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, property)
    if (descriptor !== undefined) return descriptor.set !== undefined
  }
  return true
}
