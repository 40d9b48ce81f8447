import {
  AfterInsert,
  AfterLoad,
  AfterRemove,
  AfterUpdate,
  BeforeInsert,
  BeforeRemove,
  BeforeUpdate,
  ChildEntity,
  Column,
  CounterColumn,
  DataSource,
  Entity,
  Index,
  MassWriteError,
  PartitionKey,
  TableInheritance,
  cql,
  param,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'
import { sentBy } from '../server/sent-by'

/** What was called, in its order. */
const log: string[] = []
const later = () => new Promise<void>((done) => setImmediate(done))

abstract class Normalized {
  abstract name?: string | null

  @BeforeInsert()
  @BeforeUpdate()
  normalize() {
    log.push('normalize')
    this.name = this.name?.trim() ?? null
  }
}

@Entity('accounts')
class Account extends Normalized {
  @PartitionKey('text') id!: string
  @Index({ using: 'sai' }) @Column('text') override name?: string | null
  @Column('int') version?: number | null
  @Index({ using: 'sai', similarity: 'cosine' })
  @Column('vector<float, 2>')
  place?: number[] | null
  shown = ''

  @BeforeInsert()
  async inserting() {
    await later()
    log.push(`inserting ${this.name}`)
    if (this.name === 'refused') throw new RangeError('not this name')
    this.version = 1
  }

  @AfterInsert() inserted() {
    log.push('inserted')
  }

  @BeforeUpdate()
  updating() {
    log.push('updating')
    this.version = (this.version ?? 0) + 1
  }

  @AfterUpdate() async updated() {
    await later()
    log.push('updated')
  }

  @BeforeRemove() removing() {
    log.push('removing')
    if (this.name === 'kept') throw new RangeError('cannot go')
  }

  @AfterRemove() removed() {
    log.push('removed')
  }

  @AfterLoad()
  show() {
    log.push('loaded')
    this.shown = `<${this.name}>`
  }

  @AfterLoad()
  protected async showLater() {
    await later()
    this.shown += '!'
  }
}

@Entity('animals')
@TableInheritance({ column: 'kind', value: 'animal' })
class Animal {
  @PartitionKey('text') id!: string
  @Column('text') kind!: string
  @Column('text') name?: string | null

  @BeforeInsert() name_() {
    log.push('animal')
  }

  @AfterLoad() seen() {
    log.push(`seen ${this.constructor.name}`)
  }
}

@ChildEntity('dog')
class Dog extends Animal {
  @Column('text') barks?: string | null

  @BeforeInsert() bark() {
    log.push('dog')
    if (this.name === 'cat') this.kind = 'cat'
    this.barks ??= 'woof'
  }

  override seen() {
    log.push('seen by the dog')
  }
}

@Entity('steps')
class Steps {
  @PartitionKey('text') id!: string
  @Column('text', { default: 'given' }) way?: string | null
  @Column('text') seen?: string | null

  @BeforeInsert() async first() {
    await later()
    log.push('first')
  }

  @BeforeInsert() second() {
    log.push('second')
    this.seen = this.way ?? 'none'
  }

  @BeforeInsert() async third() {
    await later()
    await later()
    log.push('third')
  }

  @BeforeInsert() async fourth() {
    await later()
    log.push('fourth')
  }
}

@Entity('copies')
class Copies extends Steps {}

@Entity('visits')
class Visits {
  @PartitionKey('text') page!: string
  @CounterColumn() count!: bigint

  @BeforeRemove() removing() {
    log.push('removing')
  }

  @AfterLoad() seen() {
    log.push('loaded')
  }
}

const { db, keyspace } = useDataSource([Account, Animal, Dog, Steps, Copies, Visits])
const accounts = db.getRepository(Account)

beforeEach(async () => {
  await accounts.truncate()
  log.length = 0
})

const stored = async (id: string) =>
  (await db.query(cql`SELECT * FROM accounts WHERE id = ${id}`))[0]

describe('writes', () => {
  it('runs the hooks of an insert, those of bases first, and writes what they change', async () => {
    const account = accounts.create({ id: 'a', name: ' Ann ' })
    await accounts.insert(account)
    expect(log).toEqual(['normalize', 'inserting Ann', 'inserted'])
    expect(await stored('a')).toMatchObject({ name: 'Ann', version: 1 })
    expect(account).toMatchObject({ name: 'Ann', version: 1 })
  })

  it('awaits each before the next, and sets the defaults of an insert after them', async () => {
    const steps = db.getRepository(Steps)
    await steps.insert(Object.assign(new Steps(), { id: 'a' }))
    expect(log).toEqual(['first', 'second', 'third', 'fourth'])
    expect(await steps.findOneBy({ id: 'a' })).toMatchObject({ way: 'given', seen: 'none' })
  })

  it('is an insert when an entity is saved first, and an update from then on', async () => {
    const account = accounts.create({ id: 'a', name: 'Ann' })
    await accounts.save(account)
    await accounts.save(account)
    expect(log).toEqual([
      'normalize',
      'inserting Ann',
      'inserted',
      'normalize',
      'updating',
      'updated',
    ])
    expect(await stored('a')).toMatchObject({ version: 2 })
  })

  it('is an update when an entity was read, and an insert when it has another key since', async () => {
    await accounts.insert(accounts.create({ id: 'a', name: 'Ann' }))
    const found = await accounts.findOneByOrFail({ id: 'a' })
    log.length = 0
    await accounts.save(found)
    expect(log).toEqual(['normalize', 'updating', 'updated'])
    log.length = 0
    await accounts.save(Object.assign(found, { id: 'b' }))
    expect(log).toEqual(['normalize', 'inserting Ann', 'inserted'])
    log.length = 0
    const other = accounts.with({ consistency: 'one' })
    await other.save(found)
    expect(log).toEqual(['normalize', 'updating', 'updated'])
  })

  it('is an insert when an entity of one table is saved in another', async () => {
    const steps = await db.getRepository(Steps).save(Object.assign(new Steps(), { id: 'a' }))
    log.length = 0
    await db.getRepository(Copies).save(steps)
    expect(log).toEqual(['first', 'second', 'third', 'fourth'])
  })

  it('is an insert again after a remove', async () => {
    const account = accounts.create({ id: 'a', name: 'Ann' })
    await accounts.save(account)
    await accounts.remove(account)
    log.length = 0
    await accounts.save(account)
    expect(log).toEqual(['normalize', 'inserting Ann', 'inserted'])
  })

  it('is an update when a projection with its key is saved', async () => {
    await accounts.insert(accounts.create({ id: 'a', name: 'Ann' }))
    const [found] = await accounts.find({ select: ['id'] })
    log.length = 0
    await accounts.save(found as Account)
    expect(log).toEqual(['normalize', 'updating', 'updated'])
  })

  it('sends nothing when a before-hook throws, and throws its error as it is', async () => {
    const account = accounts.create({ id: 'a', name: 'refused' })
    const sent = await sentBy(async () => {
      await expect(accounts.insert(account)).rejects.toThrow(new RangeError('not this name'))
      await expect(accounts.save(account)).rejects.toThrow(new RangeError('not this name'))
    })
    expect(sent).toEqual([])
    expect(log).not.toContain('inserted')
    // Not known: the next one is an insert still.
    log.length = 0
    await accounts.save(Object.assign(account, { name: 'Ann' }))
    expect(log).toContain('inserted')
  })

  it('runs the hooks of a remove, and an error in one keeps the row', async () => {
    const account = await accounts.save(accounts.create({ id: 'a', name: 'kept' }))
    await expect(accounts.remove(account)).rejects.toThrow(new RangeError('cannot go'))
    expect(await stored('a')).toBeDefined()
    account.name = 'Ann'
    log.length = 0
    await accounts.remove(account)
    expect(log).toEqual(['removing', 'removed'])
    expect(await stored('a')).toBeUndefined()
  })

  it('runs the after-hooks of conditional writes only when they are applied', async () => {
    await accounts.insert(accounts.create({ id: 'a', name: 'Ann' }))
    log.length = 0
    const second = accounts.create({ id: 'a', name: 'Bob' })
    const result = await accounts.insert(second, { ifNotExists: true })
    expect(result).toMatchObject({ applied: false, existing: { name: 'Ann', shown: '<Ann>!' } })
    expect(log).toEqual(['normalize', 'inserting Bob', 'loaded'])
    log.length = 0
    expect(await accounts.remove(second, { if: { name: 'Bob' } })).toMatchObject({ applied: false })
    expect(log).toEqual(['removing'])
    log.length = 0
    expect(await accounts.remove(second, { if: { name: 'Ann' } })).toEqual({ applied: true })
    expect(log).toEqual(['removing', 'removed'])
  })

  it('knows what exists in place of an insert that was not applied', async () => {
    await accounts.insert(accounts.create({ id: 'a', name: 'Ann' }))
    const result = await accounts.insert(accounts.create({ id: 'a' }), { ifNotExists: true })
    log.length = 0
    await accounts.save(result.existing as Account)
    expect(log).toEqual(['normalize', 'updating', 'updated'])
  })

  it('runs the methods of the class for plain properties too', async () => {
    await accounts.save({ id: 'a', name: ' Ann ' } as Account)
    expect(log).toEqual(['normalize', 'inserting Ann', 'inserted'])
    expect(await stored('a')).toMatchObject({ name: 'Ann', version: 1 })
  })

  it('runs them for each entity of a mass write, and tells which were stopped by one', async () => {
    const many = ['a', 'refused', 'c'].map((name) => accounts.create({ id: name, name }))
    const failed = await accounts.save(many).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(MassWriteError)
    expect((failed as MassWriteError).failures).toEqual([
      { index: 1, entity: many[1], cause: new RangeError('not this name') },
    ])
    expect(await stored('c')).toMatchObject({ version: 1 })
    expect(await stored('refused')).toBeUndefined()
    expect(log.filter((each) => each === 'inserted')).toHaveLength(2)
    log.length = 0
    expect(await accounts.saveAll([accounts.create({ id: 'd', name: ' d ' })])).toBe(1)
    expect(log).toEqual(['normalize', 'inserting d', 'inserted'])
  })

  it('has no entity in update() and delete(), which run none', async () => {
    await accounts.update({ id: 'a' }, { name: ' x ' })
    await accounts.delete({ id: 'a' })
    expect(log).toEqual([])
  })

  it('refuses what is no entity before any hook', async () => {
    await expect(accounts.save(null as never)).rejects.toThrow(
      'Account: an entity must be an object',
    )
    expect(log).toEqual([])
  })
})

describe('batches', () => {
  it('runs the hooks when it is executed, in the order in which entities were added', async () => {
    const kept = await accounts.save(accounts.create({ id: 'k', name: 'Kay' }))
    const gone = await accounts.save(accounts.create({ id: 'g', name: 'Gay' }))
    log.length = 0
    const first = accounts.create({ id: 'a', name: ' Ann ' })
    const batch = db
      .batch()
      .save(Account, kept)
      .insert(Account, first)
      .remove(Account, gone)
      .update(Account, { id: 'u' }, { name: 'Ute' })
    expect(log).toEqual([])
    first.name = ' Bob '
    const sent = await sentBy(() => batch.execute())
    expect(sent).toHaveLength(1)
    expect(log).toEqual([
      'normalize',
      'updating',
      'normalize',
      'inserting Bob',
      'removing',
      'updated',
      'inserted',
      'removed',
    ])
    expect(await stored('a')).toMatchObject({ name: 'Bob', version: 1 })
    expect(await stored('k')).toMatchObject({ version: 2 })
    expect(await stored('g')).toBeUndefined()
    expect(await stored('u')).toMatchObject({ name: 'Ute' })
    log.length = 0
    await accounts.save(first)
    await accounts.save(gone)
    expect(log.filter((each) => each !== 'normalize')).toEqual([
      'updating',
      'updated',
      'inserting Gay',
      'inserted',
    ])
  })

  it('sends nothing when a hook throws, and can be executed again when that is mended', async () => {
    const refused = accounts.create({ id: 'b', name: 'refused' })
    const batch = db
      .batch()
      .insert(Account, accounts.create({ id: 'a', name: 'Ann' }))
      .insert(Account, refused)
    const sent = await sentBy(async () => {
      await expect(batch.execute()).rejects.toThrow(new RangeError('not this name'))
    })
    expect(sent).toEqual([])
    expect(log).not.toContain('inserted')
    refused.name = 'Bob'
    await batch.execute()
    expect(await stored('b')).toMatchObject({ name: 'Bob' })
    await expect(batch.execute()).rejects.toThrow('the batch was executed, which is done once')
  })

  it('takes nothing more while its hooks run, and is executed once', async () => {
    const batch = db.batch().insert(Account, accounts.create({ id: 'a', name: 'Ann' }))
    const executed = batch.execute()
    expect(() => batch.delete(Account, { id: 'x' })).toThrow('which is done once')
    await expect(batch.execute()).rejects.toThrow('which is done once')
    await executed
    expect(log.filter((each) => each === 'inserted')).toHaveLength(1)
  })

  it('checks the whole batch, with what the hooks made of it', async () => {
    const batch = db
      .batch()
      .update(Account, { id: 'a' }, { version: 7 })
      .insert(Account, accounts.create({ id: 'a' }))
    const sent = await sentBy(async () => {
      await expect(batch.execute()).rejects.toThrow(
        'Account.version of one row is written twice in this batch',
      )
    })
    expect(sent).toEqual([])
  })

  it('runs the after-hooks only when it is applied', async () => {
    await accounts.insert(accounts.create({ id: 'a', name: 'Ann' }))
    log.length = 0
    const second = accounts.create({ id: 'a', name: 'Bob' })
    const result = await db
      .batch()
      .insert(Account, second, { ifNotExists: true })
      .execute<Account>()
    expect(result).toMatchObject({ applied: false, existing: [{ name: 'Ann' }] })
    expect(log).toEqual(['normalize', 'inserting Bob'])
    log.length = 0
    await accounts.remove(second)
    await db.batch().insert(Account, second, { ifNotExists: true }).execute()
    expect(log).toEqual(['removing', 'removed', 'normalize', 'inserting Bob', 'inserted'])
  })
})

describe('reads', () => {
  const whole = { id: 'a', name: 'Ann', shown: '<Ann>!' }

  beforeEach(async () => {
    await accounts.insert(accounts.create({ id: 'a', name: 'Ann', place: [1, 0] }))
    log.length = 0
  })

  async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
    const found: T[] = []
    for await (const item of items) found.push(item)
    return found
  }
  const prepared = () => accounts.prepare({ where: { id: param('id') } })

  it.each([
    ['find', async () => accounts.find()],
    ['findBy', async () => accounts.findBy({ id: 'a' })],
    ['findOne', async () => [await accounts.findOne({ where: { id: 'a' } })]],
    ['findOneBy', async () => [await accounts.findOneBy({ id: 'a' })]],
    ['findOneOrFail', async () => [await accounts.findOneOrFail({ where: { id: 'a' } })]],
    ['findOneByOrFail', async () => [await accounts.findOneByOrFail({ id: 'a' })]],
    ['findSingle', async () => [await accounts.findSingle({ where: { id: 'a' } })]],
    ['findPage', async () => (await accounts.findPage()).items],
    ['stream', async () => all(accounts.stream())],
    ['scan', async () => all(accounts.scan())],
    [
      'findNearest',
      async () => (await accounts.findNearest('place', [1, 0])).map(({ entity }) => entity),
    ],
    ['query', async () => accounts.query(cql`SELECT * FROM ${cql.table(Account)}`)],
    ['a prepared find', async () => prepared().find({ id: 'a' })],
    ['a prepared findOne', async () => [await prepared().findOne({ id: 'a' })]],
    ['a prepared findPage', async () => (await prepared().findPage({ id: 'a' })).items],
    ['a prepared stream', async () => all(prepared().stream({ id: 'a' }))],
  ] as const)('calls the hooks of what %s gives', async (_, read) => {
    expect(await read()).toEqual([expect.objectContaining(whole)])
    expect(log).toEqual(['loaded'])
  })

  it('calls none for projections, counts and plain rows', async () => {
    expect(await accounts.find({ select: ['id', 'name'] })).toEqual([{ id: 'a', name: 'Ann' }])
    expect(await accounts.exists()).toBe(true)
    expect(await accounts.count()).toBe(1)
    await accounts.query(cql`SELECT id FROM ${cql.table(Account)}`, { partial: true })
    await db.query(cql`SELECT * FROM ${cql.table(Account)}`)
    expect(log).toEqual([])
  })

  it('throws what an AfterLoad throws', async () => {
    @Entity('accounts')
    class Broken extends Account {
      @AfterLoad() override show() {
        throw new RangeError('cannot be shown')
      }
    }
    await using other = await new DataSource({
      ...connection(),
      keyspace: keyspace.name,
      entities: [Broken],
    }).initialize()
    await expect(other.getRepository(Broken).find()).rejects.toThrow('cannot be shown')
  })
})

