import { createRequire } from 'node:module'
import { types } from 'cassandra-driver'
import fc from 'fast-check'
import { ownRequest, writeInOnePiece } from '../../lib/driver/internals/direct-requests'

interface Request {
  params: unknown[]
  length: number
  write(encoder: object, streamId: number): Buffer
}
const internals = createRequire(__filename)
const { ExecuteRequest, BatchRequest } = internals('cassandra-driver/lib/requests') as {
  BatchRequest: new (queries: object[], options: object) => Request
  ExecuteRequest: new (
    cql: string,
    queryId: Buffer,
    params: unknown[],
    options: object,
    meta: object,
  ) => Request
}
const Encoder = internals('cassandra-driver/lib/encoder') as new (
  version: number,
  options: object,
) => object

/** How often the driver's own way was taken, which is still there for what is not ours. */
let calls = 0

/** The driver's own way, which is counted from now on. */
function counted({ prototype }: { readonly prototype: Request }): Request['write'] {
  const { write } = prototype
  prototype.write = function counting(encoder: object, streamId: number) {
    calls++
    return write.call(this, encoder, streamId)
  }
  return write
}

const driver = { execute: counted(ExecuteRequest), batch: counted(BatchRequest) }

const kinds = {
  ascii: [0x01, fc.string()],
  varchar: [0x0d, fc.string({ unit: 'grapheme', maxLength: 60 })],
  boolean: [0x04, fc.boolean()],
  double: [0x07, fc.double()],
  float: [0x08, fc.float()],
  int: [0x09, fc.integer()],
  smallint: [0x13, fc.integer({ min: -32_768, max: 32_767 })],
  tinyint: [0x14, fc.integer({ min: -128, max: 127 })],
  timestamp: [0x0b, fc.date({ noInvalidDate: true })],
  blob: [0x03, fc.uint8Array().map((bytes) => Buffer.from(bytes))],
} as const satisfies Record<string, readonly [number, fc.Arbitrary<unknown>]>

const parameter = fc
  .constantFrom(...Object.values(kinds))
  .chain(([code, value]) =>
    fc.tuple(
      fc.constant(code),
      fc.oneof({ weight: 6, arbitrary: value as fc.Arbitrary<unknown> }, fc.constant(null)),
    ),
  )

interface Options {
  readonly fetchSize: number
  readonly pageState: Buffer | null
  readonly serialConsistency: number | undefined
  readonly consistency: number
  readonly timestamp: bigint | null
  readonly isTraced: boolean
  readonly payload: object | undefined
  readonly raw: object
  readonly kind: string
}

const options: fc.Arbitrary<Options> = fc.record({
  fetchSize: fc.constantFrom(0, 1, 5000),
  pageState: fc.option(fc.uint8Array({ minLength: 1 }).map((bytes) => Buffer.from(bytes))),
  serialConsistency: fc.constantFrom(undefined, 8, 9),
  consistency: fc.constantFrom(1, 6, 10),
  timestamp: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  isTraced: fc.constant(false),
  payload: fc.constant(undefined),
  raw: fc.constant<object>({ [ownRequest]: true }),
  kind: fc.constantFrom('logged', 'unlogged', 'counter'),
})

const optionsOf = (given: Options) => ({
  getRawQueryOptions: () => given.raw,
  isQueryTracing: () => given.isTraced,
  getCustomPayload: () => given.payload,
  getFetchSize: () => given.fetchSize,
  getPageState: () => given.pageState,
  getSerialConsistency: () => given.serialConsistency,
  getConsistency: () => given.consistency,
  getHints: () => undefined,
  getKeyspace: () => 'ks',
  isBatchCounter: () => given.kind === 'counter',
  isBatchLogged: () => given.kind === 'logged',
  getOrGenerateTimestamp: () =>
    given.timestamp === null ? null : types.Long.fromString(given.timestamp.toString()),
})
const plain: Options = {
  fetchSize: 10,
  pageState: null,
  serialConsistency: undefined,
  consistency: 1,
  timestamp: 1n,
  isTraced: false,
  payload: undefined,
  raw: { [ownRequest]: true },
  kind: 'logged',
}

function requestOf(
  parameters: readonly (readonly [code: number, value: unknown])[],
  given = plain,
  meta: object = { columns: parameters.map(([code]) => ({ type: { code } })) },
): Request {
  const queryId = Buffer.from('0123456789abcdef')
  const params = parameters.map(([, value]) => value)
  const request = new ExecuteRequest('SELECT 1', queryId, params, optionsOf(given), meta)
  writeInOnePiece(request, given.raw)
  return request
}

