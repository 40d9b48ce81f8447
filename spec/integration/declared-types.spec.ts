import fc from 'fast-check'
import {
  Add,
  Append,
  Contains,
  DataSource,
  Entry,
  Fields,
  In,
  MoreThan,
  Prepend,
  Put,
  type Repository,
  SchemaError,
  SetAt,
  cql,
  frozen,
  list,
  param,
  set,
} from '../../lib'
import { nativeNames } from '../../lib/cql/native-types'
import { edgeValues } from '../codec/edge-values'
import { failure } from '../server/failure'
import { connection, useKeyspace } from '../server/keyspace'
import { makeEntity, makeUserType } from '../server/make-entity'

const { name: keyspace, client } = useKeyspace()

type Rows = Repository<Record<string, unknown>>

/** One literal of each type, to have a row that can be read. */
const literals: Readonly<Record<string, string>> = {
  ascii: `'a'`,
  bigint: '1',
  blob: '0x01',
  boolean: 'true',
  date: `'2026-11-30'`,
  decimal: '1.5',
  double: '1.5',
  duration: '1d',
  float: '1.5',
  inet: `'127.0.0.1'`,
  int: '1',
  smallint: '1',
  text: `'a'`,
  time: `'12:00:00'`,
  timestamp: '0',
  timeuuid: '5e5dbc3f-fe9c-11f0-bb45-87689ecd411e',
  tinyint: '1',
  uuid: '5e5dbc3f-fe9c-41f0-bb45-87689ecd411e',
  varint: '1',
}

const natives = nativeNames.filter((name) => name !== 'counter')

/** A value of the edges of a type that its codec accepts. */
function valueOf(native: string): unknown {
  return edgeValues[native as keyof typeof edgeValues][0]
}

/** The pairs whose bytes and meaning are the same. */
function isAlike(declared: string, stored: string): boolean {
  const isText = (name: string) => name === 'text' || name === 'ascii'
  return declared === stored || (isText(declared) && isText(stored))
}

async function open(entities: (new () => object)[], directRows = true): Promise<DataSource> {
  const db = new DataSource({ ...connection(), keyspace, entities, directRows })
  return db.initialize()
}

/** Whether nothing was executed or given out, and the error names class, property and both types. */
async function expectRefused(run: Promise<unknown>, message: string | RegExp): Promise<void> {
  const error = await failure(() => run)
  expect(error).toBeInstanceOf(SchemaError)
  if (typeof message === 'string') expect(error.message).toBe(message)
  else expect(error.message).toMatch(message)
}

