const contactPoints = process.env.CASSANDRA_CONTACT_POINTS.split(',')
const localDataCenter = process.env.CASSANDRA_LOCAL_DATACENTER ?? 'datacenter1'

/** Starts an application, uses what it injects, closes it, and tells what was there. */
exports.application = async (nest, ours, coodie) => {
  const { Inject, Injectable, Module, NestFactory, HealthCheckService, TerminusModule } = nest
  const { CoodieHealthIndicator, CoodieModule, InjectDataSource, InjectRepository } = ours
  const { Column, DataSource, Entity, EntityRepository, PartitionKey, Repository, Uuid } = coodie

  class Product {
    name = ''
  }
  PartitionKey('uuid')(Product.prototype, 'id')
  Column('text')(Product.prototype, 'name')
  Entity('packaged_in_nest')(Product)

  class ProductRepository extends Repository {
    async nameOf(id) {
      return (await this.findOneByOrFail({ id })).name
    }
  }
  EntityRepository(Product)(ProductRepository)

  class Service {
    constructor(products, own, db, archive, archived) {
      Object.assign(this, { products, own, db, archive, archived })
    }
  }
  Injectable()(Service)
  InjectRepository(Product)(Service, undefined, 0)
  Inject(ProductRepository)(Service, undefined, 1)
  Inject(DataSource)(Service, undefined, 2)
  InjectDataSource('archive')(Service, undefined, 3)
  InjectRepository(Product, 'archive')(Service, undefined, 4)

  const options = {
    contactPoints,
    localDataCenter,
    keyspace: process.env.KEYSPACE,
    synchronize: true,
    autoLoadEntities: true,
  }
  class AppModule {}
  Module({
    imports: [
      CoodieModule.forRootAsync({ useFactory: async () => options }),
      CoodieModule.forRoot({ ...options, name: 'archive' }),
      CoodieModule.forFeature([Product, ProductRepository]),
      CoodieModule.forFeature([Product], 'archive'),
      TerminusModule.forRoot({ logger: false }),
    ],
    providers: [Service],
  })(AppModule)

  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error'] })
  const { products, own, db, archive, archived } = app.get(Service)
  const id = Uuid.random()
  await products.save(products.create({ id, name: 'Anvil' }))

  const health = app.get(HealthCheckService)
  const indicator = app.get(CoodieHealthIndicator)
  const check = () => health.check([() => indicator.pingCheck('db', { dataSource: 'archive' })])
  const up = (await check()).status
  await archive.destroy()
  const down = await check().then(
    ({ status }) => status,
    (error) => `${error.getStatus()}: ${error.getResponse().error.db.status}`,
  )
  await app.close()
  return {
    name: await own.nameOf(id).catch(() => 'closed'),
    isOwn: own instanceof ProductRepository,
    areApart: archived !== products && archive !== db,
    up,
    down,
    isInitialized: db.isInitialized,
  }
}
