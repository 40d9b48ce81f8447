/** The files that `init` writes, by their paths. */
export const files: Readonly<Record<string, string>> = {
  'package.json': `{
  "private": true,
  "type": "module",
  "scripts": {
    "build": "tsc",
    "start": "tsc && node dist/src/main.js",
    "test": "tsc && node --test dist/src/*.test.js"
  }
}
`,
  'tsconfig.json': `{
  "compilerOptions": {
    "target": "es2022",
    "module": "nodenext",
    "types": ["node"],
    "strict": true,
    "skipLibCheck": true,
    "rootDir": ".",
    "outDir": "dist"
  },
  "include": ["coodie.config.ts", "src", "migrations"]
}
`,
  'coodie.config.ts': `import { defineConfig } from 'coodie'
import { Product } from './src/product.js'

export default defineConfig({
  contactPoints: ['127.0.0.1'],
  localDataCenter: 'datacenter1',
  keyspace: 'shop',
  createKeyspace: { replication: { class: 'NetworkTopologyStrategy', datacenter1: 1 } },
  entities: [Product],
  migrations: ['migrations/*.{ts,js,cql}'],
})
`,
  'src/product.ts': `import { Column, Entity, Index, PartitionKey } from 'coodie'

@Entity('products')
export class Product {
  @PartitionKey('text') sku!: string
  @Column('text') name!: string
  @Index() @Column('text') brand = 'Unknown'
  @Column('double') price = 0
  @Column('text') description?: string | null
}
`,
  'src/main.ts': `import { DataSource } from 'coodie'
import config from '../coodie.config.js'
import { Product } from './product.js'

async function main() {
  const db = await new DataSource(config).initialize()
  try {
    const products = db.getRepository(Product)
    await products.save(products.create({ sku: 'a-1', name: 'Anvil', brand: 'Acme', price: 49.5 }))
    for (const { sku, name, price } of await products.findBy({ brand: 'Acme' })) {
      console.log(sku, name, price)
    }
  } finally {
    await db.destroy()
  }
}

void main()
`,
  'src/product.test.ts': `import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DataSource } from 'coodie'
import { CassandraServer } from 'coodie/testing'
import { Product } from './product.js'

// The cluster of CASSANDRA_CONTACT_POINTS, else a server that is started for the test.
let server: CassandraServer
let db: DataSource

before(async () => {
  server = await CassandraServer.start()
  db = await new DataSource({
    contactPoints: server.contactPoints,
    localDataCenter: server.localDataCenter,
    keyspace: 'shop_test',
    createKeyspace: { replication: { class: 'SimpleStrategy', replication_factor: 1 } },
    entities: [Product],
    synchronize: true,
  }).initialize()
})

after(async () => {
  await db.destroy()
  await server.stop()
})

test('a product is found by its brand', async () => {
  const products = db.getRepository(Product)
  await products.save(products.create({ sku: 'a-1', name: 'Anvil', brand: 'Acme' }))
  const found = await products.findBy({ brand: 'Acme' })
  assert.deepEqual(
    found.map(({ name }) => name),
    ['Anvil'],
  )
})
`,
}

/** The packages that the files need beside coodie. */
export const packages = ['typescript', '@types/node', '@swc/core']
