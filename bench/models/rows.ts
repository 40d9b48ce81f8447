import { type Random, randomOf } from './random'
import type { TableName } from './tables'

/** A value as JSON has it: uuids, times in ISO form and bigints as text. */
export type Json = null | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A row of a table, by its columns. */
export type Row = Readonly<Record<string, Json>>

/** Rows by their tables. */
export type Rows = Readonly<Partial<Record<TableName, readonly Row[]>>>

const start = Date.UTC(2026, 0, 1)
const iso = (milliseconds: number) => new Date(milliseconds).toISOString()

/** Makes `count` rows, the same ones for the same seed. */
const rowsOf =
  (make: (random: Random, index: number) => Row) =>
  (seed: number, count: number, changes: Row = {}): Row[] => {
    const random = randomOf(seed)
    return Array.from({ length: count }, (_, index) => ({ ...make(random, index), ...changes }))
  }

export const products = rowsOf((random, index) => ({
  id: random.uuid(),
  name: `Product ${index} ${random.word(8)}`,
  brand: `Brand ${random.word(6)}`,
  category: `Category ${random.int(10)}`,
  price: random.int(4000) / 4,
  tags: [random.word(5), random.word(6), random.word(7)],
  description: `${random.word(20)} ${random.word(20)}`,
}))

export const events = rowsOf((random) => ({
  id: random.uuid(),
  event_type: `type-${random.int(5)}`,
  payload: random.word(60),
}))

export const users = rowsOf((random, index) => ({
  id: random.uuid(),
  username: `user-${index}-${random.word(6)}`,
  email: `${random.word(10)}@example.com`,
  full_name: `${random.word(6)} ${random.word(8)}`,
  registration_date: iso(start + index * 1000),
  roles: ['reader', 'writer'],
  picture_id: random.uuid(),
  api_token: random.word(24),
}))

/** Runs of one build, the latest first. */
export const testRuns = rowsOf((random, index) => ({
  build_id: 'build',
  start_time: iso(start - index * 60_000),
  id: random.uuid(),
  release_id: random.uuid(),
  group_id: random.uuid(),
  test_id: random.uuid(),
  assignee: random.uuid(),
  status: 'created',
  investigation_status: 'not_investigated',
  heartbeat: random.int(1000),
  end_time: null,
  build_job_url: `https://jobs.example.com/${random.word(12)}`,
  scylla_version: '6.2.1',
}))

export const runEvents = rowsOf((random, index) => ({
  id: random.uuid(),
  release_id: random.uuid(),
  group_id: random.uuid(),
  test_id: random.uuid(),
  run_id: random.uuid(),
  user_id: random.uuid(),
  kind: `kind-${random.int(5)}`,
  body: random.word(40),
  created_at: iso(start + index * 1000),
}))

/** Notifications of one receiver, the latest first. */
export const notifications = rowsOf((random, index) => ({
  receiver: '00000000-0000-4000-8000-000000000001',
  id: timeuuid(start - index * 60_000),
  type: `type-${random.int(3)}`,
  state: random.int(2),
  sender: random.uuid(),
  source_type: 'test_run',
  source_id: random.uuid(),
  title: `Title ${random.word(12)}`,
  content: random.word(80),
}))

/** The comments of one thread, the latest first. */
export const comments = rowsOf((random, index) => ({
  id: random.uuid(),
  posted_at: String(start - index),
  test_run_id: random.uuid(),
  user_id: random.uuid(),
  release_id: random.uuid(),
  message: random.word(60),
  mentions: [random.uuid(), random.uuid()],
  reactions: { like: random.int(50), heart: random.int(50) },
}))

export const vectorProducts = rowsOf((random, index) => ({
  id: random.uuid(),
  name: `Vector ${index}`,
  embedding: Array.from({ length: 16 }, () => (random.int(128) - 64 || 1) / 64),
}))

/** Readings of one sensor, the earliest first. */
export const readings = rowsOf((random, index) => ({
  sensor: '00000000-0000-4000-8000-000000000002',
  at: iso(start + index * 1000),
  value: random.int(100_000) / 8,
  unit: ['celsius', 'kelvin', 'fahrenheit'][random.int(3)] ?? 'celsius',
}))

/** A timeuuid of that time, as text. */
function timeuuid(milliseconds: number): string {
  const ticks = (BigInt(milliseconds) + 12_219_292_800_000n) * 10_000n
  const digits = ticks.toString(16).padStart(15, '0')
  return `${digits.slice(7)}-${digits.slice(3, 7)}-1${digits.slice(0, 3)}-8000-000000000001`
}
