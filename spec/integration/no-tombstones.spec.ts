import {
  BeforeUpdate,
  ChildEntity,
  ClusteringKey,
  Column,
  Entity,
  PartitionKey,
  type Repository,
  StaticColumn,
  TableInheritance,
  VersionColumn,
  cql,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('accounts')
class Account {
  @PartitionKey('text') tenant!: string
  @ClusteringKey('timestamp') at!: Date
  @StaticColumn('text') owner?: string | null
  @Column('text') name?: string | null
  @Column('int') age?: number | null
  @Column('list<text>') tags: string[] = []
  @Column('set<int>') marks = new Set<number>()
  @Column('int', { ttl: 1000 }) visits?: number | null
}

@Entity('hooked_accounts')
class HookedAccount extends Account {
  @BeforeUpdate() touch() {}
}

@Entity({ name: 'tracked_accounts', trackChanges: true })
class TrackedAccount extends Account {}

@Entity('versioned_accounts')
class VersionedAccount extends Account {
  @VersionColumn() version?: number
}

/** More columns than a number has bits, most of them absent. */
@Entity('wide')
class Wide {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') at!: number
  @Column('int') c0?: number | null
  @Column('int') c1?: number | null
  @Column('int') c2?: number | null
  @Column('int') c3?: number | null
  @Column('int') c4?: number | null
  @Column('int') c5?: number | null
  @Column('int') c6?: number | null
  @Column('int') c7?: number | null
  @Column('int') c8?: number | null
  @Column('int') c9?: number | null
  @Column('text') d0?: string | null
  @Column('text') d1?: string | null
  @Column('text') d2?: string | null
  @Column('text') d3?: string | null
  @Column('text') d4?: string | null
  @Column('text') d5?: string | null
  @Column('text') d6?: string | null
  @Column('text') d7?: string | null
  @Column('text') d8?: string | null
  @Column('text') d9?: string | null
  @Column('boolean') e0?: boolean | null
  @Column('boolean') e1?: boolean | null
  @Column('boolean') e2?: boolean | null
  @Column('boolean') e3?: boolean | null
  @Column('boolean') e4?: boolean | null
  @Column('boolean') e5?: boolean | null
  @Column('boolean') e6?: boolean | null
  @Column('boolean') e7?: boolean | null
  @Column('boolean') e8?: boolean | null
  @Column('boolean') e9?: boolean | null
  @Column('bigint') f0?: bigint | null
  @Column('bigint') f1?: bigint | null
  @Column('list<text>') tags: string[] = []
  @Column('set<int>') marks = new Set<number>()
}

@Entity('pets')
@TableInheritance({ column: 'kind' })
class Pet {
  @PartitionKey('int') id!: number
  @Column('text') kind?: string
  @Column('text') name?: string | null
}

@ChildEntity('dog')
class Dog extends Pet {
  @Column('text') breed?: string | null
  @Column('list<text>') tricks: string[] = []
}

const { db, keyspace } = useDataSource([
  Pet,
  Dog,
  Account,
  HookedAccount,
  TrackedAccount,
  VersionedAccount,
  Wide,
])
const classes = [Account, HookedAccount, TrackedAccount, VersionedAccount]
const each = classes.map((target) => [target.name, target] as const)
const at = new Date(0)
let tenants = 0

/** Writes older than everything: each comes through unless a tombstone hides it. */
async function writeBefore(target: typeof Account, tenant: string): Promise<void> {
  const { table } = db.getRepository<Account>(target).metadata
  await keyspace.client.execute(
    `UPDATE ${keyspace.name}.${table} USING TIMESTAMP 1 ` +
      `SET name = 'old', age = 1, tags = ['old'], marks = {1}, visits = 1, owner = 'old' WHERE tenant = ? AND at = ?`,
    [tenant, at],
    { prepare: true },
  )
}

const old = {
  name: 'old',
  age: 1,
  tags: ['old'],
  marks: new Set([1]),
  visits: 1,
  owner: 'old',
}

describe.each(each)('a null that was null when the row was read, of a %s', (_, target) => {
  const accounts = (): Repository<Account> => db.getRepository<Account>(target)
  /** A row without a value of any column but its key, and for hidden columns what `writeBefore` shows. */
  async function stored(): Promise<string> {
    const tenant = `tenant ${tenants++}`
    await accounts().insert(accounts().create({ tenant, at }))
    return tenant
  }
  const read = (tenant: string) => accounts().findOneByOrFail({ tenant, at })
  const isPlain = target !== VersionedAccount

  const reads: Record<string, (tenant: string) => Promise<Account>> = {
    findOneBy: read,
    find: async (tenant) => (await accounts().findBy({ tenant }))[0] as Account,
    stream: async (tenant) => {
      for await (const account of accounts().stream({ where: { tenant } })) return account
      throw new Error('no row')
    },
    prepare: async (tenant) =>
      (await accounts().prepare({ where: { tenant } }).find({}))[0] as Account,
    'a projection': async (tenant) =>
      (await accounts().findOneOrFail({
        where: { tenant, at },
        select: [
          'tenant',
          'at',
          'name',
          'age',
          'tags',
          'marks',
          'visits',
          'owner',
          ...(isPlain ? [] : (['version'] as never[])),
        ],
      })) as Account,
  }

  it.each(Object.keys(reads))('is sent unset after %s', async (how) => {
    const tenant = await stored()
    const account = (await reads[how]?.(tenant)) as Account
    expect(account).toMatchObject({ name: null, age: null, tags: [], visits: null })
    account.age = 7
    await accounts().save(account)
    account.age = 8
    await accounts().save(account)
    await writeBefore(target, tenant)
    expect(await read(tenant)).toMatchObject({ ...old, age: 8 })
  })

  const writes: Record<string, (account: Account) => Promise<unknown>> = {
    'save with a ttl': (account) => accounts().save(account, { ttl: 1000 }),
    'save of many': (account) => accounts().save([account]),
    saveAll: (account) => accounts().saveAll([account]),
    ...(isPlain
      ? {
          insert: (account) => accounts().insert(account),
          'batch.save': (account) => db.batch().save(target, account).execute(),
          'batch.insert': (account) => db.batch().insert(target, account).execute(),
        }
      : {}),
  }

  it.each(Object.keys(writes))('is sent unset by %s', async (how) => {
    const tenant = await stored()
    const account = await read(tenant)
    account.age = 7
    await writes[how]?.(account)
    await writeBefore(target, tenant)
    expect(await read(tenant)).toMatchObject({ ...old, age: 7 })
  })

  it('is a deletion after the property had a value', async () => {
    const tenant = await stored()
    const account = await read(tenant)
    Object.assign(account, { name: 'Ann', tags: ['a'], marks: new Set([2]), owner: 'Bob' })
    await accounts().save(account)
    Object.assign(account, { name: null, tags: [], marks: new Set(), owner: null })
    await accounts().save(account)
    expect(await read(tenant)).toMatchObject({
      name: null,
      tags: [],
      marks: new Set(),
      owner: null,
    })
  })

  it('is a deletion of what was read', async () => {
    const tenant = await stored()
    await writeBefore(target, tenant)
    const account = await read(tenant)
    expect(account).toMatchObject(old)
    Object.assign(account, { name: null, age: null, tags: [], visits: null, owner: null })
    account.marks.clear()
    await accounts().save(account)
    expect(await read(tenant)).toMatchObject({
      name: null,
      age: null,
      tags: [],
      marks: new Set(),
      visits: null,
      owner: null,
    })
  })
})

describe('a null is a deletion', () => {
  const accounts = db.getRepository(Account)
  const full = (tenant: string, when = at) =>
    accounts.create({ tenant, at: when, name: 'Ann', age: 1, tags: ['a'], marks: new Set([1]) })

  it('in a copy, which is a new entity', async () => {
    const tenant = `tenant ${tenants++}`
    await accounts.insert(accounts.create({ tenant, at }))
    const account = await accounts.findOneByOrFail({ tenant, at })
    await accounts.save(full(tenant))
    await accounts.save({ ...account })
    const found = await accounts.findOneByOrFail({ tenant, at })
    // An empty collection in a new entity is left unset, as nobody filled it.
    expect(found).toMatchObject({ name: null, age: null, tags: ['a'] })
  })

  it.each(['assigned', 'changed in place'])('under another key, %s', async (how) => {
    const tenant = `tenant ${tenants++}`
    const later = new Date(1)
    await accounts.insert(accounts.create({ tenant, at }))
    await accounts.save(full(tenant, later))
    const account = await accounts.findOneByOrFail({ tenant, at })
    if (how === 'assigned') account.at = later
    else account.at.setTime(1)
    await accounts.save(account)
    expect(await accounts.findOneByOrFail({ tenant, at: later })).toMatchObject({
      name: null,
      age: null,
      tags: [],
      marks: new Set(),
    })
  })

  it('but not under an equal key', async () => {
    const tenant = `tenant ${tenants++}`
    await accounts.insert(accounts.create({ tenant, at }))
    const account = await accounts.findOneByOrFail({ tenant, at })
    account.at = new Date(0)
    await accounts.save(full(tenant))
    await accounts.save(account)
    expect(await accounts.findOneByOrFail({ tenant, at })).toMatchObject({ name: 'Ann', age: 1 })
  })

  it('in another table or keyspace', async () => {
    const tenant = `tenant ${tenants++}`
    await accounts.insert(accounts.create({ tenant, at }))
    const hooked = db.getRepository(HookedAccount)
    await hooked.save(hooked.create({ ...full(tenant) }))
    const account = await accounts.findOneByOrFail({ tenant, at })
    await hooked.save(account as HookedAccount)
    expect(await hooked.findOneByOrFail({ tenant, at })).toMatchObject({ name: null, tags: [] })
  })
})

it('is sent unset for classes of one table, read through the base or the class', async () => {
  for (const [id, reading, saving] of [
    [1, Pet, Dog],
    [2, Dog, Dog],
    [3, Pet, Pet],
    [4, Dog, Pet],
  ] as const) {
    await db.getRepository(Dog).insert(db.getRepository(Dog).create({ id }))
    const dog = (await db.getRepository<Pet>(reading).findOneByOrFail({ id })) as Dog
    expect(dog).toMatchObject({ name: null, breed: null, tricks: [] })
    dog.name = 'Rex'
    await db.getRepository<Pet>(saving).save(dog)
    await keyspace.client.execute(
      `UPDATE ${keyspace.name}.pets USING TIMESTAMP 1 SET breed = 'old', tricks = ['old'] WHERE id = ${id}`,
    )
    expect(await db.getRepository(Dog).findOneByOrFail({ id })).toMatchObject({
      name: 'Rex',
      breed: 'old',
      tricks: ['old'],
    })
  }
})

it('does not show in what was read', async () => {
  const accounts = db.getRepository(Account)
  const tenant = `tenant ${tenants++}`
  await accounts.insert(accounts.create({ tenant, at }))
  const account = await accounts.findOneByOrFail({ tenant, at })
  const plain = {
    tenant,
    at,
    owner: null,
    name: null,
    age: null,
    tags: [],
    marks: new Set(),
    visits: null,
  }
  expect(account).toEqual(plain)
  expect({ ...account }).toStrictEqual(plain)
  expect(JSON.parse(JSON.stringify(account))).toEqual({ ...plain, at: at.toJSON(), marks: {} })
  expect(Reflect.ownKeys(account).sort()).toEqual(Object.keys(plain).sort())
})

it('makes no tombstone of 5,000 rows that are read, changed and saved', async () => {
  const rows = db.getRepository(Wide)
  const ids = Array.from({ length: 5000 }, (_, i) => i)
  await rows.save(ids.map((i) => rows.create({ id: 1, at: i, c0: i, d9: 'x', e9: true, f1: 1n })))
  const found = await rows.findBy({ id: 1 })
  expect(found).toHaveLength(5000)
  for (const row of found) row.f1 = 2n
  await rows.save(found)
  const { info, rows: all } = await keyspace.client.execute(
    `SELECT * FROM ${keyspace.name}.wide WHERE id = 1`,
    [],
    { traceQuery: true, prepare: true, fetchSize: 5001 },
  )
  expect(all).toHaveLength(5000)
  expect(await tombstonesIn(info.traceId)).toEqual(['5000 live rows and 0 tombstone cells'])
  expect(await rows.findOneByOrFail({ id: 1, at: 77 })).toMatchObject({ c0: 77, c1: null, f1: 2n })
  // The whole of a class is read in two numbers of bits.
  const [row] = await rows.findBy({ id: 1, at: 3 })
  Object.assign(row as Wide, { f0: 5n, c9: 9 })
  await rows.save(row as Wide)
  Object.assign(row as Wide, { f0: null, c9: null })
  await rows.save(row as Wide)
  expect(await rows.findOneByOrFail({ id: 1, at: 3 })).toMatchObject({ f0: null, c9: null })
})

/** The counts of live rows and tombstones in a trace, which is written in the background. */
async function tombstonesIn(traceId: unknown): Promise<readonly string[]> {
  for (let i = 0; i < 100; i++) {
    const events = await db.query<{ activity: string }>(
      cql`SELECT activity FROM system_traces.events WHERE session_id = ${String(traceId)}`,
    )
    const counts = events.flatMap(({ activity }) => /\d+ live rows.*cells/.exec(activity) ?? [])
    if (counts.length > 0) return counts
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return []
}
