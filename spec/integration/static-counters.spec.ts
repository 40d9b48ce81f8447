import {
  ClusteringKey,
  CounterColumn,
  CounterRepository,
  Entity,
  Increment,
  PartitionKey,
  StatementError,
} from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('forum_counts')
class ForumCounts {
  @PartitionKey('text') forum!: string
  @ClusteringKey('int') thread!: number
  @CounterColumn({ static: true }) posts!: bigint
  @CounterColumn({ static: true, as: 'number', name: 'n' }) readers!: number
  @CounterColumn() likes!: bigint
}

const { db, keyspace } = useDataSource([ForumCounts])
let counts: CounterRepository<ForumCounts>

beforeAll(() => {
  counts = db.getCounterRepository(ForumCounts)
})
beforeEach(() => counts.truncate())

const rows = async () =>
  (await counts.findBy({ forum: 'a' })).map(({ thread, posts, readers, likes }) => ({
    thread,
    posts,
    readers,
    likes,
  }))

it('is made with the table, and is in sync with it', async () => {
  const result = await keyspace.client.execute(
    `SELECT column_name, kind, type FROM system_schema.columns WHERE keyspace_name = ? AND table_name = 'forum_counts'`,
    [keyspace.name],
  )
  expect(result.rows.map((row) => [row['column_name'], row['kind'], row['type']])).toEqual([
    ['forum', 'partition_key', 'text'],
    ['likes', 'regular', 'counter'],
    ['n', 'static', 'counter'],
    ['posts', 'static', 'counter'],
    ['thread', 'clustering', 'int'],
  ])
  expect(await db.schema.plan()).toEqual({ changes: [] })
})

it('is changed by the partition key alone, and read with every row', async () => {
  await counts.increment({ forum: 'a' }, { posts: 2n, readers: 5 })
  expect(await rows()).toEqual([{ thread: null, posts: 2n, readers: 5, likes: null }])
  await counts.increment({ forum: 'a', thread: 1 }, { likes: 1n })
  await counts.increment({ forum: 'a', thread: 2 }, { likes: 3n, posts: 1n })
  await counts.decrement({ forum: 'a' }, { readers: 2 })
  expect(await rows()).toEqual([
    { thread: 1, posts: 3n, readers: 3, likes: 1n },
    { thread: 2, posts: 3n, readers: 3, likes: 3n },
  ])
  await db.getRepository(ForumCounts).update({ forum: 'a' }, { posts: Increment(4n) })
  expect((await rows()).map(({ posts }) => posts)).toEqual([7n, 7n])
})

it('refuses the clustering key beside static counters alone, and needs it beside others', async () => {
  await expect(counts.increment({ forum: 'a', thread: 1 }, { posts: 1n })).rejects.toThrow(
    StatementError,
  )
  await expect(counts.increment({ forum: 'a', thread: 1 }, { posts: 1n })).rejects.toThrow('thread')
  await expect(counts.increment({ forum: 'a' }, { posts: 1n, likes: 1n })).rejects.toThrow('thread')
})

it('is counted in batches, and deleted alone', async () => {
  await db
    .batch()
    .increment(ForumCounts, { forum: 'a' }, { posts: 1n })
    .increment(ForumCounts, { forum: 'a', thread: 1 }, { likes: 2n })
    .decrement(ForumCounts, { forum: 'a' }, { readers: 1 })
    .execute()
  expect(await rows()).toEqual([{ thread: 1, posts: 1n, readers: -1, likes: 2n }])
  await counts.delete({ forum: 'a' }, { columns: ['posts'] })
  expect(await rows()).toEqual([{ thread: 1, posts: null, readers: -1, likes: 2n }])
})

it('is never set or saved', async () => {
  const plain = db.getRepository(ForumCounts)
  await expect(plain.update({ forum: 'a' }, { posts: 1n })).rejects.toThrow(
    'ForumCounts.posts is a counter and cannot be set; write Increment() or Decrement()',
  )
  await expect(
    plain.save({ forum: 'a', thread: 1, posts: 1n, readers: 1, likes: 1n }),
  ).rejects.toThrow('ForumCounts has counters, which cannot be saved or inserted, only changed')
})