/** Whether the second of two equal requests is written without the driver. */
function isOurs(request: () => Request, version = 4, write = driver.execute): boolean {
  const encoder = new Encoder(version, {})
  const theirs = request()
  const expected = write.call(theirs, encoder, 32_767)
  expect(request().write(encoder, 32_767)).toEqual(expected)
  calls = 0
  const ours = request()
  expect(ours.write(encoder, 32_767)).toEqual(expected)
  expect(ours.length).toBe(theirs.length)
  return calls === 0
}

it('writes the bytes that the driver writes', () => {
  fc.assert(
    fc.property(fc.array(parameter, { maxLength: 8 }), options, (parameters, given) => {
      const meta = { columns: parameters.map(([code]) => ({ type: { code } })) }
      expect(isOurs(() => requestOf(parameters, given, meta))).toBe(true)
    }),
    { numRuns: 500 },
  )
})

type Parameters = readonly (readonly [code: number, value: unknown])[]

/** Statements of a batch; two with the same types are the same statement. */
function batchOf(statements: readonly Parameters[], given: Options): () => Request {
  const metas = new Map<string, object>()
  const queries = statements.map((parameters) => {
    const columns = parameters.map(([code]) => ({ type: { code } }))
    const key = JSON.stringify(columns)
    const meta = metas.get(key) ?? { columns }
    metas.set(key, meta)
    return { queryId: Buffer.from(key), meta, params: parameters.map(([, value]) => value) }
  })
  return () => {
    const request = new BatchRequest(queries, optionsOf(given))
    writeInOnePiece(request, given.raw)
    return request
  }
}

it('writes the bytes of batches that the driver writes', () => {
  const statements = fc.array(fc.array(parameter, { maxLength: 5 }), { minLength: 1, maxLength: 6 })
  fc.assert(
    fc.property(statements, options, (given, how) => {
      expect(isOurs(batchOf(given, how), 4, driver.batch)).toBe(true)
    }),
    { numRuns: 300 },
  )
})

it('leaves batches of texts to the driver', () => {
  const queries = [{ query: 'INSERT', params: [] }]
  const request = () => {
    const made = new BatchRequest(queries, optionsOf(plain))
    writeInOnePiece(made, plain.raw)
    return made
  }
  expect(isOurs(request, 4, driver.batch)).toBe(false)
})

it('leaves a column as it is', () => {
  const meta = { columns: [{ type: { code: 0x09 } }] }
  expect(isOurs(() => requestOf([[0x09, types.unset]], plain, meta))).toBe(true)
})

it('writes more than its store holds', () => {
  const meta = { columns: [{ type: { code: 0x0d } }] }
  for (const length of [25, 30_000, 100_000]) {
    expect(isOurs(() => requestOf([[0x0d, 'ä'.repeat(length)]], plain, meta))).toBe(true)
  }
})

it('keeps what it wrote apart', () => {
  const meta = { columns: [{ type: { code: 0x0d } }] }
  const encoder = new Encoder(4, {})
  const write = (value: string) => requestOf([[0x0d, value]], plain, meta).write(encoder, 1)
  const frames = Array.from({ length: 3000 }, (_, i) => write(`value ${i}`))
  frames.forEach((frame, i) => expect(frame.includes(`value ${i}`)).toBe(true))
})

it.each([
  ['a trace', { ...plain, isTraced: true }, 4],
  ['a payload', { ...plain, payload: { a: Buffer.from('b') } }, 4],
  ['what is not ours', { ...plain, raw: {} }, 4],
  ['another version of the protocol', plain, 5],
] as const)('leaves %s to the driver', (_, given, version) => {
  const meta = { columns: [{ type: { code: 0x09 } }], resultId: Buffer.from('id') }
  expect(isOurs(() => requestOf([[0x09, 1]], given, meta), version)).toBe(false)
})

it('leaves values of other kinds to the driver', () => {
  const value = types.Long.fromNumber(5)
  const meta = { columns: [{ type: { code: 0x02 } }] }
  expect(isOurs(() => requestOf([[0x02, value]], plain, meta))).toBe(false)
})

it('stands aside for a statement that the driver writes otherwise', () => {
  const meta = { columns: [{ type: { code: 0x09 } }] }
  const encoder = new Encoder(4, {})
  const request = () => {
    const made = requestOf([[0x09, 1]], plain, meta)
    // As a driver might that sends more than this one.
    Object.defineProperty(made, 'consistency', {
      get: (() => {
        let reads = 0
        return () => (reads++ === 0 ? 1 : 2)
      })(),
    })
    return made
  }
  request().write(encoder, 1)
  calls = 0
  request().write(encoder, 1)
  expect(calls).toBe(1)
})
