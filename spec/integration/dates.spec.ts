import {
  BeforeUpdate,
  ChildEntity,
  ClusteringKey,
  Column,
  CreateDateColumn,
  DeclarationError,
  Entity,
  PartitionKey,
  StaticColumn,
  TableInheritance,
  UpdateDateColumn,
  cql,
  getEntityMetadata,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('posts')
class Post {
  @PartitionKey('text') id!: string
  @Column('text') title?: string | null
  @Column('text', { ttl: 1000 }) token?: string | null
  @CreateDateColumn() createdAt?: Date | null
  @UpdateDateColumn({ name: 'changed' }) updatedAt?: Date | null

  @BeforeUpdate() meddle() {
    if (this.title === 'meddled') this.createdAt = new Date(0)
  }
}

@Entity('copies')
class Copy extends Post {}

@Entity('lines')
class Line {
  @PartitionKey('text') page!: string
  @ClusteringKey('int') row?: number | null
  @StaticColumn('text') title?: string | null
  @Column('text') text?: string | null
  @CreateDateColumn({ as: 'number' }) madeAt?: number | null
  @UpdateDateColumn({ as: 'number' }) changedAt?: number | null
}

@Entity('shapes')
@TableInheritance({ column: 'kind', value: 'shape' })
class Shape {
  @PartitionKey('text') id!: string
  @Column('text') kind!: string
  @Column('text') color?: string | null
}

@ChildEntity('circle')
class Circle extends Shape {
  @Column('int') radius?: number | null
  @CreateDateColumn() drawnAt?: Date | null
  @UpdateDateColumn() redrawnAt?: Date | null
}

const { db } = useDataSource([Post, Copy, Line, Shape, Circle])
const posts = db.getRepository(Post)
const lines = db.getRepository(Line)

beforeEach(async () => {
  await posts.truncate()
  await lines.truncate()
})

/** From one millisecond to a later one, so that dates differ. */
async function tick(): Promise<void> {
  const start = Date.now()
  while (Date.now() === start) await new Promise((done) => setImmediate(done))
}

const stored = async (id: string) => {
  const [row] = await db.query(cql`SELECT created_at, changed, title FROM posts WHERE id = ${id}`)
  return row as { created_at: Date | null; changed: Date | null; title: string | null }
}

/** Runs a write, and tells whether a date lies in its time. */
async function timed(run: () => Promise<unknown>): Promise<(date: unknown) => boolean> {
  await tick()
  const from = Date.now()
  await run()
  const to = Date.now()
  await tick()
  return (date) => date instanceof Date && date.getTime() >= from && date.getTime() <= to
}

it.each(['insert', 'save'] as const)(
  'sets both with %s, in the entity as in the table',
  async (verb) => {
    const post = posts.create({ id: 'a', title: 'A' })
    expect(post.createdAt).toBeUndefined()
    const isThen = await timed(() => posts[verb](post))
    expect(isThen(post.createdAt)).toBe(true)
    expect(post.updatedAt).toEqual(post.createdAt)
    expect(await stored('a')).toMatchObject({ created_at: post.createdAt, changed: post.updatedAt })
    expect(await posts.findOneBy({ id: 'a' })).toMatchObject({
      createdAt: post.createdAt,
      updatedAt: post.updatedAt,
    })
  },
)

it('keeps a date of creation that is given, and sets one that is null', async () => {
  const given = new Date('2001-02-03T04:05:06.789Z')
  await posts.insert(posts.create({ id: 'a', createdAt: given, updatedAt: given }))
  const { created_at, changed } = await stored('a')
  expect(created_at).toEqual(given)
  expect(changed).not.toEqual(given)
  const other = await posts.save(posts.create({ id: 'b', createdAt: null }))
  expect((await stored('b')).created_at).toEqual(other.createdAt)
  expect(other.createdAt).toBeInstanceOf(Date)
})

describe('a later save', () => {
  it('of what was written moves the one and keeps the other', async () => {
    const post = await posts.save(posts.create({ id: 'a', title: 'A' }))
    const { createdAt } = post
    post.title = 'B'
    const isThen = await timed(() => posts.save(post))
    expect(isThen(post.updatedAt)).toBe(true)
    expect(await stored('a')).toEqual({
      created_at: createdAt,
      changed: post.updatedAt,
      title: 'B',
    })
  })

  it('of what was read does too, whatever was done to the property since', async () => {
    const { createdAt } = await posts.save(posts.create({ id: 'a', title: 'A' }))
    for (const meddle of [
      (post: Post) => (post.createdAt = new Date(0)),
      (post: Post) => post.createdAt?.setTime(0),
      (post: Post) => (post.createdAt = null),
      (post: Post) => delete post.createdAt,
      (post: Post) => (post.title = 'meddled'),
    ]) {
      const post = await posts.findOneByOrFail({ id: 'a' })
      meddle(post)
      const isThen = await timed(() => posts.save(post))
      expect(isThen(post.updatedAt)).toBe(true)
      expect(post.createdAt).toEqual(createdAt)
      expect(await stored('a')).toMatchObject({ created_at: createdAt, changed: post.updatedAt })
    }
  })

  it('of a projection keeps it too', async () => {
    const { createdAt } = await posts.save(posts.create({ id: 'a', title: 'A' }))
    await tick()
    const [found] = await posts.find({ select: ['id', 'title'] })
    await posts.save(found as Post)
    expect((await stored('a')).created_at).toEqual(createdAt)
    await posts.save(Object.assign(found as Post, { createdAt: new Date(0) }))
    expect((await stored('a')).created_at).toEqual(createdAt)
  })

  it('with a ttl leaves no row of a date alone behind', async () => {
    const post = await posts.save(posts.create({ id: 'a', title: 'A' }))
    await posts.save(post, { ttl: 1000 })
    const [row] = await db.query<{ ttl: number | null }>(
      cql`SELECT ttl(created_at) AS ttl FROM posts WHERE id = 'a'`,
    )
    expect(row?.ttl).toBeGreaterThan(900)
  })

  it('under another key, in another table or after a remove is the first one there', async () => {
    const post = await posts.save(posts.create({ id: 'a', title: 'A' }))
    await posts.save(Object.assign(post, { id: 'b', createdAt: undefined }))
    expect((await stored('b')).created_at).toBeInstanceOf(Date)
    await db.getRepository(Copy).save(post)
    expect(await db.getRepository(Copy).findOneBy({ id: 'b' })).toMatchObject({
      createdAt: post.createdAt,
    })
    await posts.remove(post)
    await tick()
    await posts.save(Object.assign(post, { createdAt: undefined }))
    expect((await stored('b')).created_at).toEqual(post.createdAt)
  })
})

it('remembers nothing of an insert that was not applied', async () => {
  const first = await posts.save(posts.create({ id: 'a', title: 'A' }))
  await tick()
  const second = posts.create({ id: 'a', title: 'B' })
  const result = await posts.insert(second, { ifNotExists: true })
  expect(await stored('a')).toMatchObject({ created_at: first.createdAt, title: 'A' })
  const existing = result.existing as Post
  existing.createdAt = new Date(0)
  await posts.save(existing)
  expect((await stored('a')).created_at).toEqual(first.createdAt)
})

describe('update()', () => {
  let createdAt: Date | null | undefined
  let before: Date | null
  beforeEach(async () => {
    ;({ createdAt } = await posts.save(posts.create({ id: 'a', title: 'A' })))
    before = (await stored('a')).changed
  })

  it('moves the date, and leaves the other alone', async () => {
    const isThen = await timed(() => posts.update({ id: 'a' }, { title: 'B' }))
    const row = await stored('a')
    expect(isThen(row.changed)).toBe(true)
    expect(row).toMatchObject({ created_at: createdAt, title: 'B' })
  })

  it('moves it with a condition, when that is met', async () => {
    await tick()
    await posts.update({ id: 'a' }, { title: 'B' }, { if: { title: 'x' } })
    expect((await stored('a')).changed).toEqual(before)
    const isThen = await timed(() =>
      posts.update({ id: 'a' }, { title: 'B' }, { if: { title: 'A' } }),
    )
    expect(isThen((await stored('a')).changed)).toBe(true)
    const isLater = await timed(() => posts.update({ id: 'a' }, { title: 'C' }, { ifExists: true }))
    expect(isLater((await stored('a')).changed)).toBe(true)
  })

  it('writes the date that the changes name', async () => {
    const given = new Date('2001-02-03T04:05:06.789Z')
    await posts.update({ id: 'a' }, { title: 'B', updatedAt: given, createdAt: given })
    expect(await stored('a')).toEqual({ title: 'B', changed: given, created_at: given })
    const isThen = await timed(() =>
      posts.update({ id: 'a' }, { title: 'B', updatedAt: undefined }),
    )
    expect(isThen((await stored('a')).changed)).toBe(true)
  })

  it('with a ttl leaves it, which would be gone with the rest', async () => {
    await tick()
    await posts.update({ id: 'a' }, { title: 'B' }, { ttl: 1000 })
    expect(await stored('a')).toMatchObject({ title: 'B', changed: before })
    const isThen = await timed(() => posts.update({ id: 'a' }, { token: 't' }))
    expect(isThen((await stored('a')).changed)).toBe(true)
    const [row] = await db.query<{ ttl: number | null }>(
      cql`SELECT ttl(changed) AS ttl FROM posts WHERE id = 'a'`,
    )
    expect(row?.ttl).toBeNull()
  })

  it('of nothing changes nothing, as ever', async () => {
    await tick()
    await posts.update({ id: 'a' }, {})
    await posts.update({ id: 'a' }, { title: undefined })
    expect((await stored('a')).changed).toEqual(before)
    await expect(posts.update({ id: 'a' }, null as never)).rejects.toThrow('changes')
  })

  it('of static columns alone concerns no row', async () => {
    await lines.save(lines.create({ page: 'p', row: 1, text: 'x' }))
    const { changedAt } = await lines.findOneByOrFail({ page: 'p', row: 1 })
    await tick()
    await lines.update({ page: 'p' }, { title: 'T' })
    expect(await lines.findOneBy({ page: 'p', row: 1 })).toMatchObject({ title: 'T', changedAt })
    await lines.update({ page: 'p', row: 1 }, { title: 'U', text: 'y' })
    const found = await lines.findOneByOrFail({ page: 'p', row: 1 })
    expect(found.changedAt).toBeGreaterThan(changedAt ?? Infinity)
  })
})

it('has milliseconds as numbers, and no date for static columns alone', async () => {
  const line = await lines.save(lines.create({ page: 'p', row: 1, text: 'x' }))
  expect(typeof line.madeAt).toBe('number')
  expect(await lines.findOneBy({ page: 'p', row: 1 })).toMatchObject({
    madeAt: line.madeAt,
    changedAt: line.changedAt,
  })
  const alone = await lines.save(lines.create({ page: 'q', title: 'T' }))
  expect(alone).not.toHaveProperty('madeAt', expect.anything())
  expect(await lines.find({ where: { page: 'q' } })).toMatchObject([{ row: null, title: 'T' }])
})

it('sets them in mass writes', async () => {
  const many = ['a', 'b'].map((id) => posts.create({ id }))
  await posts.save(many)
  await posts.saveAll([posts.create({ id: 'c' })])
  for (const id of ['a', 'b', 'c']) {
    const row = await stored(id)
    expect(row.created_at).toBeInstanceOf(Date)
    expect(row.changed).toBeInstanceOf(Date)
  }
  expect((await stored('a')).created_at).toEqual(many[0]?.createdAt)
})

it('sets one time in all writes of a batch, when it is executed', async () => {
  const kept = await posts.save(posts.create({ id: 'k', title: 'K' }))
  const { createdAt } = kept
  const first = posts.create({ id: 'a', title: 'A' })
  const batch = db
    .batch()
    .insert(Post, first)
    .save(Post, kept)
    .update(Post, { id: 'u' }, { title: 'U' })
    .update(Post, { id: 'u' }, { token: 't' })
  const isThen = await timed(() => batch.execute())
  expect(isThen(first.createdAt)).toBe(true)
  expect(await stored('a')).toMatchObject({ created_at: first.createdAt, changed: first.createdAt })
  expect(await stored('k')).toMatchObject({ created_at: createdAt, changed: first.createdAt })
  expect(await stored('u')).toMatchObject({ created_at: null, changed: first.createdAt })
  const conditional = db.batch().update(Post, { id: 'a' }, { title: 'B' }, { if: { title: 'A' } })
  const isLater = await timed(() => conditional.execute())
  expect(isLater((await stored('a')).changed)).toBe(true)
})

it('refuses a wrong update when it is added to a batch', () => {
  expect(() => db.batch().update(Post, {}, { title: 'x' })).toThrow('where')
})

it('belongs to the class that declares it, among several in one table', async () => {
  const shapes = db.getRepository(Shape)
  const shape = await shapes.save(Object.assign(new Shape(), { id: 's' }))
  const circle = (await shapes.save(Object.assign(new Circle(), { id: 'c' }))) as Circle
  expect(shape).not.toHaveProperty('drawnAt')
  expect(circle.drawnAt).toBeInstanceOf(Date)
  const { drawnAt } = circle
  const found = (await shapes.findOneByOrFail({ id: 'c' })) as Circle
  found.drawnAt = new Date(0)
  await tick()
  await db.getRepository(Circle).save(found)
  expect(await db.getRepository(Circle).findOneBy({ id: 'c' })).toMatchObject({
    drawnAt,
    redrawnAt: found.redrawnAt,
  })
  await shapes.update({ id: 's' }, { color: 'red' })
  const isThen = await timed(() => db.getRepository(Circle).update({ id: 'c' }, { radius: 2 }))
  expect(isThen((await db.getRepository(Circle).findOneBy({ id: 'c' }))?.redrawnAt)).toBe(true)
})

it('refuses options that a date does not have', () => {
  @Entity()
  class Bad {
    @PartitionKey('text') id!: string
    @CreateDateColumn({ ttl: 5, nam: 'x' } as object) createdAt?: Date | null
  }
  expect(() => getEntityMetadata(Bad)).toThrow(DeclarationError)
  expect(() => getEntityMetadata(Bad)).toThrow("'ttl' is not an option of @CreateDateColumn()")
  expect(() => getEntityMetadata(Bad)).toThrow(
    "'nam' is not an option of @CreateDateColumn(); did you mean 'name'?",
  )
})
