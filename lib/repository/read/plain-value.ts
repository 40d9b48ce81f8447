import type { Codec } from '../../codec/codec'
import { NoCodecError, codecFor } from '../../codec/codec-for'
import type { CqlType } from '../../cql/cql-type'
import { type DataType, cqlTypeOf, fieldsOf, partsOf } from '../../driver/internals/data-type'

type Read = (value: unknown) => unknown

/** The codec of a type without a class; undefined for user-defined types, and what holds them. */
export function plainCodec(type: CqlType): Codec | undefined {
  try {
    return codecFor(type)
  } catch (error) {
    if (error instanceof NoCodecError) return undefined
    throw error
  }
}

/**
 * From what the driver read to the property type of such a column; null where there is nothing. A user-defined
 * type is a plain object here.
 */
export function readerOf(type: DataType): Read {
  const cqlType = cqlTypeOf(type)
  const codec = cqlType && plainCodec(cqlType)
  const read = codec === undefined ? readerOfParts(type, cqlType) : codec.fromDriver
  return (value) => (value === null || value === undefined ? null : read(value))
}

function readerOfParts(type: DataType, cqlType: CqlType | undefined): Read {
  switch (cqlType?.kind) {
    case 'udt': {
      const fields = fieldsOf(type).map((field) => [field.name, readerOf(field.type)] as const)
      return (value) =>
        Object.fromEntries(
          fields.map(([name, read]) => [name, read((value as Record<string, unknown>)[name])]),
        )
    }
    case 'list':
    case 'set': {
      const [read = String] = partsOf(type).map(readerOf)
      const readAll = (value: unknown) =>
        Array.from(value as Iterable<unknown>, (each) => read(each))
      return cqlType.kind === 'list' ? readAll : (value) => new Set(readAll(value))
    }
    case 'map': {
      const [key = String, read = String] = partsOf(type).map(readerOf)
      return (value) =>
        new Map(
          Array.from(value instanceof Map ? value : Object.entries(value as object), ([k, v]) => [
            key(k),
            read(v),
          ]),
        )
    }
    case 'tuple': {
      const parts = partsOf(type).map(readerOf)
      return (value) => {
        const { elements } = value as { readonly elements: readonly unknown[] }
        return parts.map((read, i) => read(elements[i]))
      }
    }
    case 'native':
    case 'frozen':
    case 'vector':
    case undefined:
      return (value) => value
  }
}
