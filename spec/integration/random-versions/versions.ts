import { BigDecimal, Duration, InetAddress, LocalDate, LocalTime, Uuid, frozen } from '../../../lib'
import { makeUserType } from '../../server/make-entity'

/** A type of the columns and fields that are new: values of it, and what the server's JSON has for each. */
export interface Extra {
  readonly type: unknown
  readonly values: readonly unknown[]
  readonly json: readonly unknown[]
  /** What a column reads as when nothing is stored. */
  readonly absent?: unknown
}

const uuid = '5e5dbc3f-fe9c-41f0-bb45-87689ecd411e'
const Geo = makeUserType('geo', { lat: { type: 'double' }, tags: { type: 'frozen<set<text>>' } })
export const scalars: readonly Extra[] = [
  { type: 'text', values: ['x', ''], json: ['x', ''] },
  { type: 'int', values: [0, -7], json: [0, -7] },
  { type: 'bigint', values: [5n], json: [5] },
  { type: 'varint', values: [-1n, 300n], json: [-1, 300] },
  { type: 'decimal', values: [BigDecimal.fromString('1.5')], json: [1.5] },
  { type: 'double', values: [0.5], json: [0.5] },
  { type: 'boolean', values: [false, true], json: [false, true] },
  { type: 'uuid', values: [Uuid.fromString(uuid)], json: [uuid] },
  { type: 'blob', values: [Buffer.from('01ff', 'hex')], json: ['0x01ff'] },
  { type: 'timestamp', values: [new Date(0)], json: ['1970-01-01 00:00:00.000Z'] },
  { type: 'date', values: [LocalDate.fromString('2026-01-02')], json: ['2026-01-02'] },
  { type: 'time', values: [LocalTime.fromString('10:11:12')], json: ['10:11:12.000000000'] },
  { type: 'inet', values: [InetAddress.fromString('127.0.0.1')], json: ['127.0.0.1'] },
  { type: 'tuple<int, text>', values: [[1, null]], json: [[1, null]] },
  { type: 'frozen<list<int>>', values: [[2, 1], []], json: [[2, 1], []] },
  { type: 'frozen<set<text>>', values: [new Set(['a', 'b'])], json: [['a', 'b']] },
  { type: 'frozen<map<text, bigint>>', values: [new Map([['k', 1n]])], json: [{ k: 1 }] },
  {
    type: frozen(() => Geo),
    values: [{ lat: 0.5, tags: new Set(['a']) }],
    json: [{ lat: 0.5, tags: ['a'] }],
  },
]
/** It has no order, so that no type of a set's elements may have it. */
export const duration = {
  type: 'duration',
  values: [Duration.fromString('1mo2d')],
  json: ['1mo2d'],
}
export const columns: readonly Extra[] = [
  ...scalars,
  duration,
  { type: 'list<int>', values: [[2, 1]], json: [[2, 1]], absent: [] },
  { type: 'set<text>', values: [new Set(['b'])], json: [['b']], absent: new Set() },
  { type: 'map<text, int>', values: [new Map([['k', 1]])], json: [{ k: 1 }], absent: new Map() },
  { type: () => Geo, values: [{ lat: 0.5, tags: null }], json: [{ lat: 0.5, tags: null }] },
]

/** What a version has beyond the first one. */
export interface Version {
  readonly fields: readonly Extra[]
  readonly heldFields: readonly Extra[]
  readonly columns: readonly Extra[]
}

export const firstVersion: Version = { fields: [], heldFields: [], columns: [] }
