import { Refusal } from './codec'

/**
 * Checks or converts a part of a value; what is refused is said with the part's place, `element 3`, which is put
 * together only then.
 */
export function part<T>(
  kind: string,
  place: string | number,
  value: unknown,
  convert: (value: unknown) => T,
): T {
  try {
    return convert(value)
  } catch (error) {
    throw error instanceof Refusal
      ? new Refusal(`${kind} ${place} ${error.message}`, { cause: error.cause })
      : error
  }
}

/** A part that must be there, as in all collections. */
export function presentPart<T>(
  kind: string,
  place: number,
  value: unknown,
  convert: (value: unknown) => T,
): T {
  if (value === undefined || value === null) {
    throw new Refusal(`${kind} ${place} is ${String(value)}; a collection holds no null`)
  }
  return part(kind, place, value, convert)
}
