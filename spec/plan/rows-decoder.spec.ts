import { types } from 'cassandra-driver'
import fc from 'fast-check'
import { readingTexts } from '../../lib/codec/read-text'
import { codecFor } from '../../lib/codec/codec-for'
import { parseType } from '../../lib/cql/parse-type'
import type { DataType } from '../../lib/driver/internals/data-type'
import { compileRowsDecoder } from '../../lib/plan/rows-decoder'
import { anyValue } from '../codec/any-value'
import { type nativeTypes, show } from '../codec/edge-values'

type Native = (typeof nativeTypes)[number]

/** The driver's own, which it does not export. */
const Encoder = jest.requireActual<
  new (
    protocol: number,
    options: object,
  ) => { decode(bytes: Buffer | null, type: DataType): unknown }
>('cassandra-driver/lib/encoder')
const driverEncoder = new Encoder(4, { encoding: { map: Map, set: Set } })

/** A type as text, as the driver tells it, and any value of it. */
interface Sample {
  readonly cql: string
  readonly type: DataType
  readonly value: fc.Arbitrary<unknown>
}

const { dataTypes } = types
const dataType = (name: Native): DataType =>
  name === 'duration'
    ? { code: dataTypes.custom, info: 'org.apache.cassandra.db.marshal.DurationType' }
    : { code: dataTypes[name] }

const natives = (Object.keys(anyValue) as Native[]).map((name): Sample => ({
  cql: name,
  type: dataType(name),
  value: anyValue[name],
}))
const ordered = natives.filter(({ cql }) => cql !== 'duration')
const samples: readonly Sample[] = [
  ...natives,
  ...natives.map(({ cql, type, value }) => ({
    cql: `list<${cql}>`,
    type: { code: dataTypes.list, info: type },
    value: fc.array(value, { maxLength: 4 }),
  })),
  ...ordered.map(({ cql, type, value }) => ({
    cql: `set<${cql}>`,
    type: { code: dataTypes.set, info: type },
    value: fc.array(value, { maxLength: 3 }),
  })),
  ...ordered.map(({ cql, type, value }) => ({
    cql: `map<${cql}, text>`,
    type: { code: dataTypes.map, info: [type, dataType('text')] },
    value: fc.array(fc.tuple(value, anyValue.text), { maxLength: 3 }).map((all) => new Map(all)),
  })),
  {
    cql: 'tuple<int, text>',
    type: { code: dataTypes.tuple, info: [dataType('int'), dataType('text')] },
    value: fc.tuple(anyValue.int, fc.option(anyValue.text)),
  },
  {
    cql: 'vector<float, 3>',
    type: {
      code: dataTypes.custom,
      info: 'org.apache.cassandra.db.marshal.VectorType(org.apache.cassandra.db.marshal.FloatType , 3)',
    },
    value: fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), {
      minLength: 3,
      maxLength: 3,
    }),
  },
]

/** Columns, and rows of encoded cells; few different rows, so that cells repeat. */
const anyRows = fc
  .array(fc.constantFrom(...samples), { minLength: 1, maxLength: 6 })
  .chain((columns) =>
    fc.record({
      columns: fc.constant(columns),
      rows: fc
        .array(fc.tuple(...columns.map(({ value }) => fc.option(value, { freq: 6 }))), {
          minLength: 1,
          maxLength: 3,
        })
        .chain((kinds) => fc.array(fc.constantFrom(...kinds), { maxLength: 8 })),
      padding: fc.nat(20),
    }),
  )

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeInt32BE(value)
  return bytes
}

const none: ReadonlySet<string> = new Set()
const stamp = { isOnAll: false, source: undefined, isAgain: false }

class Row {
  untouched = 'by the constructor'
  unread = 'to be cleared'
}

