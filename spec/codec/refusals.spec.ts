import { Duration, LocalDate, TimeUuid, Uuid } from '../../lib'
import { type Form, Refusal } from '../../lib/codec/codec'
import { NoCodecError, codecFor, formsOf } from '../../lib/codec/codec-for'
import { parseType } from '../../lib/cql/parse-type'

function refusalOf(type: string, input: unknown, form?: Form): string {
  try {
    codecFor(parseType(type), form).check(input)
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
  return 'taken'
}

const whole = (name: string) =>
  ({
    tinyint: 'needs a whole number from -128 to 127',
    smallint: 'needs a whole number from -32768 to 32767',
    int: 'needs a whole number from -2147483648 to 2147483647',
  })[name]

class Secret {
  readonly text = 'hunter2'
}

describe('what a value of another kind is told', () => {
  const cases: readonly [type: string, input: unknown, message: string, form?: Form][] = [
    ['tinyint', 300, `${whole('tinyint')}; got one out of range`],
    ['tinyint', 1.5, `${whole('tinyint')}; got a fraction`],
    ['smallint', 32_768, `${whole('smallint')}; got one out of range`],
    ['int', 1.5, `${whole('int')}; got a fraction`],
    ['int', Number.NaN, `${whole('int')}; got NaN`],
    ['int', '5', `${whole('int')}; got a string`],
    ['int', true, `${whole('int')}; got a boolean`],
    ['int', 2n ** 40n, `${whole('int')}; got one out of range`],
    ['float', 1e39, 'needs a number that a float can hold; got one out of range'],
    ['double', '1', 'needs a number; got a string'],
    ['double', 2n ** 60n + 1n, 'needs a number; got a bigint that a double cannot hold exactly'],
    ['boolean', 'false', 'needs true or false; got a string'],
    ['boolean', 0, 'needs true or false; got a number'],
    [
      'bigint',
      2 ** 53,
      'needs a bigint; got a number beyond 2 ** 53, which has lost digits already',
    ],
    ['bigint', 1.5, 'needs a bigint or a whole number; got a fraction'],
    ['bigint', Number.NaN, 'needs a bigint or a whole number; got NaN'],
    ['bigint', '12x', 'needs a bigint, a whole number or a text of digits; got another text'],
    ['bigint', 2n ** 63n, 'needs a whole number of 64 bits; got one out of range'],
    [
      'bigint',
      new Secret(),
      'needs a bigint, a whole number or a text of digits; got a value of class Secret',
    ],
    [
      'bigint',
      2n ** 60n,
      "holds a number beyond 2 ** 53, which as: 'number' would round; use bigint or as: 'string'",
      'number',
    ],
    ['varint', {}, 'needs a bigint, a whole number or a text of digits; got an object'],
    [
      'decimal',
      '1,5',
      'needs a BigDecimal, a finite number, a bigint or a decimal text; got another text',
    ],
    [
      'decimal',
      Number.NaN,
      'needs a BigDecimal, a finite number, a bigint or a decimal text; got NaN',
    ],
    [
      'decimal',
      '0.12345678901234567890',
      "holds more digits than a number can; use BigDecimal or as: 'string'",
      'number',
    ],
    [
      'decimal',
      '1e-2147483648',
      'needs a BigDecimal, a finite number, a bigint or a decimal text; got another text',
    ],
    ['text', 5, 'needs a string; got a number'],
    ['text', '\ud800', 'needs well-formed text; got one with half of a surrogate pair'],
    ['ascii', 'é', 'needs ASCII characters only; got others'],
    ['blob', 'ff', 'needs a Buffer or a Uint8Array; got a string'],
    ['uuid', 'not-a-uuid', 'needs a uuid or its text of 36 characters; got another text'],
    ['uuid', 5, 'needs a uuid or its text of 36 characters; got a number'],
    [
      'timeuuid',
      Uuid.fromString('00000000-0000-4000-8000-000000000000'),
      'needs a timeuuid (version 1); got a uuid of another version',
    ],
    [
      'timestamp',
      new Date(Number.NaN),
      'needs a Date or whole milliseconds since 1970; got an invalid Date',
    ],
    [
      'timestamp',
      1.5,
      'needs a Date or whole milliseconds since 1970; got a number that is no Date',
    ],
    ['timestamp', '2020-01-01', 'needs a Date or whole milliseconds since 1970; got a string'],
    ['date', '2020-02-30', 'needs a LocalDate or the text of a day, YYYY-MM-DD; got another text'],
    [
      'date',
      new Date(),
      'needs a LocalDate or the text of a day, YYYY-MM-DD; got a value of class Date',
    ],
    [
      'time',
      '24:00:00',
      'needs a LocalTime or the text of a time, HH:MM:SS.nnnnnnnnn; got another text',
    ],
    ['time', 5, 'needs a LocalTime or the text of a time, HH:MM:SS.nnnnnnnnn; got a number'],
    ['duration', 'soon', 'needs a Duration or its text, such as 1mo2d3h; got another text'],
    [
      'duration',
      new Duration(1, -1, 0),
      'needs months, days and nanoseconds of one sign; got both',
    ],
    [
      'inet',
      '1.2.3',
      'needs an InetAddress or the text of an IPv4 or IPv6 address; got another text',
    ],
    [
      'inet',
      'fe80::1%eth0',
      'needs an InetAddress or the text of an IPv4 or IPv6 address; got another text',
    ],
    ['list<int>', new Set([1]), 'needs an array; got a value of class Set'],
    ['list<int>', [1, null], 'element 1 is null; a collection holds no null'],
    ['list<int>', [1, undefined], 'element 1 is undefined; a collection holds no null'],
    ['list<int>', [1, 'x'], `element 1 ${whole('int')}; got a string`],
    [
      'list<frozen<list<int>>>',
      [[1], [2, 'x']],
      `element 1 element 1 ${whole('int')}; got a string`,
    ],
    ['set<int>', { 1: true }, 'needs a Set or an array; got an object'],
    ['set<int>', [1, 'x'], `element 1 ${whole('int')}; got a string`],
    ['set<int>', 5, 'needs a Set or an array; got a number', 'array'],
    ['map<text, int>', [['a', 1]], 'needs a Map or a plain object; got an array'],
    ['map<int, int>', { 1: 1 }, 'needs a Map; got an object'],
    ['map<text, int>', { a: null }, 'the value of entry 0 is null; a collection holds no null'],
    ['map<text, int>', new Map([['a', 'x']]), `the value of entry 0 ${whole('int')}; got a string`],
    ['map<int, int>', new Map([['a', 1]]), `the key of entry 0 ${whole('int')}; got a string`],
    ['tuple<int, text>', 5, 'needs an array of 2; got a number'],
    ['tuple<int, text>', [1, 'a', 2], 'needs an array of 2; got one of 3'],
    ['tuple<int, text>', [1, 2], 'component 1 needs a string; got a number'],
    ['vector<float, 3>', [1, 2], 'needs an array of 3; got one of 2'],
    ['vector<float, 3>', Float32Array.of(1, 2, 3, 4), 'needs an array of 3; got one of 4'],
    ['vector<float, 3>', [1, 2, Number.NaN], 'element 2 must be finite'],
    ['vector<float, 3>', [1, Infinity, 2], 'element 1 must be finite', 'float32'],
    ['vector<float, 3>', [1, null, 2], 'element 1 is null; a collection holds no null'],
    ['vector<float, 3>', '[1,2,3]', 'needs an array of 3; got a string'],
    ['vector<text, 2>', ['a', 1], 'element 1 needs a string; got a number'],
  ]
  it.each(cases.map(([type, input, message, form]) => ({ type, input, message, form })))(
    '$type from $input: $message',
    ({ type, input, message, form }) => {
      expect(refusalOf(type, input, form)).toBe(message)
    },
  )

  it('is refused without the value', () => {
    for (const type of [
      'int',
      'bigint',
      'boolean',
      'uuid',
      'date',
      'time',
      'duration',
      'inet',
      'decimal',
      'blob',
    ]) {
      expect(refusalOf(type, 'hunter2')).not.toContain('hunter2')
    }
  })
})

it('takes what loses nothing', () => {
  const check = (type: string, input: unknown, form?: Form) =>
    codecFor(parseType(type), form).check(input)
  expect(check('int', 5n)).toBe(5)
  expect(check('int', -0)).toBe(0)
  expect(check('bigint', 5)).toBe(5n)
  expect(check('bigint', '+5')).toBe(5n)
  expect(check('bigint', '5', 'number')).toBe(5)
  expect(check('double', 5n)).toBe(5)
  expect(check('timestamp', 5)).toEqual(new Date(5))
  expect(check('timestamp', new Date(5), 'number')).toBe(5)
  expect(check('blob', Uint8Array.of(1))).toEqual(Buffer.from([1]))
  expect(check('timeuuid', Uuid.fromString('6ba7b810-9dad-11d1-80b4-00c04fd430c8'))).toBeInstanceOf(
    TimeUuid,
  )
  expect(check('decimal', 0.1, 'string')).toBe('0.1')
  expect(check('decimal', '1e5', 'number')).toBe(100_000)
  expect(check('decimal', '-12.50', 'string')).toBe('-12.50')
  expect(check('date', '2020-02-29', 'string')).toBe('2020-02-29')
  expect(String(check('time', '10:11'))).toBe('10:11:00')
  expect(String(check('inet', '::1.2.3.4'))).toBe('::102:304')
  expect(check('duration', 'P1Y2M', 'string')).toBe('1y2mo')
  expect(check('set<int>', [1, 2n])).toEqual(new Set([1, 2]))
  expect(check('map<text, int>', { a: 1n })).toEqual(new Map([['a', 1]]))
})

it('refuses what the driver’s classes let through', () => {
  expect(
    refusalOf('date', new (LocalDate as unknown as new (days: number) => LocalDate)(Number.NaN)),
  ).toBe('needs a valid day; got a LocalDate of NaN')
  expect(refusalOf('duration', new Duration(1.5, 0, 0))).toBe(
    'needs months and days that are whole numbers of 32 bits',
  )
})

it('says which forms a type has', () => {
  expect(() => codecFor(parseType('int'), 'string')).toThrow(
    new NoCodecError("int has no as: 'string'; it has no as at all"),
  )
  expect(() => codecFor(parseType('bigint'), 'array')).toThrow(
    new NoCodecError("bigint has no as: 'array'; it has 'number' and 'string'"),
  )
  expect(() => codecFor(parseType('vector<int, 2>'), 'float32')).toThrow(
    new NoCodecError("vector<int, 2> has no as: 'float32'; it has no as at all"),
  )
  expect(() => codecFor(parseType('address'))).toThrow(
    new NoCodecError('"address" is a user-defined type; write () => TheClass'),
  )
  expect(formsOf(parseType('frozen<map<text, int>>'))).toEqual(['native', 'object'])
  expect(formsOf(parseType('map<int, int>'))).toEqual(['native'])
})

it('refuses cells that the type does not have', () => {
  const decode = (type: string, hex: string) => () => {
    const bytes = Buffer.from(hex, 'hex')
    return codecFor(parseType(type)).decode(bytes, 0, bytes.length)
  }
  expect(decode('int', '00')).toThrow('the server sent 1 bytes for an int, which has 4')
  expect(decode('uuid', '00')).toThrow('the server sent 1 bytes for a uuid, which has 16')
  expect(decode('inet', '00')).toThrow('the server sent 1 bytes for an inet, which has 4 or 16')
  expect(decode('decimal', '00000000')).toThrow(
    'the server sent 4 bytes for a decimal, which has 5 or more',
  )
  expect(decode('timestamp', '7fffffffffffffff')).toThrow(
    'holds a time beyond what a Date can hold',
  )
  expect(decode('vector<float, 2>', '00000000')).toThrow(
    'the server sent 4 bytes for a vector of 8',
  )
  expect(decode('list<int>', '00000001ffffffff')).toThrow('holds a collection with a null in it')
})
