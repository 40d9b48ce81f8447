import { Client } from 'cassandra-driver'
import {
  Add,
  Append,
  DataSource,
  Fields,
  Put,
  cql,
  frozen,
  list,
  map,
  set,
  tuple,
  vector,
} from '../../lib'
import { edgeValues, nativeTypes, show } from '../codec/edge-values'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'
import { makeEntity, makeUserType } from '../server/make-entity'

type Row = Record<string, unknown>
type Native = (typeof nativeTypes)[number]

/** One field of every type, so that each is the field of a user-defined type too. */
const One = makeUserType(
  'one',
  Object.fromEntries(nativeTypes.map((type) => [`f_${type}`, { type }])),
)
const Two = makeUserType('two', { one: { type: frozen(() => One) }, n: { type: 'int' } })

const oneOf = (type: Native, value: unknown) =>
  Object.assign(
    new One(),
    Object.fromEntries(nativeTypes.map((each) => [`f_${each}`, each === type ? value : null])),
  )
const twoOf = (type: Native, value: unknown) =>
  Object.assign(new Two(), { one: oneOf(type, value), n: 1 })

interface Container {
  readonly type: (of: Native) => unknown
  readonly wrap: (values: readonly unknown[], of: Native) => readonly unknown[]
  /** The values stand where the database sorts them. */
  readonly isSorted?: boolean
}

const each =
  (wrap: (value: unknown, of: Native) => unknown): Container['wrap'] =>
  (values, of) =>
    values.map((value) => wrap(value, of))
/** Where all values have been at the same place before. */
const two =
  (wrap: (value: unknown, of: Native) => unknown): Container['wrap'] =>
  (values, of) =>
    values.slice(-2).map((value) => wrap(value, of))
const whole =
  (wrap: (values: readonly unknown[]) => unknown): Container['wrap'] =>
  (values) => [wrap(values)]

const containers: Readonly<Record<string, Container>> = {
  itself: { type: (of) => of, wrap: (values) => values },
  list: { type: (of) => list(of), wrap: whole((values) => [...values]) },
  frozenList: {
    type: (of) => frozen(list(of)),
    wrap: (values) => [[], [...values]],
  },
  set: { type: (of) => set(of), wrap: whole((values) => new Set(values)), isSorted: true },
  frozenSet: {
    type: (of) => frozen(set(of)),
    wrap: (values) => [new Set(), new Set(values)],
    isSorted: true,
  },
  mapKey: {
    type: (of) => map(of, 'int'),
    wrap: whole((values) => new Map(values.map((value, i) => [value, i]))),
    isSorted: true,
  },
  mapValue: {
    type: (of) => map('text', of),
    wrap: whole((values) => new Map(values.map((value, i) => [`k${i}`, value]))),
  },
  tuple: { type: (of) => tuple(of, 'int'), wrap: each((value) => [value, null]) },
  vector: {
    type: (of) => vector(of, 2),
    wrap: (values, of) =>
      values
        .filter((value) => of !== 'float' || Number.isFinite(value))
        .map((value) => [value, value]),
  },
  vectorOfVectors: {
    type: (of) => vector(vector(of, 1), 2),
    wrap: (values, of) =>
      values
        .filter((value) => of !== 'float' || Number.isFinite(value))
        .map((value) => [[value], [value]]),
  },
  vectorOfLists: {
    type: (of) => vector(frozen(list(of)), 2),
    wrap: whole((values) => [[...values], []]),
  },
  listOfTuples: {
    type: (of) => list(tuple('int', of)),
    wrap: whole((values) => values.map((value) => [null, value])),
  },
  listOfLists: {
    type: (of) => list(frozen(list(of))),
    wrap: whole((values) => [[...values], [], [...values]]),
  },
  mapOfMaps: {
    type: (of) => map('int', frozen(map('text', frozen(set(of))))),
    wrap: whole((values) => new Map([[1, new Map([['a', new Set(values)]])]])),
    isSorted: true,
  },
  setOfTuples: {
    type: (of) => set(tuple(of)),
    wrap: whole((values) => new Set(values.map((value) => [value]))),
    isSorted: true,
  },
  tupleOfLists: {
    type: (of) => tuple(list(of), set('int')),
    wrap: whole((values) => [[...values], new Set([1])]),
  },
}

/** User-defined types hold all native types at once: one column serves them all. */
const userTypes: Readonly<Record<string, Container>> = {
  udt: { type: () => () => One, wrap: each((value, of) => oneOf(of, value)) },
  frozenUdt: { type: () => frozen(() => One), wrap: two((value, of) => oneOf(of, value)) },
  udtInUdt: { type: () => () => Two, wrap: two((value, of) => twoOf(of, value)) },
  udtInList: {
    type: () => list(frozen(() => Two)),
    wrap: (values, of) => [values.map((value) => twoOf(of, value))],
  },
  udtInMap: {
    type: () =>
      map(
        'int',
        frozen(() => One),
      ),
    wrap: (values, of) => [new Map(values.map((value, i) => [i, oneOf(of, value)]))],
  },
  udtInTuple: {
    type: () =>
      tuple(
        'int',
        frozen(() => One),
      ),
    wrap: two((value, of) => [1, oneOf(of, value)]),
  },
  udtInVector: {
    type: () =>
      vector(
        frozen(() => One),
        2,
      ),
    wrap: two((value, of) => [oneOf(of, value), oneOf(of, value)]),
  },
  udtInTupleInMap: {
    type: () =>
      map(
        'text',
        frozen(
          tuple(
            'int',
            frozen(() => One),
          ),
        ),
      ),
    wrap: two((value, of) => new Map([['k', [null, oneOf(of, value)]]])),
  },
}

