import { Client } from 'cassandra-driver'
import fc from 'fast-check'
import { DataSource } from '../../lib'
import { parseType } from '../../lib/cql/parse-type'
import { printType } from '../../lib/cql/print-type'
import { connection, useKeyspace } from '../server/keyspace'
import {
  type Kind,
  codecOf,
  createMoney,
  freeze,
  identify,
  kinds,
  orders,
  sent,
} from './one-form/kinds'
import { checkRequests, classesFor } from './one-form/requests'

const { client, name: keyspace } = useKeyspace()
const given = new Client({ ...connection(), encoding: { map: Map, set: Set } })
beforeAll(() => given.connect())
afterAll(() => given.shutdown())

/** More by hand: COODIE_VALUES=10000 npx jest one-form.spec --selectProjects server */
const values = Number(process.env['COODIE_VALUES'] ?? 450)
const valuesOfKind = 30

/** Checks that the server holds the same values equal, in the same order. */
async function checkKeys(table: string, kind: Kind, given: readonly unknown[]): Promise<void> {
  const codec = codecOf(kind.text)
  const spelled = given.flatMap((value) => [value, kind.respell(value)])
  const last = new Map(spelled.map((value, n) => [identify(codec, value), n]))
  await Promise.all(
    spelled.map((value, n) =>
      client.execute(
        `INSERT INTO ${table} (p, k, n) VALUES (0, ?, ?) USING TIMESTAMP ${n + 1}`,
        [sent(codec, value), n],
        { prepare: true },
      ),
    ),
  )
  for (const value of given) {
    expect(identify(codec, kind.respell(value))).toBe(identify(codec, value))
    expect(codec.compare(sent(codec, value), sent(codec, kind.respell(value)), orders)).toBe(0)
  }
  const { rows } = await client.execute(`SELECT n FROM ${table} WHERE p = 0`)
  const found = rows.map((row) => row['n'] as number)
  expect([...found].sort((a, b) => a - b)).toEqual([...last.values()].sort((a, b) => a - b))
  const bytes = found.map((n) => sent(codec, spelled[n]))
  for (const [i, each] of bytes.slice(1).entries()) {
    expect(codec.compare(bytes[i] as Buffer, each, orders)).toBeLessThan(0)
  }
}

it(`holds two spellings of one value, and no others, to be one, as the server does: ${values} values`, async () => {
  await client.execute(createMoney(keyspace))
  let table = 0
  await fc.assert(
    fc.asyncProperty(
      kinds(3).chain((kind) =>
        fc.tuple(
          fc.constant(kind),
          fc.array(kind.values, { minLength: valuesOfKind, maxLength: valuesOfKind }),
        ),
      ),
      async ([kind, all]) => {
        const type = parseType(kind.text)
        const name = `t${table++}`
        const k = printType(freeze(type))
        const keys = `${keyspace}.${name}_clustering`
        const partitions = `${keyspace}.${name}_partition`
        await client.execute(
          `CREATE TABLE ${keys} (p int, k ${k}, v ${k}, n int, PRIMARY KEY (p, k))`,
        )
        await client.execute(
          `CREATE TABLE ${partitions} (p int, k ${k}, n int, PRIMARY KEY ((p, k)))`,
        )
        const classes = classesFor(type, name)
        const db = new DataSource({ client: given, keyspace, entities: Object.values(classes) })
        await db.initialize()
        await checkKeys(keys, kind, all)
        await checkRequests(db, classes, kind, all)
        await db.destroy()
        await client.execute(`DROP TABLE ${keys}`)
        await client.execute(`DROP TABLE ${partitions}`)
      },
    ),
    { numRuns: Math.ceil(values / valuesOfKind), endOnFailure: true },
  )
}, 3_600_000)
