import { In, Uuid } from 'coodie'
import { randomOf } from '../../models/random'
import { Product } from '../../models/products'
import type { Context } from './context'

const changeable = { name: 'n', category: 'c', price: 1, description: 'd' }
type Changeable = keyof typeof changeable
const names = Object.keys(changeable) as Changeable[]

/**
 * Counts the statements that the server has prepared after calls for products that differ in what they
 * select, change and leave out, and the calls that are distinct apart from their values.
 */
export async function countPrepared(
  { db, products, keyspace }: Context,
  calls: number,
): Promise<{ statements: number; shapes: number }> {
  const random = randomOf(1)
  const shapes = new Set<string>()
  const some = (): Changeable[] => {
    const chosen = names.filter(() => random.int(2) === 1)
    return chosen.length === 0 ? ['name'] : chosen
  }
  const ids = () => Array.from({ length: 1 + random.int(10) }, () => Uuid.random())
  const kinds = [
    async () => {
      const select = some()
      const limit = random.int(2) === 1 ? { limit: 1 + random.int(100) } : {}
      shapes.add(`find ${select.join()} ${Object.keys(limit).join()}`)
      await products.find({ where: { id: In(ids()) }, select, ...limit })
    },
    async () => {
      const changes = valuesOf(some())
      const ttl = random.int(2) === 1 ? { ttl: 60 + random.int(600) } : {}
      shapes.add(`update ${Object.keys(changes).join()} ${Object.keys(ttl).join()}`)
      await products.update({ id: Uuid.random() }, changes, ttl)
    },
    // An undefined property leaves its column as it is, with the same statement.
    async () => {
      shapes.add('save')
      const id = Uuid.random()
      await products.save(Object.assign(new Product(), valuesOf(some()), { id }))
    },
  ]
  let next = 0
  const lane = async () => {
    while (next < calls) await kinds[next++ % kinds.length]?.()
  }
  await Promise.all(Array.from({ length: 32 }, lane))
  const { rows } = await db.client.execute(
    'SELECT logged_keyspace, query_string FROM system.prepared_statements',
    [],
    { fetchSize: 100_000 },
  )
  const ofProducts = rows.filter(({ logged_keyspace: logged, query_string: cql }) => {
    const isHere = logged === keyspace || String(cql).includes(keyspace)
    return isHere && /\bproducts\b/u.test(String(cql))
  })
  // The server keeps each twice: under an id with its keyspace, and one without.
  const statements = new Set(ofProducts.map(({ query_string: cql }) => String(cql)))
  return { statements: statements.size, shapes: shapes.size }
}

function valuesOf(chosen: readonly Changeable[]): Partial<typeof changeable> {
  return Object.fromEntries(chosen.map((name) => [name, changeable[name]]))
}
