// Constructor injection by type, as NestJS does: the classes must be values under isolatedModules.
import { Column, Entity, PartitionKey, ReadRepository, Repository, Uuid } from 'coodie'

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column() name!: string
}

declare const Injectable: () => ClassDecorator
declare const InjectRepository: (entity: unknown) => ParameterDecorator

@Injectable()
export class ProductService {
  constructor(
    @InjectRepository(Product) private readonly products: Repository<Product>,
    @InjectRepository(Product) private readonly readable: ReadRepository<Product>,
  ) {}

  get(id: Uuid): Promise<Product | null> {
    return this.products.findOneBy({ id })
  }

  all(): Promise<Product[]> {
    return this.readable.find()
  }
}