it.each(['generated', 'closures'] as const)(
  'reads what the driver reads, from the same bytes: %s',
  (mode) => {
    fc.assert(
      fc.property(anyRows, ({ columns, rows, padding }) => {
        const codecs = columns.map(({ cql }) => codecFor(parseType(cql)))
        const cells = rows.map((row) =>
          row.map((value, i) => {
            const codec = codecs[i]
            return value === null || codec === undefined ? null : codec.encode(codec.check(value))
          }),
        )
        const frame = Buffer.concat([
          Buffer.alloc(padding, 0xee),
          ...cells
            .flat()
            .flatMap((cell) => (cell === null ? [int32(-1)] : [int32(cell.length), cell])),
          Buffer.alloc(padding, 0xee),
        ])
        const selectors = codecs.map((codec, i) => ({ name: `c${i}`, property: `p${i}`, codec }))
        const decode = compileRowsDecoder(
          {
            Target: Row as never,
            selectors,
            unread: ['unread'],
            others: none,
            beside: undefined,
            stamp,
          },
          columns.map(({ type }, i) => ({ name: `c${i}`, type })),
          mode,
        )
        if (decode === undefined) throw new Error('no decoder')
        const found: Record<string, unknown>[] = []
        const end = frame.length - padding
        const read = () => decode(frame, padding, rows.length, found, end)
        expect(readingTexts(frame, end, read)).toBe(end)
        const wanted = cells.map((row) => {
          const entity = new Row() as unknown as Record<string, unknown>
          row.forEach((cell, i) => {
            const [codec, type] = [codecs[i], columns[i]?.type]
            if (codec === undefined || type === undefined) return
            const read = cell === null ? null : driverEncoder.decode(cell, type)
            entity[`p${i}`] = read === null ? codec.absent() : codec.fromDriver(read)
          })
          entity['unread'] = undefined
          return entity
        })
        expect(found.map(showAll)).toEqual(wanted.map(showAll))
        for (const each of found) expect(each).toBeInstanceOf(Row)
      }),
      { numRuns: 400 },
    )
  },
)

function showAll(entity: Record<string, unknown>): unknown {
  return Object.entries(entity).map(([property, value]) => [property, show(value)])
}

it('leaves it to the driver when the columns are not those that are declared', () => {
  const codec = codecFor(parseType('int'))
  const steps = {
    Target: Row as never,
    selectors: [{ name: 'a', property: 'a', codec }],
    unread: [],
    others: none,
    beside: undefined,
    stamp,
  }
  const int = dataType('int')
  const compiled = (columns: readonly { name: string; type: DataType }[]) =>
    compileRowsDecoder(steps, columns, 'generated')
  expect(compiled([{ name: 'a', type: int }])).toBeDefined()
  expect(compiled([{ name: 'a', type: dataType('bigint') }])).toBeUndefined()
  expect(compiled([{ name: 'b', type: int }])).toBeUndefined()
  expect(
    compiled([
      { name: 'a', type: int },
      { name: 'b', type: int },
    ]),
  ).toBeUndefined()
  expect(compiled([])).toBeUndefined()
})

it.each(['generated', 'closures'] as const)('reads the same cell again and again: %s', (mode) => {
  const cqls = ['uuid', 'timeuuid', 'text', 'double', 'float'] as const
  const columns = cqls.map((cql) => ({ name: cql, type: dataType(cql) }))
  const selectors = cqls.map((cql) => ({
    name: cql,
    property: cql,
    codec: codecFor(parseType(cql)),
  }))
  const uuids = ['2', '3', '3'].map((digit) =>
    types.Uuid.fromString(`00000000-0000-4000-8000-00000000000${digit}`),
  )
  const [time, later] = [types.TimeUuid.fromDate(new Date(1)), types.TimeUuid.fromDate(new Date(2))]
  const wanted = [
    [uuids[0], time, 'a', 1.5, -0.25],
    [uuids[1], time, 'a', 1.5, Number.NaN],
    [uuids[2], null, 'aa', -0, Number.NEGATIVE_INFINITY],
    [null, later, 'aa', Number.MAX_VALUE, 3.5],
    [uuids[0], later, null, Number.MIN_VALUE, 3.5],
    [uuids[0], time, 'aa', Number.NaN, 0],
  ]
  const cell = (value: unknown, i: number) => {
    if (value === null) return [int32(-1)]
    const bytes = selectors[i]?.codec.encode(value) ?? Buffer.alloc(0)
    return [int32(bytes.length), bytes]
  }
  const frame = Buffer.concat(wanted.flatMap((row) => row.flatMap(cell)))
  const steps = {
    Target: Row as never,
    selectors,
    unread: [],
    others: none,
    beside: undefined,
    stamp,
  }
  const rows: Record<string, unknown>[] = []
  compileRowsDecoder(steps, columns, mode)?.(frame, 0, wanted.length, rows, frame.length)
  expect(rows.map((row) => cqls.map((cql) => row[cql]))).toEqual(wanted)
})

it('never reads on into what follows, nor keeps the frame alive', () => {
  const codec = codecFor(parseType('uuid'))
  const decode = compileRowsDecoder(
    {
      Target: Row as never,
      selectors: [{ name: 'a', property: 'a', codec }],
      unread: [],
      others: none,
      beside: undefined,
      stamp,
    },
    [{ name: 'a', type: dataType('uuid') }],
    'generated',
  )
  const frame = Buffer.concat([int32(16), Buffer.alloc(16, 7)])
  const rows: { a: { buffer: Buffer } }[] = []
  decode?.(frame, 0, 1, rows, frame.length)
  frame.fill(0)
  expect(rows[0]?.a.buffer).toEqual(Buffer.alloc(16, 7))
})
