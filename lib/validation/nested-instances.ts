import { isFields } from '../codec/udts'
import type { CqlType } from '../cql/cql-type'
import type { UserTypeMetadata } from '../metadata/user-type'

/** A value of a user-defined type inside a property. */
export interface NestedInstance {
  readonly metadata: UserTypeMetadata
  readonly value: object
  /** `address`, `addresses[1]`; of sets and maps the place is that in their order. */
  readonly path: string
}

/** The values of user-defined types in a value of a type, outermost ones alone. */
export function nestedInstances(
  type: CqlType,
  value: unknown,
  path: string,
  userTypes: readonly UserTypeMetadata[],
): readonly NestedInstance[] {
  if (typeof value !== 'object' || value === null) return []
  const all = (of: CqlType, values: Iterable<unknown>) =>
    Array.from(values, (each, i) => nestedInstances(of, each, `${path}[${i}]`, userTypes)).flat()
  switch (type.kind) {
    case 'native':
      return []
    case 'frozen':
      return nestedInstances(type.of, value, path, userTypes)
    case 'udt': {
      const metadata = userTypes.find(({ type: name }) => name === type.name)
      return metadata !== undefined && isFields(value) ? [{ metadata, value, path }] : []
    }
    case 'list':
    case 'set':
    case 'vector':
      return Symbol.iterator in value ? all(type.of, value as Iterable<unknown>) : []
    case 'tuple':
      return Array.isArray(value)
        ? type.of.flatMap((of, i) => nestedInstances(of, value[i], `${path}[${i}]`, userTypes))
        : []
    case 'map': {
      const entries = value instanceof Map ? [...value] : Object.entries(value)
      return [
        ...all(
          type.key,
          entries.map(([key]) => key),
        ),
        ...all(
          type.value,
          entries.map(([, each]) => each),
        ),
      ]
    }
  }
}
