import {
  ClusteringKey,
  Column,
  Entity,
  In,
  Index,
  MoreThan,
  PartitionKey,
  StaticColumn,
  Uuid,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
  @Index() @Column('text') brand = 'Unknown'
  @Column('double') price = 0
  @Column('list<text>') tags: string[] = []
  @Column('text') description?: string | null
}

@Entity('readings')
class Reading {
  @PartitionKey('text') sensor!: string
  @PartitionKey('date', { as: 'string' }) day!: string
  @ClusteringKey('timestamp', { order: 'desc' }) at!: Date
  @StaticColumn('text') unit?: string | null
  @Column('double') value!: number
  @Column('map<text, int>') counts = new Map<string, number>()
}

const { db } = useDataSource([Product, Reading])
const products = db.getRepository(Product)
const readings = db.getRepository(Reading)

it('saves an entity and reads it back by its key', async () => {
  const anvil = products.create({ id: Uuid.random(), name: 'Anvil', tags: ['heavy', 'iron'] })
  expect(await products.save(anvil)).toBe(anvil)
  const found = await products.findOneByOrFail({ id: anvil.id })
  expect(found).toBeInstanceOf(Product)
  expect(found).toEqual({ ...anvil, description: null })
  expect(await products.findOneBy({ id: anvil.id.toString() })).toEqual(found)
})

it('updates, deletes columns and removes', async () => {
  const id = Uuid.random()
  await products.insert(products.create({ id, name: 'Rope', description: 'long' }))
  await products.update({ id }, { price: 42.5, description: null })
  expect(await products.findOneBy({ id })).toMatchObject({ price: 42.5, description: null })
  await products.delete({ id }, { columns: ['name'] })
  expect((await products.findOneBy({ id }))?.name).toBeNull()
  await products.remove(products.create({ id }))
  expect(await products.exists({ where: { id } })).toBe(false)
})

it('finds by an index, by ranges of the clustering key and by lists', async () => {
  const day = '2026-01-31'
  const at = (minute: number) => new Date(Date.UTC(2026, 0, 31, 0, minute))
  await readings.save(
    Array.from({ length: 10 }, (_, minute) =>
      readings.create({ sensor: 's1', day, at: at(minute), value: minute, unit: 'K' }),
    ),
  )
  const newest = await readings.find({
    where: { sensor: 's1', day, at: MoreThan(at(3)) },
    limit: 2,
    select: ['at', 'value'],
  })
  expect(newest).toEqual([
    { at: at(9), value: 9 },
    { at: at(8), value: 8 },
  ])
  const listed = await readings.find({
    where: { sensor: 's1', day: In([day, '2026-02-01']), at: In([at(1), at(2)]) },
    orderBy: { at: 'asc' },
  })
  expect(listed.map(({ value, unit }) => [value, unit])).toEqual([
    [1, 'K'],
    [2, 'K'],
  ])
  expect(await readings.count({ where: { sensor: 's1', day } })).toBe(10)
  await products.save(products.create({ id: Uuid.random(), name: 'Nail', brand: 'Acme' }))
  expect((await products.findBy({ brand: 'Acme' })).map(({ name }) => name)).toEqual(['Nail'])
})
