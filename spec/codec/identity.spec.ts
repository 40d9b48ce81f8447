import fc from 'fast-check'
import { Uuid } from '../../lib'
import type { Codec } from '../../lib/codec/codec'
import { codecFor } from '../../lib/codec/codec-for'
import { identityOf } from '../../lib/codec/identity'
import { anyOrder } from '../../lib/codec/parameter'
import type { UserTypeShape } from '../../lib/codec/udts'
import { parseType } from '../../lib/cql/parse-type'
import { anyValue } from './any-value'
import { nativeTypes, show } from './edge-values'

const money: UserTypeShape = {
  entity: 'Money',
  fields: new Map([
    ['amount', { name: 'amount', codec: codecFor(parseType('decimal')) }],
    ['tags', { name: 'tags', codec: codecFor(parseType('set<text>')) }],
  ]),
  create: () => ({}),
  isOwnState: () => false,
  defaultOf: () => undefined,
}
const userTypes = new Map([['money', money]])
const codecOf = (type: string) => codecFor(parseType(type), 'native', userTypes)
const identity = (codec: Codec, value: unknown) =>
  identityOf(codec, codec.encode(codec.check(value), anyOrder))

/** The identity of bytes in hex. */
const ofBytes = (type: string, hex: string) => identityOf(codecOf(type), Buffer.from(hex, 'hex'))

describe.each(nativeTypes)('%s', (type) => {
  it('has one identity for each value, in whatever holds it', () => {
    const same = (a: unknown, b: unknown) =>
      identity(codecOf(type), a) === identity(codecOf(type), b)
    fc.assert(
      fc.property(anyValue[type], anyValue[type], (one, other) => {
        expect(same(one, one)).toBe(true)
        // 1.0 and 1.00 are one value; their texts are not.
        if (type !== 'decimal') expect(same(one, other)).toBe(show(one) === show(other))
        for (const [around, wrap] of [
          [`list<${type}>`, (value: unknown) => [value, value]],
          [`set<${type}>`, (value: unknown) => new Set([value])],
          [`map<${type}, int>`, (value: unknown) => new Map([[value, 1]])],
          [`map<text, ${type}>`, (value: unknown) => new Map([['a', value]])],
          [`tuple<int, ${type}>`, (value: unknown) => [1, value]],
          [`frozen<list<frozen<tuple<${type}>>>>`, (value: unknown) => [[value]]],
          ...(type === 'float'
            ? []
            : ([[`vector<${type}, 1>`, (value: unknown) => [value]]] as const)),
        ] as const) {
          const codec = codecOf(around)
          expect(identity(codec, wrap(one)) === identity(codec, wrap(other))).toBe(same(one, other))
        }
      }),
      { numRuns: 60 },
    )
  })
})

it.each([
  ['decimal', '000000000a', '0000000164', 'ffffffff01'],
  ['decimal', '0000000000', '0000000500', 'fffffff000'],
  ['decimal', '00000001ff9c', '00000000f6', 'ffffffffff'],
  ['varint', '01', '0001', '000001'],
  ['varint', 'ff', 'ffff'],
  ['inet', '0a000001', '00000000000000000000ffff0a000001'],
  ['boolean', '01', 'ff'],
  ['float', '7fc00000', 'ffc00000', '7f800001'],
  ['double', '7ff8000000000000', 'fff8000000000001'],
  ['tuple<int, text>', '0000000400000001', '0000000400000001ffffffff'],
  ['tuple<int, text>', '', 'ffffffff', 'ffffffffffffffff'],
])('%s: several spellings of one value have one identity', (type, ...spellings) => {
  expect(new Set(spellings.map((hex) => ofBytes(type, hex))).size).toBe(1)
})

it.each([
  ['float', '00000000', '80000000', ''],
  ['double', '0000000000000000', '8000000000000000', ''],
  ['decimal', '0000000001', '00000000ff', '0000000101', ''],
  ['inet', '0a000001', '0000000000000000000000000a000001', '00000000000000000000fffe0a000001'],
  ['text', 'c3a9', '65cc81', ''],
  ['tuple<text, text>', '', '00000000', 'ffffffff00000000', '0000000000000000'],
  ['tuple<set<int>>', 'ffffffff', '0000000400000000'],
  ['list<text>', '00000002000000016100000000', '00000002000000000000000161', '000000010000000161'],
  ['list<text>', '0000000100000003313a61', '0000000200000001310000000161'],
  ['vector<text, 2>', '016100', '000161'],
])('%s: these are different values', (type, ...values) => {
  expect(new Set(values.map((hex) => ofBytes(type, hex))).size).toBe(values.length)
})

it('compares sets and maps without their order, at any depth', () => {
  const ids = ['0'.repeat(8), '1'.repeat(8)].map((start) =>
    Uuid.fromString(`${start}-0000-0000-0000-000000000000`),
  )
  const again = ids.map((id) => Uuid.fromString(String(id)))
  for (const [type, one, other] of [
    ['set<uuid>', ids, [again[1], again[0]]],
    ['set<uuid>', ids, [...again, ...ids]],
    ['set<decimal>', ['1.0', '2'], ['2.00', '1', '1.0']],
    ['map<text, int>', { a: 1, b: 2 }, { b: 2, a: 1 }],
    ['map<decimal, int>', new Map([['1.0', 1]]), new Map([['1', 1]])],
    ['list<frozen<set<int>>>', [[1, 2]], [[2, 1]]],
    ['tuple<int, set<int>>', [1, [1, 2]], [1, [2, 1]]],
    ['set<frozen<set<int>>>', [[1, 2], [3]], [[3], [2, 1]]],
    ['vector<set<int>, 2>', [[1, 2], []], [[2, 1], []]],
    ['map<text, frozen<set<int>>>', { a: [1, 2] }, { a: [2, 1] }],
    ['money', { amount: '1.0', tags: ['a', 'b'] }, { amount: '1.00', tags: ['b', 'a'] }],
    ['list<frozen<money>>', [{ amount: '1.0' }], [{ amount: 1n, tags: null }]],
  ] as const) {
    expect(identity(codecOf(type), one)).toBe(identity(codecOf(type), other))
  }
  expect(identity(codecOf('list<int>'), [1, 2])).not.toBe(identity(codecOf('list<int>'), [2, 1]))
  expect(identity(codecOf('map<int, int>'), new Map([[1, 2]]))).not.toBe(
    identity(codecOf('map<int, int>'), new Map([[2, 1]])),
  )
  expect(identity(codecOf('money'), { amount: '1' })).not.toBe(
    identity(codecOf('money'), { amount: '1', tags: [] }),
  )
})

it('keeps the last value of a key that is there twice', () => {
  const entry = (value: string) => `00000001610000000${value.length / 2}${value}`
  expect(ofBytes('map<text, text>', `00000002${entry('62')}${entry('63')}`)).toBe(
    ofBytes('map<text, text>', `00000001${entry('63')}`),
  )
})

it.each(['double', 'float'])('sends a NaN of any bits as one %s', (type) => {
  const codec = codecOf(type)
  const [other] = new Float64Array(new BigUint64Array([0x7ff8_0000_0000_0001n]).buffer)
  const bytes = (value: unknown) => codec.encode(codec.check(value))
  expect(bytes(other)).toEqual(bytes(Number.NaN))
  const sent = Buffer.alloc(8)
  sent.writeDoubleBE(codec.toDriver(codec.check(other)) as number)
  expect(sent.toString('hex')).toBe('7ff8000000000000')
})
