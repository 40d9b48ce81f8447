import {
  type LogEntry,
  type Logging,
  StatementLog,
  consoleLogger,
} from '../../lib/driver/observe/statement-log'

const executed = { cql: 'SELECT 1', entity: 'Product', duration: 5, rows: 2, error: undefined }
const failed = { ...executed, rows: undefined, error: new Error('no') }

function logged(logging: Logging | undefined, entry: Omit<LogEntry, 'kind'>, isSchema = false) {
  const entries: LogEntry[] = []
  new StatementLog(logging, 100, { log: (each) => entries.push(each) }).executed(entry, isSchema)
  return entries.map(({ kind }) => kind)
}

describe('StatementLog', () => {
  it.each<[Logging | undefined, boolean]>([
    [undefined, false],
    [false, false],
    [[], false],
    [true, true],
    [['error'], true],
  ])('with logging %p is on: %p', (logging, isOn) => {
    expect(new StatementLog(logging).isOn).toBe(isOn)
  })

  it('gives each statement one entry, of the kind that says most', () => {
    expect(logged(true, executed)).toEqual(['query'])
    expect(logged(true, { ...executed, duration: 100 })).toEqual(['slow'])
    expect(logged(true, executed, true)).toEqual(['schema'])
    expect(logged(true, failed)).toEqual(['error'])
    expect(logged(true, { ...failed, duration: 100 }, true)).toEqual(['error'])
  })

  it('logs only what was asked for', () => {
    expect(logged(false, executed)).toEqual([])
    expect(logged(['query'], failed)).toEqual([])
    expect(logged(['query'], { ...executed, duration: 100 })).toEqual(['query'])
    expect(logged(['slow'], executed)).toEqual([])
    expect(logged(['slow', 'error'], { ...executed, duration: 100.5 })).toEqual(['slow'])
    expect(logged(['error'], executed, true)).toEqual([])
    expect(logged(['schema'], executed)).toEqual([])
  })

  it('takes 100 ms for slow', () => {
    const entries: LogEntry[] = []
    const log = new StatementLog(['slow'], undefined, { log: (each) => entries.push(each) })
    log.executed({ ...executed, duration: 99.9 })
    log.executed({ ...executed, duration: 100 })
    expect(entries).toEqual([{ ...executed, duration: 100, kind: 'slow' }])
  })
})

describe('consoleLogger', () => {
  afterEach(() => jest.restoreAllMocks())

  it('writes one line per entry, by its gravity', () => {
    const lines: string[] = []
    for (const method of ['log', 'warn', 'error'] as const) {
      jest.spyOn(console, method).mockImplementation((...line: unknown[]) => {
        lines.push(`${method}: ${line.join(' ')}`)
      })
    }
    consoleLogger.log({ ...executed, kind: 'query' })
    consoleLogger.log({ ...executed, kind: 'slow', duration: 123.456 })
    consoleLogger.log({ ...executed, kind: 'schema', entity: undefined, rows: 0 })
    consoleLogger.log({ ...failed, kind: 'error' })
    expect(lines).toEqual([
      'log: coodie query 5.0 ms, 2 rows — Product: SELECT 1',
      'warn: coodie slow 123.5 ms, 2 rows — Product: SELECT 1',
      'log: coodie schema 5.0 ms, 0 rows — SELECT 1',
      'error: coodie error 5.0 ms: no — Product: SELECT 1',
    ])
  })
})
