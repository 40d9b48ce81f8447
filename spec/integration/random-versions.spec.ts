import { Client, policies } from 'cassandra-driver'
import fc from 'fast-check'
import { DataSource, Entity, type Repository, ValueError, frozen, list, map, set } from '../../lib'
import { connection, useKeyspace } from '../server/keyspace'
import { makeEntity, makeUserType } from '../server/make-entity'
import { type Seen, changes, write } from './random-versions/changes'
import {
  type Address,
  type Row,
  type Values,
  emptyRow,
  told,
  toldNull,
} from './random-versions/rows'
import {
  type Extra,
  type Version,
  columns,
  duration,
  firstVersion,
  scalars,
} from './random-versions/versions'

/*
 * Two programs write one table in turn: the old one lacks columns and fields that the new one has. A model in memory
 * says what must be stored. More of them: COODIE_VERSIONS=1000.
 */

const keyspace = useKeyspace()
/** One for both programs: their writes of one microsecond would be decided by their values. */
const timestamps = new policies.timestampGeneration.MonotonicTimestampGenerator(1000, 1000)
const clientOptions = {
  ...connection(),
  keyspace: keyspace.name,
  policies: { timestampGeneration: timestamps },
}
const clients: Client[] = []
afterAll(() => Promise.all(clients.map((client) => client.shutdown())))

type AnyTable = new (...given: unknown[]) => Seen

/** A version of the program: a plain and a tracked class of one table. */
class Program {
  readonly db: DataSource
  private readonly plain: AnyTable
  private readonly tracked: AnyTable

  constructor(
    n: number,
    readonly version: Version,
    client: Client,
    options: { readonly directRows: boolean; readonly areExtrasFirst?: boolean },
  ) {
    const withExtras = (known: Parameters<typeof makeEntity>[1], extras: readonly Extra[]) => {
      const more = Object.fromEntries(extras.map(({ type }, i) => [`x${i}`, { type }]))
      return options.areExtrasFirst ? { ...more, ...known } : { ...known, ...more }
    }
    const address = makeUserType(
      `address_${n}`,
      withExtras({ street: { type: 'text' } }, version.fields),
    )
    const whole = frozen(() => address)
    const holder = makeUserType(
      `holder_${n}`,
      withExtras({ address: { type: whole } }, version.heldFields),
    )
    const known = {
      note: { type: 'text' },
      home: { type: () => address },
      work: { type: whole },
      past: { type: list(whole) },
      named: { type: map('text', whole) },
      stops: { type: set(whole) },
      holder: { type: frozen(() => holder) },
    }
    const plain = makeEntity(`people_${n}`, withExtras(known, version.columns))
    class Tracked extends plain {}
    Entity({ name: `people_${n}`, trackChanges: true })(Tracked)
    this.plain = plain as AnyTable
    this.tracked = Tracked as AnyTable
    this.db = new DataSource({
      client,
      keyspace: keyspace.name,
      entities: [this.plain, this.tracked],
      directRows: options.directRows,
    })
  }

  target(isTracked: boolean): AnyTable {
    return isTracked ? this.tracked : this.plain
  }
}

const some = (extras: readonly Extra[], minLength: number) =>
  fc.array(fc.constantFrom(...extras), { minLength, maxLength: 3 })

