import 'reflect-metadata'
import { Injectable, Module } from '@nestjs/common'
import {
  Column,
  DataSource,
  Entity,
  EntityRepository,
  PartitionKey,
  Repository,
  Uuid,
} from 'coodie'
import {
  CoodieHealthIndicator,
  CoodieModule,
  type CoodieModuleOptions,
  type CoodieOptionsFactory,
  InjectDataSource,
  InjectRepository,
  getRepositoryToken,
} from 'coodie/nestjs'
import { HealthCheckService } from '@nestjs/terminus'

@Entity('products')
export class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column() name!: string
}

@EntityRepository(Product)
export class ProductRepository extends Repository<Product> {
  named(id: Uuid): Promise<Product | null> {
    return this.findOneBy({ id })
  }
}

@Injectable()
export class Settings implements CoodieOptionsFactory {
  createCoodieOptions(): CoodieModuleOptions {
    return { contactPoints: ['127.0.0.1'], localDataCenter: 'datacenter1', autoLoadEntities: true }
  }
}

@Injectable()
export class Service {
  constructor(
    @InjectRepository(Product) readonly products: Repository<Product>,
    readonly own: ProductRepository,
    readonly db: DataSource,
    @InjectDataSource('archive') readonly archive: DataSource,
    private readonly health: HealthCheckService,
    private readonly indicator: CoodieHealthIndicator,
  ) {}

  check() {
    return this.health.check([() => this.indicator.pingCheck('db', { timeout: 500 })])
  }
}

@Module({
  imports: [
    CoodieModule.forRootAsync({ useClass: Settings }),
    CoodieModule.forRootAsync({
      name: 'archive',
      inject: [Settings],
      useFactory: (settings: Settings) => settings.createCoodieOptions(),
    }),
    // @ts-expect-error no data source has this option
    CoodieModule.forRoot({ contactPoints: [], localDataCenter: 'a', entities: [], keyspac: 'b' }),
    CoodieModule.forFeature([Product, ProductRepository]),
  ],
  providers: [Service, { provide: getRepositoryToken(Product, 'archive'), useValue: {} }],
})
export class AppModule {}