describe('several classes in one table', () => {
  it('runs the hooks of the class that the entity is of', async () => {
    const animals = db.getRepository(Animal)
    await animals.save(Object.assign(new Dog(), { id: 'd' }))
    expect(log).toEqual(['animal', 'dog'])
    await animals.save(Object.assign(new Animal(), { id: 'a' }))
    await db.getRepository(Dog).save({ id: 'p', kind: 'dog' } as Dog)
    expect(log).toEqual(['animal', 'dog', 'animal', 'animal', 'dog'])
    log.length = 0
    expect(await animals.findOneBy({ id: 'd' })).toMatchObject({ barks: 'woof' })
    await animals.findOneBy({ id: 'a' })
    await db.getRepository(Dog).findOneBy({ id: 'p' })
    expect(log).toEqual(['seen by the dog', 'seen Animal', 'seen by the dog'])
  })

  it('refuses a hook that makes it another class', async () => {
    const dog = Object.assign(new Dog(), { id: 'x', name: 'cat' })
    await expect(db.getRepository(Animal).save(dog)).rejects.toThrow(
      'Animal.kind: tells the class of a row, and has another value than a Dog',
    )
  })

  it('knows an entity in the repositories of its base too', async () => {
    const dog = await db.getRepository(Dog).save(Object.assign(new Dog(), { id: 'k' }))
    log.length = 0
    await db.getRepository(Animal).save(dog)
    expect(log).toEqual([])
  })
})

it('runs the hooks of an entity with counters that is removed or read', async () => {
  const visits = db.getCounterRepository(Visits)
  await visits.increment({ page: 'a' }, { count: 1n })
  const found = await visits.findOneByOrFail({ page: 'a' })
  await visits.remove(found)
  expect(log).toEqual(['loaded', 'removing'])
})
