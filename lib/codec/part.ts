import { Refusal } from './codec'

/** Checks or converts a part of a value; what is refused is said with the part's place. */
export function part<T>(place: string, value: unknown, convert: (value: unknown) => T): T {
  try {
    return convert(value)
  } catch (error) {
    throw error instanceof Refusal
      ? new Refusal(`${place} ${error.message}`, { cause: error.cause })
      : error
  }
}

/** A part that must be there, as in all collections. */
export function presentPart<T>(place: string, value: unknown, convert: (value: unknown) => T): T {
  if (value === undefined || value === null) {
    throw new Refusal(`${place} is ${String(value)}; a collection holds no null`)
  }
  return part(place, value, convert)
}
