import fc from 'fast-check'
import { json } from '../../lib'
import { type Codec, type Nested, Refusal } from '../../lib/codec/codec'
import { codecFor, formsOf } from '../../lib/codec/codec-for'
import { Misfits } from '../../lib/codec/plain-parts'
import { transformedCodec } from '../../lib/codec/transform/transformed'
import { parseType } from '../../lib/cql/parse-type'
import { anyValue } from './any-value'
import { edgeValues, nativeTypes, showEqual as show } from './edge-values'

const noTypes: Nested = () => {
  throw new Error('there are no user-defined types here')
}
const codecOf = (text: string, form?: Parameters<typeof codecFor>[1]) =>
  codecFor(parseType(text), form)
const plainOf = (codec: Codec, value: unknown): unknown => codec.toPlain(value, noTypes)
const throughJson = (codec: Codec, value: unknown): unknown =>
  codec.fromPlain(JSON.parse(JSON.stringify(plainOf(codec, value))), noTypes)

describe.each(nativeTypes)('%s', (type) => {
  it('comes back from JSON as it was, in every form and container', () => {
    const inVector =
      type === 'float' ? fc.float({ noDefaultInfinity: true, noNaN: true }) : anyValue[type]
    fc.assert(
      fc.property(
        fc.oneof(anyValue[type], fc.constantFrom<unknown>(...edgeValues[type])),
        fc.array(anyValue[type], { maxLength: 5 }),
        inVector,
        (value, values, element) => {
          expect(show(throughJson(codecOf(type), value))).toBe(show(value))
          const unique = [...new Map(values.map((each) => [show(each), each])).values()].filter(
            (each) => !Object.is(each, -0),
          )
          for (const [around, whole] of [
            [`list<${type}>`, values],
            [`frozen<list<frozen<list<${type}>>>>`, [values, [], values]],
            [`set<${type}>`, new Set(unique)],
            [`map<${type}, int>`, new Map(unique.map((each, i) => [each, i]))],
            [`map<text, ${type}>`, new Map(values.map((each, i) => [`k${i}`, each]))],
            [`tuple<int, ${type}, ${type}>`, [null, value, null]],
            [`vector<${type}, 2>`, [element, element]],
          ] as const) {
            expect(show(throughJson(codecOf(around), whole))).toBe(show(whole))
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})

const otherForms = nativeTypes.flatMap((type) =>
  formsOf(parseType(type))
    .filter((form) => form !== 'native')
    .map((form) => [type, form] as const),
)

it.each(otherForms)("%s comes back with as: '%s'", (type, form) => {
  const codec = codecOf(type, form)
  for (const value of edgeValues[type]) {
    let given: unknown
    try {
      given = codec.check(value)
    } catch (error) {
      expect(error).toBeInstanceOf(Refusal)
      continue
    }
    expect(throughJson(codec, given)).toEqual(given)
    expect(typeof plainOf(codec, given)).toBe(form)
  }
})

it.each([
  ['uuid', 'c0ffee00-0000-4000-8000-000000000001', 'c0ffee00-0000-4000-8000-000000000001'],
  ['bigint', 9_007_199_254_740_993n, '9007199254740993'],
  ['varint', 5, '5'],
  ['decimal', '1.50', '1.50'],
  ['int', 7n, 7],
  ['text', 'x', 'x'],
  ['boolean', false, false],
  ['double', -0, '-0'],
  ['double', Number.NaN, 'NaN'],
  ['float', 1.5, 1.5],
  ['timestamp', new Date(0), '1970-01-01T00:00:00.000Z'],
  ['timestamp', 1, '1970-01-01T00:00:00.001Z'],
  ['date', '2024-02-29', '2024-02-29'],
  ['time', '01:02:03', '01:02:03'],
  ['duration', '1mo2d3h', '1mo2d3h'],
  ['inet', '127.0.0.1', '127.0.0.1'],
  ['blob', Buffer.from('00ff', 'hex'), 'AP8='],
  ['set<bigint>', new Set([1n]), ['1']],
  [
    'map<uuid, bigint>',
    new Map([['c0ffee00-0000-4000-8000-000000000001', 1n]]),
    { 'c0ffee00-0000-4000-8000-000000000001': '1' },
  ],
  ['map<int, text>', new Map([[1, 'a']]), [[1, 'a']]],
  ['tuple<int, blob>', [1, Buffer.from('a')], [1, 'YQ==']],
  ['vector<float, 2>', Float32Array.of(1, 2.5), [1, 2.5]],
] as const)('%s: %p is %p', (type, value, plain) => {
  expect(plainOf(codecOf(type), value)).toEqual(plain)
})

it('keeps a key that is the name of the prototype', () => {
  const codec = codecOf('map<text, int>')
  const plain = plainOf(codec, new Map([['__proto__', 1]]))
  expect(Object.keys(plain as object)).toEqual(['__proto__'])
  expect(throughJson(codec, new Map([['__proto__', 1]]))).toEqual(new Map([['__proto__', 1]]))
})

it('gives a vector of floats and maps in their other forms', () => {
  expect(throughJson(codecOf('vector<float, 2>', 'float32'), [1, 2])).toEqual(Float32Array.of(1, 2))
  expect(throughJson(codecOf('set<int>', 'array'), [1, 2])).toEqual([1, 2])
  expect({ ...(throughJson(codecOf('map<text, bigint>', 'object'), { a: 1n }) as object) }).toEqual(
    {
      a: 1n,
    },
  )
})

it.each([
  ['uuid', 'c0ffee00-0000-4000-8000-00000000000g', 'needs a uuid or its text'],
  ['uuid', 'c0ffee00x0000-4000-8000-000000000001', 'needs a uuid or its text'],
  ['uuid', 'c0ffee00-0000-4000-8000-00000000000é', 'needs a uuid or its text'],
  ['uuid', 'g0ffee00-0000-4000-8000-000000000001', 'needs a uuid or its text'],
  ['text', 5, 'needs a string; got a number'],
  ['int', '5', 'needs a whole number'],
  ['int', 1.5, 'got a fraction'],
  ['bigint', 2 ** 53, 'beyond 2 ** 53'],
  ['double', 'many', 'needs a number; got a string'],
  ['boolean', 'true', 'needs true or false; got a string'],
  [
    'timestamp',
    '2023-02-29T00:00:00Z',
    'needs a time in ISO form, YYYY-MM-DDTHH:MM:SS.sssZ; got another text',
  ],
  ['timestamp', '2024-01-01T10:00:00', 'needs a time in ISO form'],
  ['timestamp', 'March 5', 'needs a time in ISO form'],
  ['blob', 'A', 'needs bytes as base64 with its padding; got another text'],
  ['blob', 'A_8=', 'needs bytes as base64'],
  ['list<int>', { length: 1 }, 'needs an array; got an object'],
  ['map<int, text>', { a: 'b' }, 'needs a Map; got an object'],
  ['map<int, text>', [[1]], 'needs an array of a key and a value; got an array'],
  ['vector<float, 2>', [1, 'NaN'], 'must be finite'],
  ['vector<float, 2>', [1], 'needs an array of 2; got one of 1'],
] as const)('%s refuses %p', (type, plain, message) => {
  expect(() => codecOf(type).fromPlain(plain, noTypes)).toThrow(message)
})

it('tells all parts that do not fit, each with its place', () => {
  const codec = codecOf('map<text, frozen<list<int>>>')
  let thrown: unknown
  try {
    codec.fromPlain({ a: [1, 'x'], b: null, c: 'y' }, noTypes)
  } catch (error) {
    thrown = error
  }
  expect((thrown as Misfits).all.map(({ place }) => place)).toEqual(['[0][1]', '[1]', '[2]'])
  expect(String(thrown)).toContain('[1] is null; a collection holds no null')
})

it('refuses to make a plain value of what the type does not hold', () => {
  expect(() => plainOf(codecOf('list<text>'), ['a', 5])).toThrow('element 1 needs a string')
  expect(() => plainOf(codecOf('list<text>'), ['a', null])).toThrow('element 1 is null')
  expect(() => plainOf(codecOf('timestamp'), new Date(Number.NaN))).toThrow('an invalid Date')
  expect(() => plainOf(codecOf('tuple<int, int>'), [1, 'a'])).toThrow('component 1 needs')
  expect(() => plainOf(codecOf('map<text, int>'), { a: 'b' })).toThrow('the value of entry 0')
})

describe('a transformer', () => {
  const cents = transformedCodec(codecOf('bigint'), {
    to: (value) => BigInt(Math.round(Number(value) * 100)),
    from: (value) => Number(value) / 100,
  })

  it('stands between the property and what JSON holds', () => {
    expect(plainOf(cents, 1.25)).toBe('125')
    expect(throughJson(cents, 1.25)).toBe(1.25)
  })

  it('that keeps JSON gives that', () => {
    const codec = transformedCodec(codecOf('text'), json() as never)
    const value = { theme: 'dark', at: new Date(0), none: undefined, list: [1, undefined, NaN] }
    const plain = { theme: 'dark', at: '1970-01-01T00:00:00.000Z', list: [1, null, null] }
    expect(plainOf(codec, value)).toEqual(plain)
    expect(throughJson(codec, value)).toEqual(plain)
    expect(plainOf(codec, 'text')).toBe('text')
    const list = [1]
    expect(plainOf(codec, list)).not.toBe(list)
  })

  it('that keeps JSON refuses what has none', () => {
    const codec = transformedCodec(codecOf('text'), json() as never)
    const circle: Record<string, unknown> = {}
    circle['self'] = circle
    expect(() => plainOf(codec, { n: 1n })).toThrow(
      'needs a value that JSON can hold; it contains a bigint',
    )
    expect(() => plainOf(codec, circle)).toThrow(
      'needs a value that JSON can hold; it contains itself',
    )
    expect(() => plainOf(codec, () => 1)).toThrow(
      'needs a value that JSON can hold; got a function',
    )
  })
})
