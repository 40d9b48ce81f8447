import { maxProblems } from '../errors/limit-problems'
import { type Codec, type Nested, Refusal } from './codec'
import { canHoldEmpty } from './empty-parts'
import { presentPart } from './part'

/** A part of a plain value that does not fit. */
export interface Misfit {
  /** From the value on: `[1]`, `.zip`, nothing for the value itself. */
  readonly place: string
  /** The constraint that the part breaks. */
  readonly constraint: string
  readonly message: string
}

/** All that does not fit in one plain value. */
export class Misfits extends Refusal {
  constructor(readonly all: readonly Misfit[]) {
    super(
      all.map(({ place, message }) => (place === '' ? message : `${place} ${message}`)).join('; '),
    )
  }
}

/** Collects the misfits of one plain value, up to `maxProblems`. */
export class MisfitCollector {
  readonly #all: Misfit[] = []

  get isFull(): boolean {
    return this.#all.length >= maxProblems
  }

  /** Adds what an error reports for the part at `place`. Throws every error that is not a refusal. */
  add(place: string, error: unknown): void {
    this.#all.push(...misfitsOf(place, error).slice(0, maxProblems - this.#all.length))
  }

  /** Throws `Misfits` if there are any. */
  finish(): void {
    if (this.#all.length > 0) throw new Misfits(this.#all)
  }
}

/** Returns the misfits that an error reports for the part at `place`. Throws every error that is not a refusal. */
export function misfitsOf(place: string, error: unknown): readonly Misfit[] {
  if (error instanceof Misfits) {
    return error.all.map((misfit) => ({ ...misfit, place: place + misfit.place }))
  }
  if (!(error instanceof Refusal)) throw error
  return [{ place, constraint: 'type', message: error.message }]
}

/** Reads the parts of a plain value, each by its index; all that does not fit, up to `maxProblems`, is thrown at once. */
export function readParts<T>(count: number, read: (index: number) => T): T[] {
  const values: T[] = []
  let misfits: MisfitCollector | undefined
  for (let index = 0; index < count && misfits?.isFull !== true; index++) {
    try {
      values.push(read(index))
    } catch (error) {
      misfits ??= new MisfitCollector()
      misfits.add(`[${index}]`, error)
    }
  }
  misfits?.finish()
  return values
}

/** A part of a collection, which holds no null. */
export function presentFromPlain<T>(codec: Codec<T>, plain: unknown, nested: Nested): T {
  if (plain === null || plain === undefined) {
    throw new Refusal(`is ${String(plain)}; a collection holds no null`)
  }
  return codec.fromPlain(plain, nested)
}

export function allFromPlain<T>(of: Codec<T>, plain: readonly unknown[], nested: Nested): T[] {
  return readParts(plain.length, (i) => presentFromPlain(of, plain[i], nested))
}

/** The elements of a collection as plain values; of those that were read with empty ones, null stays. */
export function allToPlain(of: Codec, values: Iterable<unknown>, nested: Nested): unknown[] {
  const isWithEmpty = canHoldEmpty(values)
  const plain: unknown[] = []
  try {
    for (const value of values) {
      plain.push(isWithEmpty && value === null ? null : of.toPlain(value, nested))
    }
  } catch (error) {
    // Its place in the message; the way above is the one that is taken.
    let index = 0
    for (const value of values) {
      if (!isWithEmpty || value !== null) {
        presentPart('element', index, value, (present) => of.toPlain(present, nested))
      }
      index++
    }
    throw error
  }
  return plain
}

/** Makes `fromPlain` for a codec that accepts fewer values than the codec it wraps. */
export function checkedFromPlain<V>(
  codec: Codec<V>,
  check: (value: unknown) => unknown,
): Codec<V>['fromPlain'] {
  return (plain, nested) => {
    const value = codec.fromPlain(plain, nested)
    check(value)
    return value
  }
}
