require('reflect-metadata')
const { Column, DataSource, Entity, PartitionKey, Uuid } = require('coodie')

class Product {}
PartitionKey('uuid')(Product.prototype, 'id')
Column('text')(Product.prototype, 'name')
Entity('products')(Product)

async function main() {
  const options = {
    contactPoints: ['127.0.0.1:1'],
    localDataCenter: 'datacenter1',
    keyspace: 'shop',
    entities: [Product],
  }
  const products = new DataSource(options).getRepository(Product)
  const id = Uuid.fromString('c0ffee00-0000-4000-8000-000000000001')
  const plain = products.toPlain(products.create({ id, name: 'Anvil' }))
  const isReadBack = products.fromPlain(plain).id.equals(id)
  const validating = new DataSource({ ...options, validate: true })
  const refusal = await validating.initialize().then(
    () => 'was not refused',
    (error) => error.message,
  )
  console.log(JSON.stringify({ plain, isReadBack, refusal }))
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
