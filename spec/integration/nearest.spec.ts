import {
  ClusteringKey,
  Column,
  Entity,
  In,
  Index,
  MoreThan,
  PartitionKey,
  StatementError,
  ValueError,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { queryable } from '../server/queryable'

@Entity('pictures')
class Picture {
  @PartitionKey('text') album!: string
  @ClusteringKey('int') id!: number
  @Index({ using: 'sai' }) @Column('text') kind!: string
  @Index({ using: 'sai' }) @Column('int') size!: number
  @Column('text') note?: string | null
  @Column('text') similarity?: string | null
  @Index({ using: 'sai' }) @Column('vector<float, 3>') embedding!: number[]
  @Index({ using: 'sai', similarity: 'euclidean' })
  @Column('vector<float, 2>', { as: 'float32' })
  place?: Float32Array | null
  @Column('vector<float, 2>') other?: number[] | null
}

const { db, keyspace } = useDataSource([Picture], {
  defaults: { consistency: 'localQuorum', fetchSize: 2 },
})
const pictures = db.getRepository(Picture)

beforeAll(async () => {
  await pictures.save(
    [
      [1, 0, 0],
      [1, 0.5, 0],
      [1, 1, 0],
      [0, 1, 0],
      [-1, 0, 0],
    ].map((embedding, id) =>
      pictures.create({
        album: id < 3 ? 'a' : 'b',
        id,
        kind: id % 2 === 0 ? 'even' : 'odd',
        size: id,
        similarity: 'a column',
        embedding,
        place: Float32Array.of(id, 0),
      }),
    ),
  )
  await queryable(keyspace, 4)
})

it('finds the nearest, the nearest first, with their similarity', async () => {
  const warned: string[] = []
  db.client.on('log', (level: string, _from: unknown, message: string) => {
    if (level === 'warning') warned.push(message)
  })
  const found = await pictures.findNearest('embedding', [1, 0, 0], { limit: 3 })
  expect(found.map(({ entity }) => entity.id)).toEqual([0, 1, 2])
  expect(found[0]?.entity).toBeInstanceOf(Picture)
  expect(found[0]?.entity).toMatchObject({ embedding: [1, 0, 0], similarity: 'a column' })
  expect(found[0]?.similarity).toBe(1)
  expect(found[1]?.similarity).toBeCloseTo((1 + 1 / Math.sqrt(1.25)) / 2, 5)
  expect(warned).toEqual([])
  expect(await pictures.findNearest('embedding', Float32Array.of(1, 0, 0))).toHaveLength(5)
})

it('filters beside, and selects', async () => {
  const odd = await pictures.findNearest('embedding', [1, 0, 0], {
    where: { kind: 'odd', size: MoreThan(0) },
    select: ['id'],
    limit: 5,
  })
  expect(odd.map(({ entity }) => entity)).toEqual([{ id: 1 }, { id: 3 }])
  const inB = await pictures.findNearest('embedding', [1, 0, 0], {
    where: { album: 'b' },
    limit: 1,
  })
  expect(inB.map(({ entity }) => entity.id)).toEqual([3])
})

it('compares as the index does', async () => {
  const [first, second] = await pictures.findNearest('place', [2, 0], { limit: 2 })
  expect(first?.entity.id).toBe(2)
  expect(first?.similarity).toBe(1)
  expect(second?.similarity).toBe(0.5)
  expect(first?.entity.place).toEqual(Float32Array.of(2, 0))
  expect(await pictures.findNearest('place', [0, 0], { limit: 1 })).toHaveLength(1)
})

it('refuses before anything is sent', async () => {
  const nearest = (vector: unknown, options: object = {}, column = 'embedding') =>
    pictures.findNearest(column as 'embedding', vector as number[], options)
  await expect(nearest([1, 0])).rejects.toThrow(
    'Picture.embedding: needs an array of 3; got one of 2',
  )
  await expect(nearest([0, 0, 0])).rejects.toThrow(
    'Picture.embedding: is a zero vector, which has no direction and no cosine similarity',
  )
  await expect(nearest([1, Number.NaN, 0])).rejects.toThrow('must be finite')
  await expect(nearest(undefined)).rejects.toThrow(
    'Picture.embedding: needs a vector to find the nearest of',
  )
  await expect(nearest([1, 0, 0], { limit: 1001 })).rejects.toThrow(
    'Picture.limit: must be a whole number from 1 to 1000',
  )
  await expect(nearest([1, 0, 0], { limit: 0 })).rejects.toThrow(ValueError)
  await expect(nearest([1, 0, 0], { orderBy: { id: 'asc' } })).rejects.toThrow(
    `Picture: findNearest has no option 'orderBy'`,
  )
  await expect(nearest([1, 0, 0], {}, 'kind')).rejects.toThrow(
    'Picture.kind is a text; findNearest() compares vectors of floats',
  )
  await expect(nearest([1, 0], {}, 'other')).rejects.toThrow(StatementError)
  await expect(nearest([1, 0, 0], { where: { note: 'x' } })).rejects.toThrow('note')
  await expect(nearest([1, 0, 0], { where: { album: In(['a', 'b']) } })).rejects.toThrow(
    'In() on the partition key',
  )
})

it('does not save a vector that the index dies on', async () => {
  const zero = pictures.create({ album: 'z', id: 1, kind: 'z', size: 1, embedding: [0, 0, 0] })
  await expect(pictures.save(zero)).rejects.toThrow('Picture.embedding: is a zero vector')
  await expect(pictures.update({ album: 'a', id: 0 }, { embedding: [0, 0, 0] })).rejects.toThrow(
    'Picture.embedding: is a zero vector',
  )
  await pictures.save(
    pictures.create({
      album: 'z',
      id: 1,
      kind: 'z',
      size: 1,
      embedding: [1, 0, 0],
      place: Float32Array.of(0, 0),
    }),
  )
  await pictures.delete({ album: 'z' })
})
