import { ClusteringKey, Column, Entity, PartitionKey, ValueError } from '../../lib'
import { useDataSource } from '../server/data-source'

@Entity('jobs')
class Job {
  @PartitionKey('int') id!: number
  @ClusteringKey('text', { enum: ['low', 'high'] }) level!: 'low' | 'high'
  @Column('text', { enum: ['open', 'done'] }) state?: 'open' | 'done' | null
  @Column('set<text>', { enum: ['a', 'b'] }) tags = new Set<'a' | 'b'>()
  @Column('int') cost?: number | null
}

@Entity({ name: 'tracked_jobs', trackChanges: true })
class TrackedJob extends Job {}

const { db, keyspace } = useDataSource([Job, TrackedJob])

describe.each([
  ['untracked', Job],
  ['tracked', TrackedJob],
])('a row of another version of the program, %s', (_, target) => {
  it('is saved and removed with values that are no members here', async () => {
    const jobs = db.getRepository<Job>(target)
    await keyspace.client.execute(
      `INSERT INTO ${keyspace.name}.${jobs.metadata.table} (id, level, state, tags, cost) VALUES (1, 'urgent', 'paused', {'a', 'c'}, 5)`,
    )
    const wrong = jobs.create({ id: 2, level: 'low', state: 'stopped' as never })
    await expect(jobs.save(wrong)).rejects.toThrow(ValueError)
    const [job] = (await jobs.findBy({ id: 1 })) as [Job]
    expect(job).toMatchObject({ level: 'urgent', state: 'paused', cost: 5 })
    job.cost = 6
    await jobs.save(job)
    expect(await jobs.findBy({ id: 1 })).toMatchObject([
      { level: 'urgent', state: 'paused', tags: new Set(['a', 'c']), cost: 6 },
    ])
    await jobs.remove(job)
    expect(await jobs.findBy({ id: 1 })).toEqual([])
    await expect(jobs.save(wrong)).rejects.toThrow(".state: must be one of 'open', 'done'")
  })
})
