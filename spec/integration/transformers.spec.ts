import {
  Add,
  Column,
  Contains,
  ContainsKey,
  Entity,
  Entry,
  Field,
  In,
  Index,
  PartitionKey,
  Put,
  Remove,
  type Transformer,
  UserDefinedType,
  ValueError,
  frozen,
  json,
  list,
} from '../../lib'
import { useDataSource } from '../server/data-source'

enum Level {
  Low,
  High = 5,
}

enum Color {
  Red = 'RED',
  Blue = 'BLUE',
}

class Tag {
  constructor(readonly name: string) {}
}

const calls: string[] = []
const shapes: string[] = []

const upper: Transformer<string, string> = {
  to(value) {
    calls.push(`to ${value}`)
    return value.toUpperCase()
  },
  from(value) {
    calls.push(`from ${value}`)
    return value.toLowerCase()
  },
}

const tags: Transformer<Tag[], readonly string[]> = {
  to: (values) => values.map(({ name }) => name.toUpperCase()),
  from: (values) => values.map((name) => new Tag(name.toLowerCase())),
}

interface Settings {
  readonly theme: string
  readonly sizes?: readonly number[]
}

function noteShape<V>(value: V): V {
  shapes.push(Object.prototype.toString.call(value).slice(8, -1))
  return value
}

@UserDefinedType()
class Label {
  @Field('text', { transformer: upper }) text!: string
  @Field('text', { default: 'en' }) language?: string | null
}

@Entity('things')
class Thing {
  @PartitionKey('text', { transformer: upper }) id!: string
  @Column('text', { transformer: json<Settings>() }) settings?: Settings | null
  @Column('list<text>', { transformer: tags }) tags: Tag[] = []
  @Column('map<text, int>', {
    transformer: {
      to: (value: Map<string, number>) =>
        new Map([...value].map(([key, each]) => [key.toUpperCase(), each * 2])),
      from: (value) => new Map([...value].map(([key, each]) => [key.toLowerCase(), each / 2])),
    },
  })
  counts = new Map<string, number>()
  @Index() @Column('text', { enum: Color }) color?: Color | null
  @Column('int', { enum: Level }) level?: Level | null
  @Column('set<text>', { enum: ['a', 'b'] as const }) marks = new Set<string>()
  @Column(list(frozen(() => Label))) labels: Label[] = []
  @Column('set<text>', {
    transformer: {
      to: noteShape<Set<string>>,
      from: (value: Set<string>) => value,
    },
  })
  words = new Set<string>()
  @Column('map<text, int>', {
    transformer: {
      to: noteShape<Map<string, number>>,
      from: (value: Map<string, number>) => value,
    },
  })
  sizes = new Map<string, number>()
}

const { db, keyspace } = useDataSource([Thing])
const things = db.getRepository(Thing)

beforeEach(() => {
  calls.length = 0
})

const stored = async (column: string, id: string) =>
  (
    await keyspace.client.execute(`SELECT ${column} FROM ${keyspace.name}.things WHERE id = ?`, [
      id,
    ])
  ).rows[0]?.[column] as unknown

it('stores what a transformer gives, and reads what it gives back, calling it once', async () => {
  await things.save(things.create({ id: 'a', tags: [new Tag('x'), new Tag('y')] }))
  expect(calls).toEqual(['to a'])
  expect(await stored('tags', 'A')).toEqual(['X', 'Y'])
  calls.length = 0
  const found = await things.findOneByOrFail({ id: 'a' })
  expect(calls).toEqual(['to a', 'from A'])
  expect(found.id).toBe('a')
  expect(found.tags).toEqual([new Tag('x'), new Tag('y')])
  await things.update({ id: 'a' }, { tags: [new Tag('z')] })
  expect(await stored('tags', 'A')).toEqual(['Z'])
})

it('transforms in where, in IN, and the parts that are asked for', async () => {
  const counts = new Map([['k', 1]])
  await things.save(things.create({ id: 'b', tags: [new Tag('q')], counts }))
  expect((await things.findBy({ id: In(['b', 'c']) })).map(({ id }) => id)).toEqual(['b'])
  const filtered = async (where: object) =>
    (await things.find({ where, allowFiltering: true })).map(({ id }) => id)
  expect(await filtered({ id: 'b', tags: Contains(new Tag('q')) })).toEqual(['b'])
  expect(await filtered({ id: 'b', counts: Contains(1) })).toEqual(['b'])
  expect(await filtered({ id: 'b', counts: ContainsKey('k') })).toEqual(['b'])
  expect(await filtered({ id: 'b', counts: Entry('k', 1) })).toEqual(['b'])
  expect(await filtered({ id: 'b', counts: Entry('k', 2) })).toEqual([])
})

it('transforms in the if of a write, and what is stored when it is not applied', async () => {
  const settings: Settings = { theme: 'dark', sizes: [1, 2] }
  await things.save(things.create({ id: 'c', settings }))
  const refused = await things.update(
    { id: 'c' },
    { level: Level.High },
    { if: { settings: { theme: 'x' } } },
  )
  expect(refused).toEqual({ applied: false, existing: { settings } })
  const done = await things.update({ id: 'c' }, { level: Level.High }, { if: { settings } })
  expect(done.applied).toBe(true)
})

