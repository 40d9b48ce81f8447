// A CommonJS program: the decorators are called as a compiler would.
const { Column, DataSource, Entity, PartitionKey, Uuid, getEntityMetadata } = require('coodie')
const { CassandraServer } = require('coodie/testing')

class Product {
  name = ''
}
PartitionKey('uuid')(Product.prototype, 'id')
Column('text')(Product.prototype, 'name')
Entity('packaged')(Product)

async function main() {
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
  await products.save(products.create({ id, name: 'Anvil' }))
  const found = await products.findOneByOrFail({ id })

  // The same process, through the ESM wrapper: one copy of everything.
  const esm = await import('coodie')
  console.log(
    JSON.stringify({
      name: found.name,
      isProduct: found instanceof Product,
      isShared:
        esm.DataSource === DataSource &&
        esm.getEntityMetadata(Product) === getEntityMetadata(Product) &&
        db.getRepository(Product) instanceof esm.Repository,
    }),
  )
  await db.destroy()
  await server.stop()
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
