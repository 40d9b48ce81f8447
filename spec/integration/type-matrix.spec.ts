import { Client } from 'cassandra-driver'
import { DataSource, type Repository, frozen, list, map, set, tuple, vector } from '../../lib'
import { edgeValues, nativeTypes, show } from '../codec/edge-values'
import { connection, useKeyspace } from '../server/keyspace'
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
  frozenUdt: { type: () => frozen(() => One), wrap: each((value, of) => oneOf(of, value)) },
  udtInUdt: { type: () => () => Two, wrap: each((value, of) => twoOf(of, value)) },
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
    wrap: each((value, of) => [1, oneOf(of, value)]),
  },
  udtInVector: {
    type: () =>
      vector(
        frozen(() => One),
        2,
      ),
    wrap: each((value, of) => [oneOf(of, value), oneOf(of, value)]),
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
    wrap: each((value, of) => new Map([['k', [null, oneOf(of, value)]]])),
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

/** Every way to write a value. */
const writePaths: Readonly<
  Record<string, (rows: Repository<Row>, id: number, property: string, value: unknown) => unknown>
> = {
  save: (rows, id, property, value) => rows.save(rows.create({ id, [property]: value })),
  insert: (rows, id, property, value) => rows.insert({ id, [property]: value }),
  update: (rows, id, property, value) => rows.update({ id }, { [property]: value } as never),
}

const keyspace = useKeyspace()
let db: DataSource
/** A client of the user's, with the driver's own `encoding`. */
let plain: Client
let given: DataSource

beforeAll(async () => {
  const options = { keyspace: keyspace.name, entities: Object.values(entities) }
  db = await new DataSource({ ...connection(), ...options, synchronize: true }).initialize()
  plain = new Client({ ...connection(), keyspace: keyspace.name })
  given = await new DataSource({ client: plain, entities: options.entities }).initialize()
}, 120_000)
afterAll(async () => {
  await db.destroy()
  await given.destroy()
  await plain.shutdown()
})

let id = 0

async function readsBack(
  rows: Repository<Row>,
  path: keyof typeof writePaths,
  { property, values }: (typeof cases)[number],
): Promise<void> {
  await Promise.all(
    values.map(async (value) => {
      const key = id++
      await writePaths[path]?.(rows, key, property, value)
      const found = await rows.findOneOrFail({ where: { id: key }, select: [property] })
      expect(show(found[property])).toBe(show(value))
    }),
  )
}

const all = cases.flatMap((one) => Object.keys(writePaths).map((path) => ({ ...one, path })))

it.each(all)('$path of $name of $type reads back equal', async ({ path, ...one }) => {
  await readsBack(db.getRepository(entities[one.table] as new () => Row), path, one)
})

/** The driver reads maps into objects unless it is told otherwise: keys that are not their own text are lost. */
const unreadableKeys: ReadonlySet<string> = new Set(['blob', 'decimal', 'duration', 'timestamp'])

it.each(cases.filter(({ type, name }) => name !== 'mapKey' || !unreadableKeys.has(type)))(
  'with a client of default options, $name of $type reads back equal',
  async (one) => {
    await readsBack(given.getRepository(entities[one.table] as new () => Row), 'insert', one)
  },
)

it.each(cases.filter(({ type, name }) => name === 'mapKey' && unreadableKeys.has(type)))(
  'with a client of default options, $name of $type is refused rather than read wrongly',
  async (one) => {
    await expect(
      readsBack(given.getRepository(entities[one.table] as new () => Row), 'insert', one),
    ).rejects.toThrow(
      'has keys that this client cannot read exactly; give it encoding: { map: Map }',
    )
  },
)
