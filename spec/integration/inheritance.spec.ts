import {
  ChildEntity,
  ClusteringKey,
  Column,
  DataSource,
  Entity,
  In,
  Index,
  param,
  PartitionKey,
  type Repository,
  StaticColumn,
  TableInheritance,
  Uuid,
  cql,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { failure } from '../server/failure'
import { connection } from '../server/keyspace'
import { sentBy } from '../server/sent-by'

@Entity('animals')
@TableInheritance({ column: 'kind' })
class Animal {
  @PartitionKey('uuid') id!: Uuid
  @Index() @Column('text') kind!: string
  @Column('text') name?: string | null
}
@ChildEntity('dog')
class Dog extends Animal {
  @Column('text', { default: 'Mongrel' }) breed?: string | null
  @Column('int', { select: false }) chip: number | undefined = 1
  readonly tricks = ['sit']
}
@ChildEntity('puppy')
class Puppy extends Dog {
  @Column('uuid') mother?: Uuid | null
}
@ChildEntity('cat')
class Cat extends Animal {
  @Column('int') lives = 9
}

/** What tells the class belongs to the key, and there is a base of its own. */
@Entity('shapes')
@TableInheritance({ column: 'kind', value: 0, unknown: 'base' })
class Shape {
  @PartitionKey('int') page!: number
  @ClusteringKey('int') kind!: number
  @ClusteringKey('int') at!: number
  @Column('text') color?: string | null
}
@ChildEntity(1)
class Circle extends Shape {
  @Column('double') radius?: number | null
}
@ChildEntity(2)
class Square extends Shape {
  @Column('double') side?: number | null
}

/** What tells the class is in no key and has no index. */
@Entity('parts')
@TableInheritance({ column: 'kind' })
class Part {
  @PartitionKey('int') machine!: number
  @ClusteringKey('int') no!: number
  @Column('text') kind!: string
  @StaticColumn('text') place?: string | null
  @Column('int') stock?: number | null
}
@ChildEntity('bolt')
class Bolt extends Part {
  @Column('int') length?: number | null
}
@ChildEntity('nut')
class Nut extends Part {}

const { db, keyspace } = useDataSource([Animal, Dog, Shape, Part, Bolt])
const animals = db.getRepository(Animal)
const dogs = db.getRepository(Dog)
const cats = db.getRepository(Cat)
const shapes = db.getRepository(Shape)
const circles = db.getRepository(Circle)
const parts = db.getRepository(Part)
const bolts = db.getRepository(Bolt)

afterEach(async () => {
  for (const repository of [animals, shapes, parts]) await repository.truncate()
})

const message = async (call: () => unknown) => (await failure(call)).message
const stored = async (table: string) =>
  (await keyspace.client.execute(`SELECT * FROM ${keyspace.name}.${table}`)).rows

const rex = () => dogs.create({ id: Uuid.random(), name: 'Rex', breed: 'Poodle' })
const tom = () => cats.create({ id: Uuid.random(), name: 'Tom' })

it('is one table with the columns of all classes, whichever are listed', async () => {
  const { rows } = await keyspace.client.execute(
    `SELECT column_name FROM system_schema.columns WHERE keyspace_name = ? AND table_name = 'animals'`,
    [keyspace.name],
  )
  expect(rows.map((row) => String(row['column_name'])).sort()).toEqual([
    'breed',
    'chip',
    'id',
    'kind',
    'lives',
    'mother',
    'name',
  ])
  const fresh = new DataSource({ ...connection(), keyspace: keyspace.name, entities: [Cat] })
  await fresh.initialize()
  expect(await fresh.schema.sync()).toEqual([])
  expect(await message(() => fresh.getRepository(Dog))).toContain('is not among the entities')
  await fresh.destroy()
})

it('reads each row as an instance of its class, with the columns of that class', async () => {
  const [dog, cat] = [rex(), tom()]
  const puppy = db.getRepository(Puppy).create({ id: Uuid.random(), mother: dog.id })
  await animals.save([dog, cat, puppy])
  const found = new Map((await animals.find()).map((each) => [String(each.id), each]))
  const read = [dog, cat, puppy].map(({ id }) => found.get(String(id)))
  expect(read.map((each) => each?.constructor)).toEqual([Dog, Cat, Puppy])
  expect(read[0]).toEqual({
    id: dog.id,
    kind: 'dog',
    name: 'Rex',
    breed: 'Poodle',
    chip: undefined,
    tricks: ['sit'],
  })
  expect(Object.keys(read[1] ?? {}).sort()).toEqual(['id', 'kind', 'lives', 'name'])
  expect(read[2]).toMatchObject({ kind: 'puppy', mother: dog.id, breed: 'Mongrel' })
  const streamed: unknown[] = []
  for await (const each of animals.stream({ fetchSize: 1 })) streamed.push(each.constructor)
  expect(new Set(streamed)).toEqual(new Set([Dog, Cat, Puppy]))
  expect(await animals.findOneBy({ id: cat.id })).toBeInstanceOf(Cat)
  expect(await animals.count()).toBe(3)
})

it('projects with the prototype of the class where what tells it is read, else of the base', async () => {
  const dog = await dogs.save(rex())
  const [told] = await animals.find({ select: ['kind', 'name'] })
  expect(told).toBeInstanceOf(Dog)
  expect({ ...told }).toEqual({ kind: 'dog', name: 'Rex' })
  const [untold] = await animals.find({ select: ['name'] })
  expect(Object.getPrototypeOf(untold)).toBe(Animal.prototype)
  const [row] = await animals.query(cql`SELECT * FROM ${cql.table(Animal)} WHERE id = ${dog.id}`)
  expect(row).toBeInstanceOf(Dog)
})

it.each([
  ['the base', () => animals],
  ['its own repository', () => dogs],
])('writes the value of the class through %s', async (_, repository) => {
  const plain = new Dog()
  plain.id = Uuid.random()
  await repository().save(plain)
  expect(plain.kind).toBe('dog')
  await repository().insert(rex())
  await db.batch().insert(Dog, rex()).save(Animal, rex()).execute()
  expect((await stored('animals')).map((row) => row['kind'] as string)).toEqual([
    'dog',
    'dog',
    'dog',
    'dog',
  ])
  expect(await dogs.findBy({ kind: 'dog' })).toHaveLength(4)
})

it('takes plain objects: of the repository, or of the class that they name', async () => {
  const [a, b] = [Uuid.random(), Uuid.random()]
  await dogs.insert({ id: a } as Dog)
  await animals.insert({ id: b, kind: 'cat' })
  expect(await animals.findOneBy({ id: a })).toMatchObject({ kind: 'dog', breed: 'Mongrel' })
  const cat = await animals.findOneByOrFail({ id: b })
  expect(cat).toBeInstanceOf(Cat)
  expect(animals.create({ kind: 'puppy' })).toBeInstanceOf(Puppy)
  expect(dogs.create()).toMatchObject({ kind: 'dog', breed: 'Mongrel' })
})

it('refuses what contradicts the class', async () => {
  const id = Uuid.random()
  const wrong = Object.assign(rex(), { kind: 'cat' })
  const sent = await sentBy(async () => {
    expect(await message(() => dogs.save(wrong))).toBe(
      'Dog.kind: tells the class of a row, and has another value than a Dog; leave it undefined',
    )
    expect(await message(() => animals.save(wrong))).toBe(
      'Animal.kind: tells the class of a row, and has another value than a Dog; leave it undefined',
    )
    expect(await message(() => animals.save({ id, kind: 'horse' }))).toBe(
      'Animal.kind: tells the class of a row, and its value is that of no class (there are: Dog, Puppy, Cat)',
    )
    expect(await message(() => animals.save({ id } as Animal))).toBe(
      'Animal.kind: tells the class of a row and needs a value: save an instance of Dog, Puppy, Cat, or name the class here',
    )
    expect(await message(() => dogs.insert({ id, kind: 'cat' } as Dog))).toContain(
      'is that of no class',
    )
    expect(await message(() => dogs.save(tom() as unknown as Dog))).toBe(
      'Dog: the entity is a Cat, not a Dog; write it with getRepository(Cat)',
    )
    expect(await message(() => db.batch().save(Dog, wrong))).toContain(
      'has another value than a Dog',
    )
    expect(await message(() => animals.save({ id, kind: 'cat', breed: 'x' } as Animal))).toBe(
      'Animal.breed is a column of another class, and this is a Cat; leave it out',
    )
    expect(await message(() => dogs.save({ id, lives: 1 } as unknown as Dog))).toContain(
      'Dog.lives is not a column',
    )
  })
  expect(sent).toEqual([])
})

it('reads through a derived class rows of it and of those derived from it, by index or filtering', async () => {
  const [cat, dog] = [await cats.save(tom()), await dogs.save(rex())]
  const sent = await sentBy(async () => {
    expect(await cats.find()).toEqual([cat])
    expect(await cats.count()).toBe(1)
    expect(await cats.exists()).toBe(true)
  })
  const from = `FROM "${keyspace.name}"."animals" WHERE "kind" = ?`
  expect(sent).toEqual([
    `SELECT "id", "kind", "name", "lives" ${from}`,
    `SELECT count(*) AS "count" ${from}`,
    `SELECT "id" ${from} LIMIT ?`,
  ])
  const where = { kind: In(['dog', 'puppy']) }
  expect(await message(() => dogs.find())).toBe(
    `Dog: the index on 'kind' does not serve this condition; pass allowFiltering: true`,
  )
  expect(await dogs.find({ allowFiltering: true })).toMatchObject([{ id: dog.id }])
  expect(await dogs.findBy({ kind: 'dog' })).toMatchObject([{ id: dog.id }])
  expect(await message(() => dogs.findBy(where))).toBe(
    'Dog.kind tells the class of a row, and every Dog has its value; leave it out, or use getRepository(Animal)',
  )
  expect(await message(() => cats.findBy({ kind: 'dog' }))).toContain('every Cat has its value')
})

it('reads a row by its whole key and gives none when it is of another class', async () => {
  const [cat, dog] = [await cats.save(tom()), await dogs.save(rex())]
  const sent = await sentBy(async () => {
    expect(await dogs.findOneBy({ id: dog.id })).toBeInstanceOf(Dog)
    expect(await dogs.findOneBy({ id: cat.id })).toBeNull()
    expect(await dogs.existsBy({ id: cat.id })).toBe(false)
    expect(await dogs.existsBy({ id: dog.id })).toBe(true)
    expect(await dogs.find({ where: { id: dog.id }, select: ['name'] })).toEqual([{ name: 'Rex' }])
    expect(await dogs.find({ where: { id: cat.id }, select: ['name'] })).toEqual([])
    expect((await dogs.findPage({ where: { id: cat.id } })).items).toEqual([])
  })
  expect(sent.filter((text) => !text.includes('WHERE "id" = ?'))).toEqual([])
  expect((await failure(() => dogs.findOneByOrFail({ id: cat.id }))).code).toBe('NOT_FOUND')
  expect([await cats.countBy({ id: cat.id }), await cats.countBy({ id: dog.id })]).toEqual([1, 0])
  const all = cql`SELECT * FROM ${cql.table(Dog)} WHERE id = ${dog.id}`
  expect(await dogs.query(all)).toMatchObject([{ id: dog.id, breed: 'Poodle' }])
  expect(await message(() => dogs.query(cql`SELECT * FROM ${cql.table(Dog)}`))).toBe(
    'the query gives a row of another class than Dog, by its kind; ask for it in WHERE, or use the repository of the base',
  )
})

it('scans, prepares and saves all of a class as it does of any other', async () => {
  async function* litter() {
    yield tom()
    yield Object.assign(new Cat(), { id: Uuid.random(), name: 'Kit' })
  }
  await cats.saveAll(litter())
  const dog = await dogs.save(rex())
  const scanned: (string | null | undefined)[] = []
  for await (const cat of cats.scan()) scanned.push(cat.name)
  expect(scanned.sort()).toEqual(['Kit', 'Tom'])
  const byKey = dogs.prepare({ where: { id: param('id') } })
  expect(await byKey.findOne({ id: dog.id })).toBeInstanceOf(Dog)
  const [cat] = await cats.find({ limit: 1 })
  expect(await byKey.findOne({ id: cat?.id as Uuid })).toBeNull()
})

it('refuses a row of no class, or makes it the base, as declared', async () => {
  const id = Uuid.random()
  const insert = `INSERT INTO ${keyspace.name}.animals (id, kind) VALUES (?, ?)`
  for (const kind of ['horse', null]) {
    await keyspace.client.execute(insert, [id, kind], { prepare: true })
    const error = await failure(() => animals.find())
    expect([error.code, error.message]).toEqual([
      'VALUE',
      'Animal.kind: a row has no value, or the value of no known class (Dog, Puppy, Cat); import its class, ' +
        `or make it Animal itself: @TableInheritance({ unknown: 'base' })`,
    ])
    expect(await dogs.findOneBy({ id })).toBeNull()
  }
  await keyspace.client.execute(
    `INSERT INTO ${keyspace.name}.shapes (page, kind, at, color) VALUES (1, 77, 1, 'red')`,
  )
  const [shape] = await shapes.find()
  expect(shape?.constructor).toBe(Shape)
  expect(shape).toEqual({ page: 1, kind: 77, at: 1, color: 'red' })
  await shapes.save(Object.assign(shape as Shape, { color: 'blue' }))
  expect(await shapes.find()).toMatchObject([{ kind: 77, color: 'blue' }])
})

it('has what tells the class in the key', async () => {
  await shapes.save([
    shapes.create({ page: 1, at: 1 }),
    circles.create({ page: 1, at: 1, radius: 2 }),
    Object.assign(new Square(), { page: 1, at: 2, side: 3 }),
  ])
  expect((await shapes.findBy({ page: 1 })).map((each) => [each.constructor, each.kind])).toEqual([
    [Shape, 0],
    [Circle, 1],
    [Square, 2],
  ])
  const sent = await sentBy(async () => {
    expect(await circles.findBy({ page: 1 })).toMatchObject([{ radius: 2 }])
    await circles.update({ page: 1, at: 1 }, { radius: 5 })
    await circles.update({ page: 1, at: 1 }, { radius: 6 }, { ifExists: true })
    await circles.delete({ page: 1 })
  })
  const table = `"${keyspace.name}"."shapes"`
  expect(sent).toEqual([
    `SELECT "page", "kind", "at", "color", "radius" FROM ${table} WHERE "page" = ? AND "kind" = ?`,
    `UPDATE ${table} SET "radius" = ? WHERE "page" = ? AND "kind" = ? AND "at" = ?`,
    `UPDATE ${table} SET "radius" = ? WHERE "page" = ? AND "kind" = ? AND "at" = ? IF EXISTS`,
    `DELETE FROM ${table} WHERE "page" = ? AND "kind" = ?`,
  ])
  expect((await shapes.find()).map(({ kind }) => kind)).toEqual([0, 2])
  expect(await message(() => circles.delete({ page: 1, kind: 2 }))).toContain(
    'every Circle has its value',
  )
  await circles.save(circles.create({ page: 3, at: 1 }))
  await circles.remove({ page: 3, at: 1 } as Circle)
  expect(await shapes.countBy({ page: 3 })).toBe(0)
})

it('updates and deletes rows of its class', async () => {
  const [bolt, nut] = [
    { machine: 1, no: 1 },
    { machine: 1, no: 2 },
  ]
  await parts.save([
    bolts.create({ ...bolt, length: 3 }),
    Object.assign(new Nut(), { ...nut, stock: 1 }),
  ])
  const table = `"${keyspace.name}"."parts"`
  const key = 'WHERE "machine" = ? AND "no" = ?'
  const sent = await sentBy(async () => {
    await bolts.update(bolt, { length: 4 })
    await bolts.update({ machine: 1, no: 3 }, { length: 5 })
    await bolts.update(bolt, { length: 4 }, { ttl: 100 })
    await bolts.update(bolt, { stock: null })
    await bolts.update({ machine: 1 }, { place: 'hall' })
    expect(await bolts.update(bolt, { stock: 7 }, { if: { length: 4 } })).toEqual({ applied: true })
    expect(await bolts.update(nut, { stock: 7 }, { ifExists: true })).toEqual({
      applied: false,
      existing: { kind: 'nut' },
    })
    expect(await bolts.delete(nut, { ifExists: true })).toMatchObject({ applied: false })
    await db.batch().update(Bolt, bolt, { stock: 8 }).execute()
  })
  expect(sent).toEqual([
    `UPDATE ${table} SET "kind" = ?, "length" = ? ${key}`,
    `UPDATE ${table} SET "kind" = ?, "length" = ? ${key}`,
    `UPDATE ${table} USING TTL ? SET "length" = ? ${key}`,
    `UPDATE ${table} SET "stock" = ? ${key}`,
    `UPDATE ${table} SET "place" = ? WHERE "machine" = ?`,
    `UPDATE ${table} SET "stock" = ? ${key} IF "kind" = ? AND "length" = ?`,
    `UPDATE ${table} SET "stock" = ? ${key} IF "kind" = ?`,
    `DELETE FROM ${table} ${key} IF "kind" = ?`,
    `BEGIN BATCH UPDATE ${table} SET "kind" = ?, "stock" = ? ${key}; APPLY BATCH`,
  ])
  expect((await parts.find()).map((each) => [each.constructor, each.stock])).toEqual([
    [Bolt, 8],
    [Nut, 1],
    [Bolt, null],
  ])
  await bolts.delete(bolt)
  expect(await parts.count()).toBe(2)
})

it('refuses writes that would concern other classes', async () => {
  const id = Uuid.random()
  const sent = await sentBy(async () => {
    for (const repository of [animals, dogs as unknown as Repository<Animal>]) {
      const { name } = repository.metadata
      expect(await message(() => repository.update({ id }, { kind: 'cat' }))).toBe(
        `${name}.kind tells the class of a row and cannot be changed; remove the entity and save one of the other class`,
      )
      expect(await message(() => repository.delete({ id }, { columns: ['kind'] }))).toContain(
        `${name}.kind tells the class of a row and cannot be deleted alone`,
      )
    }
    expect(await message(() => animals.update({ id }, { breed: 'x' } as object))).toBe(
      'Animal.breed is a column of Dog; update it with getRepository(Dog)',
    )
    expect(await message(() => dogs.truncate())).toBe(
      `Dog: truncate would delete the rows of all classes of 'animals'; call it on getRepository(Animal)`,
    )
    expect(await message(() => bolts.delete({ machine: 1 }))).toBe(
      'Bolt: delete of more than rows by their whole primary key would delete those of other classes too; ' +
        `name 'no', or use getRepository(Part)`,
    )
    expect(
      await message(() => bolts.update({ machine: 1, no: 1 }, { stock: 1 }, { if: {} })),
    ).toContain('an empty if would be no condition')
    expect(await message(() => bolts.countBy({ machine: 1, no: 1 }))).toContain(`'kind' is neither`)
    expect(await message(() => bolts.findBy({ machine: 1 }))).toBe(
      `Bolt: 'kind' is neither in the primary key nor indexed; add @Index() to it, or pass allowFiltering: true`,
    )
  })
  expect(sent).toEqual([])
})

it('tells what is stored in place of a row that was not inserted', async () => {
  const cat = await cats.save(tom())
  const dog = Object.assign(rex(), { id: cat.id })
  const asAnimal = await animals.insert(dog, { ifNotExists: true })
  expect(asAnimal.existing).toBeInstanceOf(Cat)
  expect(asAnimal.existing).toEqual(cat)
  const asDog = await dogs.insert(dog, { ifNotExists: true })
  expect(asDog.existing).not.toBeInstanceOf(Dog)
  expect(asDog.existing).toEqual({ id: cat.id, kind: 'cat', name: 'Tom' })
})
