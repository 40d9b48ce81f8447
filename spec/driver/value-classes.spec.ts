import { types } from 'cassandra-driver'
import fc from 'fast-check'
import { BigDecimal, Duration, TimeUuid } from '../../lib'
import { codecFor } from '../../lib/codec/codec-for'
import { parseType } from '../../lib/cql/parse-type'
import { decimalOf } from '../../lib/driver/types/big-decimal'

const codecOf = (type: string, form?: 'string' | 'number') => codecFor(parseType(type), form)

/** unscaled × 10 ** -scale, as the server sends it. */
function bytes(scale: number, unscaled: string): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeInt32BE(scale)
  return Buffer.concat([buffer, Buffer.from(unscaled, 'hex')])
}

describe('BigDecimal', () => {
  it.each([
    ['1e21', '1000000000000000000000', 1e21],
    ['12.3E+7', '123000000', 123e6],
    ['-1E2', '-100', -100],
    ['1.50', '1.50', 1.5],
    ['.5', '0.5', 0.5],
    ['5.', '5', 5],
    ['-0.00', '0.00', 0],
    ['1e-3', '0.001', 0.001],
    [' 7 ', '7', 7],
    ['1e999999999', '1e999999999', Infinity],
    ['1e-999999999', '1e-999999999', 0],
  ])('reads %s and prints it as %s', (text, printed, number) => {
    const value = BigDecimal.fromString(text)
    expect([String(value), JSON.stringify(value), value.toNumber()]).toEqual([
      printed,
      JSON.stringify(printed),
      number,
    ])
    expect(value).toBeInstanceOf(types.BigDecimal)
  })

  it.each(['', 'x', '1e', '1e99999999999', '0x10', '1,5', 'NaN'])('refuses %p', (text) => {
    expect(() => BigDecimal.fromString(text)).toThrow(
      new TypeError('BigDecimal.fromString: not a decimal number'),
    )
  })

  it('reads numbers exactly, and no others than finite ones', () => {
    expect(String(BigDecimal.fromNumber(1e21))).toBe('1000000000000000000000')
    expect(String(BigDecimal.fromNumber(1e-7))).toBe('0.0000001')
    expect(() => BigDecimal.fromNumber(Number.NaN)).toThrow('not a finite number')
  })

  it('compares, adds and subtracts by value', () => {
    const [one, large, small] = ['1.00', '1e30', '1e-30'].map((text) =>
      BigDecimal.fromString(text),
    ) as [BigDecimal, BigDecimal, BigDecimal]
    expect(one.equals(BigDecimal.fromString('1'))).toBe(true)
    expect(one.notEquals(large)).toBe(true)
    expect([one.compare(large), large.compare(one), one.compare(one)]).toEqual([-1, 1, 0])
    expect(large.greaterThan(small)).toBe(true)
    expect(String(large.add(small))).toBe(`1${'0'.repeat(30)}.${'0'.repeat(29)}1`)
    expect(String(one.subtract(small))).toBe(`0.${'9'.repeat(30)}`)
    expect(one.compare(BigDecimal.fromString('-1e999999999'))).toBe(1)
    expect(() => one.add(BigDecimal.fromString('1e999999999'))).toThrow(
      'the exponents are more than 100000 apart',
    )
  })

  it('agrees with numbers on order and sums', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer({ min: -5, max: 5 }), (a, b, power) => {
        const [left, right] = [
          BigDecimal.fromString(`${a}e${power}`),
          BigDecimal.fromString(`${b}e${power}`),
        ]
        expect(left.compare(right)).toBe(Math.sign(a - b))
        expect(left.add(right).equals(BigDecimal.fromString(`${a + b}e${power}`))).toBe(true)
        expect(left.subtract(right).equals(BigDecimal.fromString(`${a - b}e${power}`))).toBe(true)
        expect(BigDecimal.fromString(String(left)).equals(left)).toBe(true)
      }),
    )
  })

  it('is read with a scale of at least 0 and sent as it was stored', () => {
    const stored = bytes(-2, '01')
    const value = codecOf('decimal').decode(stored, 0, stored.length) as BigDecimal
    expect([String(value), (value as unknown as { _scale: number })._scale]).toEqual(['100', 0])
    expect(codecOf('decimal').encode(value)).toEqual(stored)
    expect(BigDecimal.toBuffer(value)).toEqual(stored)
    expect(codecOf('decimal', 'string').decode(stored, 0, stored.length)).toBe('100')
    expect(codecOf('decimal', 'number').decode(stored, 0, stored.length)).toBe(100)
  })

  it.each([2_147_483_647, -2_147_483_648])('has a short text at a scale of %i', (scale) => {
    const stored = bytes(scale, '7b')
    const value = codecOf('decimal').decode(stored, 0, stored.length) as BigDecimal
    expect(String(value)).toBe(`123e${-scale}`)
    expect(codecOf('decimal').toPlain(value, () => undefined)).toBe(`123e${-scale}`)
    expect(codecOf('decimal', 'string').decode(stored, 0, stored.length)).toBe(`123e${-scale}`)
  })

  it('takes the class of the driver', () => {
    const driver = new types.BigDecimal(1, -2)
    expect(String(codecOf('decimal').check(driver))).toBe('100')
    expect(decimalOf(driver)).toEqual({ unscaled: 1n, scale: -2 })
    expect(BigDecimal.fromString('100').equals(driver)).toBe(true)
  })
})

