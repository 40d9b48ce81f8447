import type { CqlType } from '../cql/cql-type'
import { isDriverValue } from '../driver/types/is-driver-value'
import type { FieldOrders } from '../driver/types/field-orders'
import { type Codec, Refusal } from './codec'
import { compareComponents } from './compare'
import { bytesParameter } from './parameter'
import { part } from './part'
import { readParts } from './plain-parts'
import { kindOf } from './scalar'
import { eachComponent, encodeComponents } from './wire'

type TupleType = Extract<CqlType, { kind: 'tuple' }>
type Components = readonly unknown[]

/** The class into which the driver reads tuples. */
interface DriverTuple {
  values(): unknown[]
}

/** A tuple as an array of all its components; those without a value are null. */
export function tupleCodec(type: TupleType, of: readonly Codec[]): Codec<Components> {
  const componentsOf = (input: unknown): Components => {
    const given = isDriverValue(input, 'Tuple') ? (input as DriverTuple).values() : input
    if (!Array.isArray(given)) {
      throw new Refusal(`needs an array of ${of.length}; got ${kindOf(input)}`)
    }
    if (given.length > of.length) {
      throw new Refusal(`needs an array of ${of.length}; got one of ${given.length}`)
    }
    return given
  }
  const encode = (values: Components, orders?: FieldOrders) =>
    encodeComponents(
      of.map((codec, i) => (values[i] === null ? null : codec.encode(values[i], orders))),
    )
  return {
    type,
    form: 'native',
    check(input) {
      const given = componentsOf(input)
      return of.map((codec, i) => {
        const value: unknown = given[i] ?? null
        return value === null ? null : part('component', i, value, codec.check)
      })
    },
    toPlain(input, nested) {
      const given = componentsOf(input)
      return of.map((codec, i) => {
        const value: unknown = given[i] ?? null
        return value === null
          ? null
          : part('component', i, value, (present) => codec.toPlain(present, nested))
      })
    },
    fromPlain(plain, nested) {
      const given = componentsOf(plain)
      return readParts(of.length, (i) => {
        const value: unknown = given[i] ?? null
        return value === null ? null : of[i]?.fromPlain(value, nested)
      })
    },
    toDriver: bytesParameter(type, encode),
    encode,
    fromDriver(value, orders) {
      const read = (value as DriverTuple).values()
      return of.map((codec, i) => {
        const component = read[i] ?? null
        return component === null ? null : codec.fromDriver(component, orders)
      })
    },
    decode(bytes, at, length, orders) {
      const values: unknown[] = []
      eachComponent(bytes, at, length, of.length, (i, place, size) => {
        const codec = of[i] as Codec
        values.push(size < 0 ? null : codec.decode(bytes, place, size, orders))
      })
      return values
    },
    compare: (a, b, orders) => compareComponents(of, a, b, orders),
    absent: () => null,
    inner: of,
  }
}
