import {
  BeforeUpdate,
  ClusteringKey,
  Column,
  Entity,
  PartitionKey,
  type Repository,
  StaticColumn,
  VersionColumn,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('rooms')
class Room {
  @PartitionKey('text') house!: string
  @ClusteringKey('text') room!: string
  @StaticColumn('set<text>') owners = new Set<string>()
  @StaticColumn('text') street?: string | null
  @Column('list<int>') sizes: number[] = []
  @Column('map<text, int>', { as: 'object' }) counts: { [key: string]: number } = {}
  @Column('int') area?: number | null
}

@Entity('hooked_rooms')
class HookedRoom extends Room {
  @BeforeUpdate() touch() {}
}

@Entity({ name: 'tracked_rooms', trackChanges: true })
class TrackedRoom extends Room {}

@Entity('versioned_rooms')
class VersionedRoom extends Room {
  @VersionColumn() version?: number
}

@Entity('expiring_rooms')
class ExpiringRoom extends Room {
  @Column('set<int>', { ttl: 1000 }) guests = new Set<number>()
}

const { db, keyspace } = useDataSource([Room, HookedRoom, TrackedRoom, VersionedRoom, ExpiringRoom])

let houses = 0
const newHouse = () => `house ${houses++}`
const classes = [Room, HookedRoom, TrackedRoom, VersionedRoom, ExpiringRoom]
const each = classes.map((target) => [target.name, target] as const)

/** What a write of another instance leaves of the row's own collections, and of the static one. */
async function storedOf(rooms: Repository<Room>, house: string, room: string) {
  const found = await rooms.findOneByOrFail({ house, room })
  return { owners: [...found.owners], sizes: found.sizes, counts: found.counts }
}

describe.each(each)('an empty collection that nobody filled, of a %s', (_, target) => {
  const rooms = () => db.getRepository<Room>(target)
  const full = (house: string) =>
    rooms().create({
      house,
      room: 'hall',
      owners: new Set(['Ann']),
      sizes: [1],
      counts: { a: 1 },
    })

  const writes: Record<string, (room: Room) => Promise<unknown>> = {
    save: (room) => rooms().save(room),
    'save of many': (room) => rooms().save([room]),
    saveAll: (room) => rooms().saveAll([room]),
    insert: (room) => rooms().insert(room),
    'insert ifNotExists': (room) => rooms().insert(room, { ifNotExists: true }),
    ...(target === VersionedRoom
      ? {}
      : {
          'batch.save': (room) => db.batch().save(target, room).execute(),
          'batch.insert': (room) => db.batch().insert(target, room).execute(),
        }),
  }

  it.each(Object.keys(writes))('is left out by %s', async (how) => {
    const house = newHouse()
    await rooms().save(full(house))
    const kitchen = rooms().create({ house, room: 'kitchen', area: 12 })
    await writes[how]?.(kitchen)
    expect(await storedOf(rooms(), house, 'hall')).toEqual({
      owners: ['Ann'],
      sizes: [1],
      counts: { a: 1 },
    })
    // Saved again it is still nobody's.
    if (target !== VersionedRoom) kitchen.area = 13
    await rooms().save(kitchen)
    expect((await storedOf(rooms(), house, 'kitchen')).owners).toEqual(['Ann'])
    expect(await rooms().countBy({ house })).toBe(2)
  })

  it('is written where create() was given it', async () => {
    const house = newHouse()
    await rooms().save(full(house))
    await rooms().save(rooms().create({ house, room: 'kitchen', owners: new Set(), area: 1 }))
    expect((await storedOf(rooms(), house, 'hall')).owners).toEqual([])
  })

  it('is written where fromPlain() was given it', async () => {
    const house = newHouse()
    await rooms().save(full(house))
    await rooms().save(rooms().fromPlain({ house, room: 'attic' }))
    expect((await storedOf(rooms(), house, 'hall')).owners).toEqual(['Ann'])
    await rooms().save(rooms().fromPlain({ house, room: 'kitchen', owners: [] }))
    expect((await storedOf(rooms(), house, 'hall')).owners).toEqual([])
  })

  it('is written of an entity that was read', async () => {
    const house = newHouse()
    await rooms().save(full(house))
    const hall = await rooms().findOneByOrFail({ house, room: 'hall' })
    hall.owners.clear()
    hall.sizes = []
    hall.counts = {}
    await rooms().save(hall)
    expect(await storedOf(rooms(), house, 'hall')).toEqual({ owners: [], sizes: [], counts: {} })
  })

  it('is written of an entity that was written', async () => {
    const house = newHouse()
    const hall = full(house)
    await rooms().save(hall)
    hall.owners.clear()
    hall.sizes = []
    await rooms().save(hall)
    expect(await storedOf(rooms(), house, 'hall')).toEqual({
      owners: [],
      sizes: [],
      counts: { a: 1 },
    })
    hall.sizes.push(2)
    await rooms().save(hall)
    hall.sizes.pop()
    await rooms().save(hall)
    expect((await storedOf(rooms(), house, 'hall')).sizes).toEqual([])
  })

  it('makes no tombstone', async () => {
    const house = newHouse()
    const room = rooms().create({ house, room: 'hall', area: 1 })
    await rooms().insert(room)
    const { rows } = await keyspace.client.execute(
      `SELECT writetime(area) AS at, sizes, owners FROM ${keyspace.name}.${rooms().metadata.table} WHERE house = ? AND room = ?`,
      [house, 'hall'],
      { prepare: true },
    )
    // A deletion now, with the time of the write, would hide what is older; there is none.
    await keyspace.client.execute(
      `UPDATE ${keyspace.name}.${rooms().metadata.table} USING TIMESTAMP ? SET sizes = sizes + [7] WHERE house = ? AND room = ?`,
      [1, house, 'hall'],
      { prepare: true },
    )
    expect(rows).toHaveLength(1)
    expect((await storedOf(rooms(), house, 'hall')).sizes).toEqual([7])
  })
})

it('leaves null a deletion, and what a failed write was given as it was', async () => {
  const rooms = db.getRepository(Room)
  const house = newHouse()
  await rooms.save(rooms.create({ house, room: 'hall', sizes: [1], owners: new Set(['Ann']) }))
  const again = rooms.create({ house, room: 'hall', sizes: null as never })
  const wrong = Object.assign(again, { area: 'x' })
  await expect(rooms.save(wrong as never)).rejects.toThrow('Room.area')
  again.area = 1
  await rooms.save(again)
  expect(await storedOf(rooms, house, 'hall')).toMatchObject({ owners: ['Ann'], sizes: [] })
})

it('does not show in what was read or written', async () => {
  const rooms = db.getRepository(Room)
  const house = newHouse()
  const room = rooms.create({ house, room: 'hall' })
  const keys = Object.keys(room)
  await rooms.save(room)
  expect(Reflect.ownKeys(room)).toEqual(keys)
  const read = await rooms.findOneByOrFail({ house })
  expect(new Set(Reflect.ownKeys(read))).toEqual(new Set(keys))
  expect(structuredClone(read)).toEqual({ ...read })
})

describe('a row of static columns alone', () => {
  const rooms = () => db.getRepository(Room)

  it('is saved, read, changed and removed', async () => {
    const house = newHouse()
    await rooms().save(rooms().create({ house, street: 'Main St' }))
    const [row] = (await rooms().findBy({ house })) as [Room]
    expect(row).toMatchObject({ room: null, street: 'Main St', sizes: [] })
    row.street = 'High St'
    await rooms().save(row)
    await rooms().insert(row)
    await db.batch().save(Room, row).execute()
    expect(await rooms().findBy({ house })).toMatchObject([{ room: null, street: 'High St' }])
    await rooms().remove(row)
    expect(await rooms().findBy({ house })).toEqual([])
  })

  it('is removed without the rows of its partition', async () => {
    const house = newHouse()
    await rooms().save(rooms().create({ house, street: 'Main St' }))
    const [row] = (await rooms().findBy({ house })) as [Room]
    await rooms().save(rooms().create({ house, room: 'hall', area: 1 }))
    await db.batch().remove(Room, row).execute()
    expect(await rooms().findBy({ house })).toMatchObject([{ room: 'hall', street: null }])
  })

  it('of a class with a version or tracking as well', async () => {
    for (const target of [TrackedRoom, VersionedRoom, HookedRoom, ExpiringRoom]) {
      const others = db.getRepository<Room>(target)
      const house = newHouse()
      await others.save(others.create({ house, street: 'Main St' }))
      const [row] = (await others.findBy({ house })) as [Room]
      row.street = 'High St'
      await others.save(row)
      expect(await others.findBy({ house })).toMatchObject([{ street: 'High St' }])
      await others.remove(row)
      expect(await others.findBy({ house })).toEqual([])
    }
  })

  it('is none where another column has a value', async () => {
    const row = rooms().create({ house: newHouse(), street: 'Main St', area: 1 })
    await expect(rooms().save(row)).rejects.toThrow(
      'Room.room: belongs to the primary key and needs a value',
    )
    await expect(rooms().remove(rooms().create({ house: 'x' }))).rejects.toThrow(
      'Room.room belongs to the primary key and needs a value',
    )
  })
})
