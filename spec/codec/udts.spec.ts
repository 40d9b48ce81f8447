import { anyOrder } from '../../lib/codec/parameter'
import { Refusal } from '../../lib/codec/codec'
import { codecFor } from '../../lib/codec/codec-for'
import type { UserTypeShape } from '../../lib/codec/udts'
import type { ServerType } from '../../lib/driver/types/server-type'
import { parseType } from '../../lib/cql/parse-type'
import { MissingFieldError, UnorderedParameter } from '../../lib/driver/types/field-orders'
import { isSame } from './is-same'

class Point {
  x!: number | null
  label: string | null = 'initial'
}

const shape: UserTypeShape = {
  entity: 'Point',
  fields: new Map([
    ['x', { name: 'x_', codec: codecFor(parseType('int')) }],
    ['label', { name: 'label', codec: codecFor(parseType('text')) }],
  ]),
  create: () => new Point() as unknown as Record<string, unknown>,
  isOwnState: (property) => property === 'cache',
  defaultOf: () => undefined,
}
const codec = codecFor({ kind: 'udt', name: 'point' }, 'native', new Map([['point', shape]]))
const userTypes = new Map([['point', shape]])
const ordered = (...fields: string[]) => ({
  of: (type: string) => (type === 'point' ? fields : undefined),
})

it('orders the fields as it is told, and reads them in that order', () => {
  const value = codec.check({ x: 1, label: 'a' })
  const [one, other] = [ordered('x_', 'label'), ordered('label', 'unmapped', 'x_')]
  expect(codec.encode(value, one).toString('hex')).toBe('00000004000000010000000161')
  expect(codec.encode(value, other).toString('hex')).toBe('0000000161ffffffff0000000400000001')
  for (const orders of [one, other]) {
    const bytes = codec.encode(value, orders)
    const read = codec.decode(bytes, 0, bytes.length, orders)
    expect(read).toBeInstanceOf(Point)
    expect(read).toEqual({ x: 1, label: 'a' })
    expect(isSame(codec, read, codec.fromDriver({ x_: 1, label: 'a', unmapped: null }))).toBe(true)
  }
})

it('reads fields that are missing as null, whatever the initializer says', () => {
  const bytes = codec.encode(codec.check({ x: 1 }), ordered('x_'))
  expect(codec.decode(bytes, 0, bytes.length, ordered('x_', 'label'))).toEqual({
    x: 1,
    label: null,
  })
  expect(codec.fromDriver({ x_: 1 })).toEqual({ x: 1, label: null })
})

it('never has bytes in an order that nobody told', () => {
  const value = codec.check({ x: 1 })
  expect(() => codec.encode(value)).toThrow(MissingFieldError)
  expect(() => codec.encode(value, { of: () => undefined })).toThrow(
    "the type 'point' of Point does not exist in the keyspace",
  )
  expect(() => codec.decode(Buffer.alloc(0), 0, 0)).toThrow(MissingFieldError)
  for (const around of [
    'frozen<point>',
    'list<frozen<point>>',
    'set<frozen<point>>',
    'map<int, frozen<point>>',
    'tuple<int, point>',
    'vector<point, 1>',
  ]) {
    const outer = codecFor(parseType(around), 'native', userTypes)
    const given = around.startsWith('map')
      ? new Map([[1, { x: 1 }]])
      : around.startsWith('tuple')
        ? [1, { x: 1 }]
        : around.startsWith('frozen')
          ? { x: 1 }
          : [{ x: 1 }]
    const checked = outer.check(given)
    expect(() => outer.encode(checked)).toThrow(MissingFieldError)
    const parameter = outer.toDriver(checked)
    expect(parameter).toBeInstanceOf(UnorderedParameter)
    const orders = ordered('label', 'x_')
    const bytes = (parameter as UnorderedParameter).encode(orders)
    const read = outer.decode(bytes, 0, bytes.length, orders)
    expect(isSame(outer, read, outer.decode(bytes, 0, bytes.length, orders))).toBe(true)
    expect(outer.encode(checked, orders).equals(bytes)).toBe(true)
  }
})

