import { ClassSerializerInterceptor, Controller, Get } from '@nestjs/common'
import { Reflector } from '@nestjs/core'
import { Test } from '@nestjs/testing'
import { Column, Entity, PartitionKey, Uuid } from '../../lib'
import { CoodieModule } from '../../lib/nestjs'
import { connection, useKeyspace } from '../server/keyspace'

@Entity('products')
class Product {
  @PartitionKey('uuid') id = Uuid.fromString('c0ffee00-0000-4000-8000-000000000001')
  @Column('bigint') stock = 3n
}

@Controller('products')
class ProductsController {
  @Get()
  first(): Product {
    return new Product()
  }
}

const keyspace = useKeyspace()
const isLoaded = () =>
  Object.keys(require.cache).some((path) => /node_modules.class-transformer/u.test(path))

it('serves an interceptor that is the first to load class-transformer', async () => {
  const module = await Test.createTestingModule({
    imports: [
      CoodieModule.forRoot({ ...connection(), keyspace: keyspace.name, entities: [Product] }),
    ],
    controllers: [ProductsController],
  }).compile()
  const app = module.createNestApplication({ logger: false })
  expect(isLoaded()).toBe(false)
  app.useGlobalInterceptors(new ClassSerializerInterceptor(app.get(Reflector)))
  await app.listen(0, '127.0.0.1')
  expect(isLoaded()).toBe(true)
  const response = await fetch(`${await app.getUrl()}/products`)
  expect(await response.json()).toEqual({
    id: 'c0ffee00-0000-4000-8000-000000000001',
    stock: '3',
  })
  await app.close()
})