it('keeps JSON in a text column', async () => {
  await things.save(things.create({ id: 'd', settings: { theme: 'é "quoted"' } }))
  expect(await stored('settings', 'D')).toBe('{"theme":"é \\"quoted\\""}')
  expect((await things.findOneByOrFail({ id: 'd' })).settings).toEqual({ theme: 'é "quoted"' })
  await things.update({ id: 'd' }, { settings: null })
  expect(await stored('settings', 'D')).toBeNull()
  expect((await things.findOneByOrFail({ id: 'd' })).settings).toBeNull()
  await keyspace.client.execute(
    `UPDATE ${keyspace.name}.things SET settings = '{oops' WHERE id = 'D'`,
  )
  await expect(things.findOneBy({ id: 'd' })).rejects.toThrow(
    new ValueError('Thing', 'settings', 'holds text that is not JSON'),
  )
  const circle: Record<string, unknown> = { theme: 'x' }
  circle['self'] = circle
  await expect(things.insert({ id: 'd', settings: circle } as never)).rejects.toThrow(
    'Thing.settings: needs a value that JSON can hold; it contains itself',
  )
  await expect(things.insert({ id: 'd', settings: () => 1 } as never)).rejects.toThrow(
    'Thing.settings: needs a value that JSON keeps; it is or holds a function: leave it out',
  )
  for (const [value, what] of [
    [new Map(), 'a Map: write an object or an array of entries'],
    [new Set(), 'a Set: write an array'],
    [Number.NaN, 'NaN: write null or a string'],
    [[undefined], 'undefined: write null'],
    [1n, 'a bigint: write a string'],
    [new Uint8Array(1), 'bytes: write them as base64'],
    [/x/u, 'a RegExp: write its source'],
  ] as const) {
    await expect(
      things.insert({ id: 'd', settings: { nested: [value] } } as never),
    ).rejects.toThrow(`needs a value that JSON keeps; it is or holds ${what}`)
  }
  await things.insert({ id: 'd', settings: { theme: undefined, at: new Date(0) } } as never)
  expect((await things.findOneByOrFail({ id: 'd' })).settings).toEqual({
    at: '1970-01-01T00:00:00.000Z',
  })
})

it('gives a transformer one shape, whatever the operator', async () => {
  shapes.length = 0
  await things.update({ id: 's' }, { words: Add(['a']), sizes: Put({ a: 1 }) })
  await things.update({ id: 's' }, { words: Add(new Set(['b'])), sizes: Put(new Map([['b', 2]])) })
  await things.update({ id: 's' }, { words: Remove(['b']), sizes: Remove(['b']) })
  expect([...new Set(shapes)].sort()).toEqual(['Map', 'Set'])
  const { words, sizes } = await things.findOneByOrFail({ id: 's' })
  expect([words, sizes]).toEqual([new Set(['a']), new Map([['a', 1]])])
})

it('says that a transformer threw, with its error as the cause', async () => {
  const failure = await things
    .insert({ id: 'e', tags: [null] } as never)
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(ValueError)
  expect((failure as Error).message).toBe("Thing.tags: 'to' of its transformer threw: TypeError")
  expect((failure as Error).cause).toBeInstanceOf(TypeError)
  await expect(things.insert({ id: 'e', tags: 'q' } as never)).rejects.toThrow(ValueError)
})

it('takes the members of an enum only', async () => {
  await things.save(
    things.create({ id: 'f', color: Color.Blue, level: Level.Low, marks: new Set(['a']) }),
  )
  expect(await things.findOneByOrFail({ id: 'f' })).toMatchObject({
    color: 'BLUE',
    level: 0,
    marks: new Set(['a']),
  })
  expect((await things.findBy({ color: Color.Blue })).map(({ id }) => id)).toEqual(['f'])
  const insert = (properties: object) => things.insert({ id: 'g', ...properties } as never)
  await expect(insert({ color: 'GREEN' })).rejects.toThrow(
    "Thing.color: must be one of 'RED', 'BLUE'",
  )
  await expect(insert({ level: 1 })).rejects.toThrow(
    'Thing.level: must be one of 0 (Low), 5 (High)',
  )
  await expect(insert({ level: 'Low' })).rejects.toThrow('Thing.level: needs a whole number')
  await expect(insert({ marks: ['c'] })).rejects.toThrow(
    "Thing.marks: element 0 must be one of 'a', 'b'",
  )
  await expect(things.findBy({ color: 'green' as Color })).rejects.toThrow(
    "must be one of 'RED', 'BLUE'",
  )
})

it('reads what the table holds, a member of the enum or not', async () => {
  await keyspace.client.execute(`UPDATE ${keyspace.name}.things SET color = 'GREEN' WHERE id = 'H'`)
  expect((await things.findOneByOrFail({ id: 'h' })).color).toBe('GREEN')
})

it('transforms the fields of user-defined types, and gives them defaults', async () => {
  await things.save(things.create({ id: 'i', labels: [{ text: 'hi' }] }))
  expect(calls).toEqual(['to i', 'to hi'])
  expect(await stored('labels', 'I')).toEqual([{ text: 'HI', language: 'en' }])
  const [label] = (await things.findOneByOrFail({ id: 'i' })).labels
  expect(label).toBeInstanceOf(Label)
  expect(label).toEqual({ text: 'hi', language: 'en' })
})
