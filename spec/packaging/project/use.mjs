// An ESM program: named imports, and a default import of nothing.
import { Column, DataSource, Entity, PartitionKey, Uuid } from 'coodie'
import { CassandraServer } from 'coodie/testing'

class Product {
  name = ''
}
PartitionKey('uuid')(Product.prototype, 'id')
Column('text')(Product.prototype, 'name')
Entity('packaged')(Product)

const server = await CassandraServer.start()
const db = new DataSource({
  contactPoints: server.contactPoints,
  localDataCenter: server.localDataCenter,
  keyspace: process.env.KEYSPACE,
  entities: [Product],
  synchronize: true,
})
await db.initialize()
const products = db.getRepository(Product)
const id = Uuid.random()
await products.save(products.create({ id, name: 'Rope' }))
console.log(JSON.stringify({ name: (await products.findOneByOrFail({ id })).name }))
await db.destroy()
await server.stop()