/** Types that have no order, or not one that JavaScript keeps: -0 and 0 are one key of a Map. */
const fits = (container: Container, type: Native) =>
  container.isSorted !== true || type !== 'duration'

const sorted = (values: readonly unknown[]) => values.filter((value) => !Object.is(value, -0))

const cases = [
  ...Object.entries(containers).flatMap(([name, container]) =>
    nativeTypes
      .filter((type) => fits(container, type))
      .map((type) => ({ name, container, type, property: `${name}_${type}` })),
  ),
  ...Object.entries(userTypes).flatMap(([name, container]) =>
    nativeTypes.map((type) => ({ name, container, type, property: name })),
  ),
].map((one, i) => ({
  ...one,
  table: `matrix_${one.property === one.name ? 'udt' : i % 3}`,
  values: one.container.wrap(
    one.container.isSorted === true ? sorted(edgeValues[one.type]) : edgeValues[one.type],
    one.type,
  ),
}))

const entities = Object.fromEntries(
  [...new Set(cases.map(({ table }) => table))].map((table) => [
    table,
    makeEntity(
      table,
      Object.fromEntries(
        cases
          .filter((one) => one.table === table)
          .map(({ property, container, type }) => [property, { type: container.type(type) }]),
      ),
    ),
  ]),
)

interface Write {
  readonly db: DataSource
  readonly entity: new () => Row
  readonly id: number
  readonly property: string
  readonly value: unknown
}

/** The change operator that gives an empty column this value, where there is one. */
function changeTo(value: unknown): object | undefined {
  if (value instanceof Map) return Put(value)
  if (value instanceof Set) return Add(value)
  if (Array.isArray(value)) return Append(value)
  return value instanceof One || value instanceof Two ? Fields({ ...value }) : undefined
}

/** Every way to write a value. */
const writePaths: Readonly<Record<string, (write: Write) => Promise<unknown>>> = {
  save: ({ db, entity, id, property, value }) => {
    const rows = db.getRepository(entity)
    return rows.save(rows.create({ id, [property]: value }))
  },
  insert: ({ db, entity, id, property, value }) =>
    db.getRepository(entity).insert({ id, [property]: value }),
  'insert if not exists': ({ db, entity, id, property, value }) =>
    db.getRepository(entity).insert({ id, [property]: value }, { ifNotExists: true }),
  update: ({ db, entity, id, property, value }) =>
    db.getRepository(entity).update({ id }, { [property]: value }),
  change: ({ db, entity, id, property, value }) =>
    db.getRepository(entity).update({ id }, { [property]: changeTo(value) }),
  batch: ({ db, entity, id, property, value }) =>
    db
      .batch()
      .insert(entity, { id, [property]: value })
      .execute(),
  raw: ({ db, entity, id, property, value }) =>
    db.query(
      cql`INSERT INTO ${cql.table(entity)} (id, ${cql.column(entity, property)})
          VALUES (${id}, ${cql.value(entity, property, value)})`,
    ),
}

/** Of a column that is not frozen, its values can be changed alone. */
const changeable = new Set([
  'list',
  'set',
  'mapKey',
  'mapValue',
  'listOfTuples',
  'listOfLists',
  'mapOfMaps',
  'setOfTuples',
  'udt',
  'udtInUdt',
  'udtInList',
  'udtInMap',
  'udtInTupleInMap',
])

const { db, keyspace } = useDataSource(Object.values(entities))
/** A client of the user's, with the driver's own `encoding`. */
let plain: Client
let given: DataSource

beforeAll(async () => {
  plain = new Client({ ...connection(), keyspace: keyspace.name })
  given = await new DataSource({
    client: plain,
    entities: Object.values(entities),
    directRows: false,
  }).initialize()
}, 120_000)
afterAll(async () => {
  await given.destroy()
  await plain.shutdown()
})

let lastId = 0

async function readsBack(
  db: DataSource,
  path: string,
  { table, property, values }: (typeof cases)[number],
): Promise<void> {
  const entity = entities[table] as new () => Row
  await Promise.all(
    // A conditional write takes four rounds, and does the same with every value.
    (path === 'insert if not exists' ? values.slice(-1) : values).map(async (value) => {
      const id = lastId++
      await writePaths[path]?.({ db, entity, id, property, value })
      const found = await db
        .getRepository(entity)
        .findOneOrFail({ where: { id }, select: [property] })
      expect(`${path}: ${show(found[property])}`).toBe(`${path}: ${show(value)}`)
    }),
  )
}

it.each(cases)('$name of $type reads back equal however it is written', async (one) => {
  const paths = Object.keys(writePaths).filter(
    (path) => path !== 'change' || changeable.has(one.name),
  )
  for (const path of paths) await readsBack(db, path, one)
})

/** The driver reads maps into objects unless it is told otherwise: keys that are not their own text are lost. */
const unreadableKeys: ReadonlySet<string> = new Set(['blob', 'decimal', 'duration', 'timestamp'])

it.each(cases.filter(({ type, name }) => name !== 'mapKey' || !unreadableKeys.has(type)))(
  'with a client of default options, $name of $type reads back equal',
  async (one) => {
    await readsBack(given, 'insert', one)
  },
)

it.each(cases.filter(({ type, name }) => name === 'mapKey' && unreadableKeys.has(type)))(
  'with a client of default options, $name of $type is refused rather than read wrongly',
  async (one) => {
    await expect(readsBack(given, 'insert', one)).rejects.toThrow(
      'has keys that this client cannot read exactly; give it encoding: { map: Map }',
    )
  },
)