describe.each([true, false])('with directRows: %p', (directRows) => {
  const table = `pairs_${directRows}`

  it('every pair of native types is right, or refused by name', async () => {
    const columns = natives.map((name) => `c_${name} ${name}`).join(', ')
    await client.execute(`CREATE TABLE ${keyspace}.${table} (id int PRIMARY KEY, ${columns})`)
    await client.execute(
      `INSERT INTO ${keyspace}.${table} (id, ${natives.map((name) => `c_${name}`).join(', ')}) ` +
        `VALUES (1, ${natives.map((name) => literals[name]).join(', ')})`,
    )
    const entities = natives.map((declared) =>
      makeEntity(
        table,
        Object.fromEntries(
          natives.map((stored) => [`p_${stored}`, { type: declared, name: `c_${stored}` }]),
        ),
      ),
    )
    const db = await open(entities, directRows)
    try {
      for (const [i, declared] of natives.entries()) {
        const rows = db.getRepository(entities[i] as (typeof entities)[0]) as unknown as Rows
        for (const stored of natives) {
          const property = `p_${stored}`
          const read = rows.find({ where: { id: 1 }, select: ['id', property] })
          const write = rows.update({ id: 2 }, { [property]: valueOf(declared) })
          if (isAlike(declared, stored)) {
            await write
            expect((await read)[0]?.[property]).not.toBeNull()
          } else {
            const message = `Made.${property} is declared as ${declared} and is ${stored} in the table`
            await expectRefused(read, message)
            await expectRefused(write, message)
          }
        }
      }
      const { rows } = await client.execute(`SELECT * FROM ${keyspace}.${table} WHERE id = 2`)
      expect(rows[0]?.['c_int']).not.toBeNull()
    } finally {
      await db.destroy()
    }
  }, 180_000)

  it('a type inside others, two deep, is compared too', async () => {
    const name = `deep_${directRows}`
    const containers: readonly ((inner: string) => string)[] = [
      (inner) => `frozen<list<${inner}>>`,
      (inner) => `frozen<set<${inner}>>`,
      (inner) => `frozen<map<int, ${inner}>>`,
      (inner) => `frozen<map<${inner}, int>>`,
      (inner) => `frozen<tuple<int, ${inner}>>`,
      (inner) => `vector<${inner}, 2>`,
    ]
    const inner = fc.constantFrom('int', 'float', 'bigint', 'text', 'blob')
    const deep = fc
      .tuple(inner, fc.constantFrom(...containers), fc.constantFrom(...containers))
      .map(([native, first, second]) => second(first(native)))
    let n = 0
    await fc.assert(
      fc.asyncProperty(deep, deep, async (declared, stored) => {
        const target = `${name}_${n++}`
        await client.execute(`CREATE TABLE ${keyspace}.${target} (id int PRIMARY KEY, c ${stored})`)
        const entity = makeEntity(target, { c: { type: declared } })
        const db = await open([entity], directRows)
        try {
          const rows = db.getRepository(entity) as unknown as Rows
          const write = rows.update({ id: 1 }, { c: null })
          if (declared === stored) await write
          else {
            const [a, b] = [declared, stored].map((type) =>
              type.replaceAll(/frozen<(.*?>)>/gu, '$1'),
            )
            expect(a).not.toBe(b)
            await expectRefused(write, /^Made\.c is declared as .* and is .* in the table$/u)
          }
        } finally {
          await db.destroy()
        }
      }),
      { numRuns: 8 },
    )
  }, 120_000)

  it('every way to write and read a column compares it', async () => {
    const name = `ways_${directRows}`
    await client.execute(`CREATE TYPE ${keyspace}.place_${directRows} (city int, zip text)`)
    await client.execute(
      `CREATE TABLE ${keyspace}.${name} (id int PRIMARY KEY, flag text, price double, history list<float>, ` +
        `labels set<int>, notes map<text, int>, home place_${directRows}, past list<frozen<place_${directRows}>>)`,
    )
    await client.execute(
      `INSERT INTO ${keyspace}.${name} (id, price, history, labels, notes, home, past) VALUES ` +
        `(1, 0.5, [1], {1}, {'a': 1}, {city: 7}, [{city: 7}])`,
    )
    const Place = makeUserType(`place_${directRows}`, {
      city: { type: 'text' },
      zip: { type: 'text' },
    })
    const entity = makeEntity(name, {
      flag: { type: 'text' },
      price: { type: 'bigint' },
      history: { type: list('int') },
      labels: { type: set('text') },
      notes: { type: 'map<text, bigint>' },
      home: { type: () => Place },
      past: { type: list(frozen(() => Place)) },
    })
    const db = await open([entity], directRows)
    const rows = db.getRepository(entity) as unknown as Rows
    const price = 'Made.price is declared as bigint and is double in the table'
    const history = 'Made.history is declared as list<int> and is list<float> in the table'
    const labels = 'Made.labels is declared as set<text> and is set<int> in the table'
    const notes = 'Made.notes is declared as map<text, bigint> and is map<text, int> in the table'
    const city = `MadeType.city is declared as text and is int in the type 'place_${directRows}'`
    const ways: readonly (readonly [() => Promise<unknown>, string])[] = [
      [() => rows.insert({ id: 2, price: 1n }), price],
      [() => rows.insert({ id: 2, price: 1n }, { ifNotExists: true }), price],
      [
        () =>
          rows
            .save([{ id: 2, price: 1n }])
            .catch((e: { cause: unknown }) => Promise.reject(e.cause)),
        price,
      ],
      [() => rows.update({ id: 1 }, { flag: 'a' }, { if: { price: 1n } }), price],
      [() => rows.update({ id: 1 }, { history: Append([1]) }), history],
      [() => rows.update({ id: 1 }, { history: Prepend([1]) }), history],
      [
        () => rows.update({ id: 1 }, { history: SetAt(0, 1) }),
        'a value for Made.history is declared as int and is float in the table',
      ],
      [() => rows.update({ id: 1 }, { labels: Add(['a']) }), labels],
      [() => rows.update({ id: 1 }, { notes: Put({ a: 1n }) }), notes],
      [() => rows.update({ id: 1 }, { home: { city: 'Bonn' } }), city],
      [() => rows.update({ id: 1 }, { past: [{ city: 'Bonn' }] }), city],
      [
        () => rows.update({ id: 1 }, { home: Fields({ city: 'Bonn' }) }),
        'Made.home.city is declared as text and is int in the table',
      ],
      [() => db.batch().insert(entity, { id: 2, price: 1n }).execute(), price],
      [
        () =>
          db
            .batch()
            .update(entity, { id: 1 }, { home: { city: 'Bonn' } })
            .update(entity, { id: 1 }, { past: null })
            .execute(),
        city,
      ],
      [() => rows.find(), price],
      [() => rows.find({ select: ['history'] }), history],
      [() => rows.find({ select: ['home'] }), city],
      [() => rows.find({ select: ['past'] }), city],
      [
        () =>
          rows.findOne({ where: { price: MoreThan(1n) }, select: ['id'], allowFiltering: true }),
        price,
      ],
      [
        () => rows.find({ where: { price: In([1n, 2n]) }, select: ['id'], allowFiltering: true }),
        price,
      ],
      [
        () => rows.find({ where: { labels: Contains('a') }, select: ['id'], allowFiltering: true }),
        'a value for Made.labels is declared as text and is int in the table',
      ],
      [
        () => rows.find({ where: { notes: Entry('a', 1n) }, select: ['id'], allowFiltering: true }),
        'a value for Made.notes is declared as bigint and is int in the table',
      ],
      [
        () =>
          rows
            .prepare({ where: { price: param('price') }, select: ['id'], allowFiltering: true })
            .find({ price: 1n }),
        `Made.price (parameter 'price') is declared as bigint and is double in the table`,
      ],
      [() => rows.minimum('price'), price],
      [() => rows.maximum('price'), price],
      [() => rows.sum('price'), price],
      [() => rows.average('price'), price],
      [
        () =>
          db.query(
            cql`UPDATE ${cql.table(entity)} SET price = ${cql.value('bigint', 1n)} WHERE id = ${1}`,
          ),
        'value 1 of the query is declared as bigint and is double in the table',
      ],
    ]
    try {
      for (const [run, message] of ways) await expectRefused(run(), message)
      const { rows: stored } = await client.execute(
        `SELECT id, price, history, labels FROM ${keyspace}.${name}`,
      )
      expect(stored.map((row) => ({ ...row }))).toEqual([
        { id: 1, price: 0.5, history: [1], labels: [1] },
      ])
    } finally {
      await db.destroy()
    }
  }, 60_000)
})