it('refuses to lose a field that the keyspace does not have, but not a null', () => {
  const orders = ordered('x_')
  expect(() => codec.encode(codec.check({ label: 'a' }), orders)).toThrow(
    "the type 'point' has no field 'label', which is Point.label",
  )
  expect(codec.encode(codec.check({ x: 1, label: null }), orders).length).toBe(8)
})

it('takes instances and objects of the fields, and nothing else', () => {
  expect({ ...(codec.check(new Point()) as object) }).toEqual({ x: null, label: 'initial' })
  expect({ ...(codec.check({ x: 5n, cache: 'kept aside' }) as object) }).toEqual({
    x: 5,
    label: null,
  })
  for (const [input, message] of [
    [5, 'needs an instance of Point or an object of its fields; got a number'],
    [[1], 'needs an instance of Point or an object of its fields; got an array'],
    [new Map(), 'needs an instance of Point or an object of its fields; got a value of class Map'],
    [
      new Date(),
      'needs an instance of Point or an object of its fields; got a value of class Date',
    ],
    [{ lable: 'a' }, "has 'lable', which is not a field of Point; did you mean 'label'?"],
    [{ x: 'a' }, 'field x needs a whole number from -2147483648 to 2147483647; got a string'],
  ] as const) {
    expect(() => codec.check(input)).toThrow(new Refusal(message))
  }
})

it('compares values without an order', () => {
  const set = codecFor(parseType('set<frozen<point>>'), 'native', userTypes)
  const point = (x: number) => Object.assign(new Point(), { x })
  expect(isSame(set, new Set([point(1), point(2)]), new Set([point(2), point(1)]))).toBe(true)
  expect(isSame(set, new Set([point(1)]), new Set([point(2)]))).toBe(false)
  expect(codec.encode(codec.check(point(1)), anyOrder).length).toBeGreaterThan(0)
})

describe('a field that the class does not have, read by the driver', () => {
  const withType = (type: ServerType) => ({
    of: (name: string) =>
      name === 'point' ? ['x_', 'extra'] : name === 'inner' ? ['a', 'b'] : undefined,
    typeOf: (name: string, field: string) =>
      name === 'point' && field === 'extra'
        ? type
        : type.kind === 'udt'
          ? type.fields.find((each) => each.name === field)?.type
          : undefined,
  })
  const text: ServerType = { kind: 'native', name: 'text' }
  const texts: ServerType = { kind: 'list', of: text }
  const unknown: ServerType = { kind: 'unknown', name: 'org.example.Unknown' }
  const inner: ServerType = {
    kind: 'udt',
    name: 'inner',
    fields: [
      { name: 'a', type: { kind: 'set', of: text } },
      { name: 'b', type: unknown },
    ],
  }

  it.each([
    ['a text', text, 'é', 'c3a9'],
    ['an empty list', texts, [], '00000000'],
    ['a type that coodie does not know', unknown, Buffer.from('beef', 'hex'), 'beef'],
    [
      'a type of such types',
      inner,
      { a: ['x'], b: Buffer.from('07', 'hex') },
      '000000090000000100000001780000000107',
    ],
  ])('keeps its bytes: %s', (_, type, value, bytes) => {
    const orders = withType(type)
    const read = codec.fromDriver({ x_: 1, extra: value }, orders)
    expect(read).toEqual({ x: 1, label: null })
    const sent = codec.encode(codec.check(read), orders).toString('hex')
    expect(sent).toBe(`0000000400000001${(bytes.length / 2).toString(16).padStart(8, '0')}${bytes}`)
  })

  it.each([
    ['its type is not known', undefined],
    [
      'a map has keys that are not exact',
      withType({ kind: 'map', key: { kind: 'tuple', of: [text] }, value: text }),
    ],
  ])('refuses the write if %s', (_, orders) => {
    const read = codec.fromDriver({ x_: 1, extra: { key: 'v' } }, orders)
    expect(() => codec.check(read)).toThrow(
      "was read with a value of the field 'extra', which Point does not have and which the driver did not read exactly; " +
        'declare the field, or give a new value',
    )
  })
})
