import fc from 'fast-check'
import { type Change, DataSource } from '../../lib'
import { connection, useKeyspace } from '../server/keyspace'
import { type EntitySet, entitySets, evolve, makeEntities } from './random-entities'

const keyspace = useKeyspace()
let runs = 0

async function withEntities<T>(
  entities: EntitySet,
  prefix: string,
  use: (db: DataSource) => Promise<T>,
): Promise<T> {
  const db = await new DataSource({
    ...connection(),
    keyspace: keyspace.name,
    entities: [...makeEntities(entities, prefix)],
  }).initialize()
  try {
    return await use(db)
  } finally {
    await db.destroy()
  }
}

const named = ({ kind, table, type, name, safety }: Change) => ({ kind, table, type, name, safety })

it('finds nothing to do after sync, whatever the entities', async () => {
  await fc.assert(
    fc.asyncProperty(entitySets, async (entities) => {
      await withEntities(entities, `one${runs++}`, async (db) => {
        await db.schema.sync()
        expect((await db.schema.plan()).changes).toEqual([])
        expect(await db.schema.validate()).toEqual([])
      })
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 240_000)

it('leaves what is not safe once what is safe is done, whatever the versions', async () => {
  await fc.assert(
    fc.asyncProperty(entitySets, entitySets, fc.boolean(), async (before, other, isLater) => {
      const after = isLater ? evolve(before, other) : other
      const prefix = `two${runs++}`
      await withEntities(before, prefix, (db) => db.schema.sync())
      await withEntities(after, prefix, async (db) => {
        const { changes } = await db.schema.plan()
        const unsafe = changes.filter(({ safety }) => safety !== 'safe')
        for (const { cql, safety } of changes) {
          if (safety === 'safe') await keyspace.client.execute(cql)
        }
        const left = (await db.schema.plan()).changes
        expect(left.map(named)).toEqual(unsafe.map(named))
        if (left.some(({ safety }) => safety === 'impossible')) {
          await expect(db.schema.sync({ allowDestructive: true })).rejects.toThrow(
            'the cluster differs from the classes in ways that sync cannot change:',
          )
        } else {
          await db.schema.sync({ allowDestructive: true })
          const rest = (await db.schema.plan()).changes
          expect(rest.filter(({ cql }) => cql !== '')).toEqual([])
        }
      })
    }),
    { numRuns: 12, endOnFailure: true },
  )
}, 240_000)