describe('Duration', () => {
  it.each([
    ['19mo', '1y7mo'],
    ['1y7mo', '1y7mo'],
    ['2w', '14d'],
    ['1Y2MO3W4D5H6M7S8MS9US10NS', '1y2mo25d5h6m7s8ms9us10ns'],
    ['90m', '1h30m'],
    ['5µs', '5us'],
    ['-3h', '-3h'],
    ['P1Y2M4DT5H6M7S', '1y2mo4d5h6m7s'],
    ['-P3W', '-21d'],
    ['P0001-02-03T04:05:06', '1y2mo3d4h5m6s'],
    ['0d', '0s'],
    ['9223372036854775807ns', '2562047h47m16s854ms775us807ns'],
    ['2147483647d', '2147483647d'],
  ])('reads %s and prints it as %s', (text, printed) => {
    const value = Duration.fromString(text)
    expect(String(value)).toBe(printed)
    expect(value).toBeInstanceOf(types.Duration)
    expect(String(Duration.fromBuffer(value.toBuffer()))).toBe(printed)
    expect(String(codecOf('duration').check(text))).toBe(printed)
  })

  it.each(['', 'P', 'PT', '1', 'y', '1x', 'P1H', '--1d', '1d '])('refuses %p', (text) => {
    expect(() => Duration.fromString(text)).toThrow(
      'Duration.fromString: not a duration such as 1y2mo3d4h5m6s',
    )
    expect(() => codecOf('duration').check(text)).toThrow(
      'needs a Duration or its text, such as 1mo2d3h; got another text',
    )
  })

  it.each(['1d1y', '1d1d'])('refuses the units of %s', (text) => {
    expect(() => Duration.fromString(text)).toThrow(
      'the units must go from years to nanoseconds, each once',
    )
  })

  it.each(['99999999999999999999ns', '2147483648d', '178956971y', '2562048h'])(
    'refuses %s, which is more than the type holds',
    (text) => {
      expect(() => Duration.fromString(text)).toThrow(
        'months and days must be less than 2 ** 31, nanoseconds less than 2 ** 63',
      )
    },
  )

  it('takes the class of the driver', () => {
    expect(String(codecOf('duration').check(new types.Duration(19, 0, 0)))).toBe('1y7mo')
  })
})

describe('TimeUuid', () => {
  const date = new Date('2026-01-01T00:00:00.500Z')
  const { compare, encode } = codecOf('timeuuid')

  it('has the least and the greatest of a millisecond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 9999 }),
        fc.uint8Array({ minLength: 8, maxLength: 8 }),
        (ticks, rest) => {
          const any = TimeUuid.fromDate(
            date,
            ticks,
            Buffer.from(rest.subarray(2)),
            Buffer.from(rest.subarray(0, 2)),
          )
          expect(compare(encode(TimeUuid.min(date)), encode(any))).toBeLessThanOrEqual(0)
          expect(compare(encode(TimeUuid.max(date)), encode(any))).toBeGreaterThanOrEqual(0)
        },
      ),
    )
    expect([TimeUuid.min(date), TimeUuid.max(date)].map((each) => each.getDatePrecision())).toEqual(
      [
        { date, ticks: 0 },
        { date, ticks: 9999 },
      ],
    )
    expect(TimeUuid.min(date, 7).getDatePrecision()).toEqual({ date, ticks: 7 })
  })

  it.each([new Date(Number.NaN), new Date(-8.64e15), new Date(8.64e15)])('refuses %p', (given) => {
    expect(() => TimeUuid.min(given)).toThrow(
      'the date is invalid or beyond what a timeuuid can hold',
    )
  })

  it('makes its own instances in every way', async () => {
    const called = await new Promise<types.TimeUuid>((resolve) => {
      TimeUuid.now((_, value) => resolve(value))
    })
    for (const value of [
      TimeUuid.now(),
      TimeUuid.fromDate(date, 1),
      TimeUuid.fromString(String(TimeUuid.now())),
      called,
    ]) {
      expect(value).toBeInstanceOf(TimeUuid)
    }
    expect(codecOf('timeuuid').check(types.TimeUuid.now())).toBeInstanceOf(TimeUuid)
  })
})

it('takes Long and Integer for whole numbers', () => {
  const [long, integer] = [types.Long.fromString('42'), types.Integer.fromInt(42)]
  for (const value of [long, integer]) {
    expect(codecOf('bigint').check(value)).toBe(42n)
    expect(codecOf('varint').check(value)).toBe(42n)
    expect(codecOf('bigint', 'number').check(value)).toBe(42)
    expect(codecOf('int').check(value)).toBe(42)
    expect(String(codecOf('decimal').check(value))).toBe('42')
  }
  expect(() => codecOf('tinyint').check(types.Long.fromNumber(1000))).toThrow(
    'got one out of range',
  )
})