const runs = fc.record({
  version: fc.record({
    fields: some(scalars, 1),
    heldFields: some([...scalars, duration], 0),
    columns: some(columns, 0),
  }),
  /** How many operations the old program does before the tables are altered; 0: the new one makes them. */
  before: fc.constantFrom(0, 0, 1, 2),
  directRows: fc.boolean(),
  areExtrasFirst: fc.boolean(),
  operations: fc.array(
    fc.record({
      id: fc.constantFrom(1, 2, 2),
      isNew: fc.boolean(),
      isTracked: fc.boolean(),
      way: fc.constantFrom('save', 'save', 'save', 'update', 'update', 'batch', 'insert', 'delete'),
      changes: fc.array(fc.record({ nth: fc.nat(changes.length - 1), random: fc.nat(59) }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
    { minLength: 6, maxLength: 6 },
  ),
})
type Run = typeof runs extends fc.Arbitrary<infer T> ? T : never
type Operation = Run['operations'][number]

const numRuns = Number(process.env['COODIE_VERSIONS'] ?? 40)
const isLarge = numRuns > 100
let tables = 0
let streets = 0
let done = 0
let refused = 0

/** Does an operation by the program; returns the row that must be stored then. */
async function perform(program: Program, operation: Operation, before: Row): Promise<Row> {
  const { db, version } = program
  const { id, way } = operation
  const target = program.target(operation.isTracked)
  const people: Repository<Seen> = db.getRepository(target)
  if (way === 'delete') {
    await people.delete({ id })
    return emptyRow()
  }
  const row = structuredClone(before)
  const fresh = (random: number) => (): Address => ({
    street: `s${++streets}`,
    extras: version.fields.map(({ values }) => random % (values.length + 1)),
  })
  if (way === 'insert') {
    row.note = `inserted ${id}`
    row.work = fresh(1)()
    row.past = [fresh(2)()]
    const past = row.past.map((each) => write(each, version))
    const work = write(row.work, version)
    await people.insert(people.create({ id, note: row.note, work, past }))
    return row
  }
  const seen =
    (await people.findOneBy({ id })) ??
    people.create({ id, past: [], named: new Map(), stops: new Set() })
  const made = operation.changes
    .slice(0, way === 'save' ? undefined : 1)
    .map(({ nth, random }) => changes[nth]?.({ seen, row, version, fresh: fresh(random), random }))
  if (way === 'save') {
    await people.save(seen)
    // Of a type that is not frozen, a tracked entity writes the fields that changed: the others stay.
    if (operation.isTracked && version === firstVersion && before.home && row.home) {
      row.home.extras = before.home.extras
    }
    return row
  }
  const { property = 'note', operator = undefined } = made[0] ?? {}
  const given = { [property]: operator ?? seen[property] ?? null }
  if (way === 'update') await people.update({ id }, given)
  else await db.batch().update(target, { id }, given).execute()
  return row
}

/** The stored row: by the bare driver, as the server's JSON. */
async function stored(n: number, id: number): Promise<Values> {
  const { rows } = await keyspace.client.execute(
    `SELECT JSON * FROM ${keyspace.name}.people_${n} WHERE id = ${id}`,
  )
  const { id: _, ...row } = JSON.parse(String(rows[0]?.['[json]'] ?? '{}')) as Values
  const byStreet = (a: { street: string }, b: { street: string }) =>
    Number(a.street.slice(1)) - Number(b.street.slice(1))
  const stops = row['stops'] as { street: string }[] | null | undefined
  return { ...row, stops: stops?.sort(byStreet) ?? null }
}

it('two versions of a program lose nothing that either wrote', async () => {
  for (let i = 0; i < 2; i++) clients.push(new Client(clientOptions))
  await Promise.all(clients.map((client) => client.connect()))
  const [oldClient, newClient] = clients as [Client, Client]
  await fc.assert(
    fc.asyncProperty(runs, async ({ version, before, directRows, areExtrasFirst, operations }) => {
      const n = ++tables
      const old = new Program(n, firstVersion, oldClient, { directRows })
      const newer = new Program(n, version, newClient, { directRows, areExtrasFirst })
      const models = new Map<number, Row>()
      let current = old
      await old.db.initialize()
      await newer.db.initialize()
      if (before > 0) await old.db.schema.sync()
      for (const [i, operation] of operations.entries()) {
        if (i === before) {
          await newer.db.schema.sync()
          current = newer
        }
        const program = operation.isNew ? current : old
        const { id } = operation
        const model = models.get(id) ?? emptyRow()
        let row = model
        try {
          row = await perform(program, operation, model)
          done++
        } catch (error) {
          // The driver's own rows do not tell every value exactly: such a one is refused, not lost.
          if (directRows || !(error instanceof ValueError)) throw error
          expect(error.message).toMatch(
            /was read with a value of the field 'x\d', which .* does not/u,
          )
          refused++
        }
        models.set(id, row)
        row.stops.sort((a, b) => Number(a.street.slice(1)) - Number(b.street.slice(1)))
        const expected = told(row, current.version, 'json')
        const found = await stored(n, id)
        expect({ ...toldNull(expected), ...found }).toEqual(expected)
        for (const reader of new Set([old, current])) {
          const entity = await reader.db.getRepository(reader.target(false)).findOneBy({ id })
          if (entity) expect(entity).toEqual({ id, ...told(row, reader.version, 'values') })
        }
      }
      await old.db.destroy()
      await newer.db.destroy()
      // Many runs need room: a full server keeps no new statements.
      if (isLarge) await keyspace.client.execute(`DROP TABLE ${keyspace.name}.people_${n}`)
    }),
    { numRuns },
  )
  expect(done).toBeGreaterThan(refused * 4)
}, 1_200_000)
