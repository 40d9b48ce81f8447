import fc from 'fast-check'
import { Uuid } from '../../lib'
import { type Form, Refusal } from '../../lib/codec/codec'
import { codecFor, formsOf } from '../../lib/codec/codec-for'
import { nativeNames } from '../../lib/cql/native-types'
import { parseType, TypeTextError } from '../../lib/cql/parse-type'
import { Long } from '../../lib/driver/types/value-classes'
import { anyValue } from './any-value'
import { edgeValues, nativeTypes, show } from './edge-values'
import { isSame } from './is-same'

const codecOf = (text: string, form?: Form) => codecFor(parseType(text), form)

/** Through the bytes and back, from the middle of a longer buffer as in a frame. */
function throughBytes(text: string, input: unknown, form?: Form): unknown {
  const codec = codecOf(text, form)
  const bytes = codec.encode(codec.check(input))
  const frame = Buffer.concat([Buffer.alloc(3, 0xaa), bytes, Buffer.alloc(3, 0xbb)])
  return codec.decode(frame, 3, bytes.length)
}

describe.each(nativeTypes)('%s', (type) => {
  it('keeps its edge values', () => {
    for (const value of edgeValues[type]) {
      expect(show(throughBytes(type, value))).toBe(show(value))
    }
  })

  it('keeps any value, and tells equal values from others', () => {
    const codec = codecOf(type)
    fc.assert(
      fc.property(anyValue[type], anyValue[type], (value, other) => {
        const back = throughBytes(type, value)
        expect(show(back)).toBe(show(value))
        expect(isSame(codec, back, value)).toBe(true)
        // Numbers are the same in more than one way: 1.0 and 1.00, and months are not days.
        if (type !== 'decimal')
          expect(isSame(codec, value, other)).toBe(show(value) === show(other))
      }),
      { numRuns: 60 },
    )
  })

  it('keeps any value in collections, tuples and vectors', () => {
    const dimensions =
      type === 'float' ? fc.float({ noDefaultInfinity: true, noNaN: true }) : anyValue[type]
    fc.assert(
      fc.property(
        fc.array(anyValue[type], { maxLength: 6 }),
        dimensions,
        dimensions,
        (values, one, two) => {
          const unique = [...new Map(values.map((value) => [show(value), value])).values()].filter(
            (value) => !Object.is(value, -0),
          )
          for (const [around, value] of [
            [`list<${type}>`, values],
            [`frozen<list<frozen<list<${type}>>>>`, [values, [], values]],
            [`set<${type}>`, new Set(unique)],
            [`map<${type}, int>`, new Map(unique.map((each, i) => [each, i]))],
            [`map<text, ${type}>`, new Map(values.map((each, i) => [`k${i}`, each]))],
            [`tuple<int, ${type}, ${type}>`, [null, one, null]],
            [`vector<${type}, 2>`, [one, two]],
            [`vector<vector<${type}, 1>, 2>`, [[one], [two]]],
            [`vector<frozen<list<${type}>>, 2>`, [values, []]],
          ] as const) {
            expect(show(throughBytes(around, value))).toBe(show(value))
            const codec = codecOf(around)
            expect(isSame(codec, codec.check(value), throughBytes(around, value))).toBe(true)
          }
        },
      ),
      { numRuns: 5 },
    )
  })

  const forms = formsOf(parseType(type)).filter((form) => form !== 'native')
  if (forms.length > 0) {
    it.each(forms)("with as: '%s' holds the same, or says that it cannot", (form) => {
      const [native, other] = [codecOf(type), codecOf(type, form)]
      fc.assert(
        fc.property(
          fc.oneof(anyValue[type], fc.constantFrom<unknown>(...edgeValues[type])),
          (value) => {
            let checked: unknown
            try {
              checked = other.check(value)
            } catch (error) {
              expect(error).toBeInstanceOf(Refusal)
              expect(form).toBe('number')
              return
            }
            expect(typeof checked).toBe(form)
            const sent = other.encode(checked)
            expect(isSame(native, native.decode(sent, 0, sent.length), value)).toBe(true)
            expect(isSame(other, other.decode(sent, 0, sent.length), checked)).toBe(true)
            expect(isSame(other, other.fromDriver(driverValue(type, value)), checked)).toBe(true)
          },
        ),
        { numRuns: 60 },
      )
    })
  }
})

/** What the driver reads for it. */
function driverValue(type: string, value: unknown): unknown {
  return type === 'bigint' ? Long.fromString(String(value)) : value
}

it('reads sets as arrays and maps as objects', () => {
  expect(throughBytes('set<int>', new Set([1, 2]), 'array')).toEqual([1, 2])
  const object = throughBytes(
    'map<uuid, int>',
    { [String(Uuid.fromString('0'.repeat(8) + '-0000-0000-0000-000000000000'))]: 1 },
    'object',
  )
  expect({ ...(object as object) }).toEqual({ '00000000-0000-0000-0000-000000000000': 1 })
  expect(Object.getPrototypeOf(object)).toBeNull()
})

it('reads a vector of floats as a Float32Array', () => {
  const read = throughBytes('vector<float, 3>', [1, 2.5, -3], 'float32')
  expect(read).toEqual(Float32Array.of(1, 2.5, -3))
  expect(throughBytes('vector<float, 3>', Float32Array.of(1, 2.5, -3))).toEqual([1, 2.5, -3])
})

it('reads a tuple that has grown since it was written', () => {
  const two = codecOf('tuple<int, text>')
  const short = codecOf('tuple<int>').encode([7])
  expect(two.decode(short, 0, short.length)).toEqual([7, null])
  expect(two.decode(Buffer.alloc(0), 0, 0)).toEqual([null, null])
  expect(two.check([7])).toEqual([7, null])
  expect(two.check([7, undefined])).toEqual([7, null])
  expect(isSame(two, [7, null], [7, 'a'])).toBe(false)
})

it.each([0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152])(
  'keeps a text of %i characters in a vector',
  (length) => {
    expect(throughBytes('vector<ascii, 2>', ['x'.repeat(length), 'y'])).toEqual([
      'x'.repeat(length),
      'y',
    ])
  },
)

it('keeps nothing of a frame alive', () => {
  for (const type of ['blob', 'uuid', 'timeuuid', 'inet'] as const) {
    const frame = Buffer.alloc(64, 1)
    const length = type === 'inet' ? 4 : 16
    if (type === 'timeuuid') frame[6] = 0x10
    const read = codecOf(type).decode(frame, 0, length)
    const before = show(read)
    frame.fill(2)
    expect(show(read)).toBe(before)
  }
})

it('has a codec for every native type', () => {
  for (const name of nativeNames) expect(codecOf(name).type).toEqual({ kind: 'native', name })
  expect(() => parseType('strng', { userTypes: false })).toThrow(TypeTextError)
})
