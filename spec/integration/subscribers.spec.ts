import {
  BeforeInsert,
  BeforeUpdate,
  ChildEntity,
  Column,
  DataSource,
  Entity,
  type EntityEvent,
  type EntitySubscriber,
  EventSubscriber,
  PartitionKey,
  TableInheritance,
  cql,
} from '../../lib'
import { useDataSource } from '../server/data-source'
import { connection } from '../server/keyspace'
import { sentBy } from '../server/sent-by'

/** What was heard, in its order. */
const log: string[] = []
const later = () => new Promise<void>((done) => setImmediate(done))

abstract class Named {
  abstract name?: string | null
}

@Entity('products')
class Product extends Named {
  @PartitionKey('text') id!: string
  @Column('text') override name?: string | null

  @BeforeInsert()
  @BeforeUpdate()
  own() {
    log.push('own')
  }
}

@Entity('audits')
class Audit {
  @PartitionKey('text') of!: string
  @Column('text') what?: string | null
}

@Entity('plain')
class Plain {
  @PartitionKey('text') id!: string
}

@Entity('vehicles')
@TableInheritance({ column: 'kind', value: 'vehicle' })
class Vehicle {
  @PartitionKey('text') id!: string
  @Column('text') kind!: string
}

@ChildEntity('car')
class Car extends Vehicle {
  @Column('int') doors?: number | null
}

@EventSubscriber(Product)
class ProductSubscriber implements EntitySubscriber<Product> {
  beforeInsert({ entity }: EntityEvent<Product>) {
    log.push(`beforeInsert ${entity.id}`)
    entity.name = entity.name?.toUpperCase() ?? null
    if (entity.id === 'refused') throw new RangeError('not this one')
  }

  async afterInsert({ entity, metadata, dataSource }: EntityEvent<Product>) {
    await dataSource
      .getRepository(Audit)
      .insert({ of: entity.id, what: `inserted into ${metadata.table}` })
    log.push('afterInsert')
  }

  async beforeUpdate({ entity }: EntityEvent<Product>) {
    await later()
    log.push(`beforeUpdate ${entity.id}`)
  }

  afterUpdate() {
    log.push('afterUpdate')
  }

  beforeRemove() {
    log.push('beforeRemove')
  }

  async afterRemove() {
    await later()
    log.push('afterRemove')
  }

  afterLoad({ entity }: EntityEvent<Product>) {
    log.push('afterLoad')
    entity.name = `<${entity.name}>`
  }
}

@EventSubscriber(Named)
class NamedSubscriber implements EntitySubscriber<Named> {
  beforeInsert({ entity }: EntityEvent<Named>) {
    log.push(`named ${entity.name}`)
  }
}

@EventSubscriber()
class Everything implements EntitySubscriber {
  constructor(private readonly say: (text: string) => void) {}

  beforeInsert({ metadata }: EntityEvent) {
    this.say(`all ${metadata.name}`)
  }
}

@EventSubscriber(Vehicle)
class VehicleSubscriber implements EntitySubscriber<Vehicle> {
  beforeInsert({ entity, metadata }: EntityEvent<Vehicle>) {
    log.push(`${metadata.name} ${entity.id}`)
  }
}

@EventSubscriber(Car)
class CarSubscriber implements EntitySubscriber<Car> {
  afterLoad({ entity }: EntityEvent<Car>) {
    log.push(`car ${entity.id}`)
  }
}

const entities = [Product, Audit, Plain, Vehicle, Car]
const { db, keyspace } = useDataSource(entities, {
  subscribers: [ProductSubscriber, new NamedSubscriber(), VehicleSubscriber, new CarSubscriber()],
})

async function connect(subscribers: DataSource['subscribers']): Promise<DataSource> {
  const options = { ...connection(), keyspace: keyspace.name, entities, subscribers }
  return new DataSource(options).initialize()
}

beforeEach(async () => {
  await db.getRepository(Product).truncate()
  log.length = 0
})

it('hears what happens to entities of its class, after their own hooks', async () => {
  const products = db.getRepository(Product)
  const product = await products.save(products.create({ id: 'a', name: 'Anvil' }))
  await products.save(product)
  const found = await products.findOneByOrFail({ id: 'a' })
  await products.remove(found)
  expect(log).toEqual([
    'own',
    'beforeInsert a',
    'named ANVIL',
    'afterInsert',
    'own',
    'beforeUpdate a',
    'afterUpdate',
    'afterLoad',
    'beforeRemove',
    'afterRemove',
  ])
  expect(found.name).toBe('<ANVIL>')
  expect(await db.getRepository(Audit).findOneBy({ of: 'a' })).toMatchObject({
    what: 'inserted into products',
  })
})

it('changes what is written, in batches and mass writes too', async () => {
  const products = db.getRepository(Product)
  await products.save([products.create({ id: 'a', name: 'a' })])
  await db
    .batch()
    .insert(Product, products.create({ id: 'b', name: 'b' }))
    .execute()
  const rows = await db.query(cql`SELECT name FROM products`)
  expect(rows).toEqual(expect.arrayContaining([{ name: 'A' }, { name: 'B' }]))
  expect(log.filter((each) => each === 'afterInsert')).toHaveLength(2)
})

it('stops a write with an error', async () => {
  const products = db.getRepository(Product)
  const sent = await sentBy(async () => {
    await expect(products.insert(products.create({ id: 'refused' }))).rejects.toThrow(
      new RangeError('not this one'),
    )
  })
  expect(sent).toEqual([])
})

it('hears of derived classes, and not of bases', async () => {
  const vehicles = db.getRepository(Vehicle)
  await vehicles.save(Object.assign(new Vehicle(), { id: 'v' }))
  await vehicles.save(Object.assign(new Car(), { id: 'c' }))
  await db.getRepository(Car).insert(Object.assign(new Car(), { id: 'd' }))
  expect(log).toEqual(['Vehicle v', 'Car c', 'Car d'])
  log.length = 0
  await vehicles.find()
  expect(log.sort()).toEqual(['car c', 'car d'])
})

it('leaves entities alone that it is not of', async () => {
  await db.getRepository(Plain).insert({ id: 'a' })
  await db.getRepository(Plain).find()
  expect(log).toEqual([])
})

it('is added as an instance, later too, and once', async () => {
  await using other = await connect([])
  const products = other.getRepository(Product)
  const known = await products.save(products.create({ id: 'a' }))
  const subscriber = new Everything((text) => log.push(text))
  other.addSubscriber(subscriber)
  other.addSubscriber(subscriber)
  other.addSubscriber(ProductSubscriber)
  expect(other.subscribers).toEqual([subscriber, expect.any(ProductSubscriber)])
  expect(Object.isFrozen(other.subscribers)).toBe(true)
  log.length = 0
  await other.getRepository(Plain).insert({ id: 'b' })
  await products.save(products.create({ id: 'c' }))
  expect(log).toEqual([
    'all Plain',
    'own',
    'all Product',
    'beforeInsert c',
    'all Audit',
    'afterInsert',
  ])
  log.length = 0
  // What was known before it was added is known still.
  await products.save(known)
  expect(log).toEqual(['own', 'beforeUpdate a', 'afterUpdate'])
})

describe('refusals', () => {
  const withSubscriber = (subscriber: unknown) => () =>
    new DataSource({
      ...connection(),
      keyspace: 'none',
      entities: [Product],
      subscribers: [subscriber] as never,
    })

  it('refuses what is no subscriber', () => {
    class Undeclared {
      beforeInsert() {}
    }
    expect(withSubscriber(Undeclared)).toThrow(
      'Undeclared: is not a subscriber; put @EventSubscriber() on the class',
    )
    expect(withSubscriber({ beforeInsert() {} })).toThrow('Object: is not a subscriber')
    expect(withSubscriber(Object.create(null))).toThrow(
      'must be a class with @EventSubscriber(), or an instance',
    )
    expect(withSubscriber('src/**/*.ts')).toThrow(
      'DataSource: subscribers must be an array of classes or instances; got string at index 0',
    )
    expect(withSubscriber(undefined)).toThrow('is its file imported in a circle?')
    expect(
      () => new DataSource({ ...connection(), entities: [], subscribers: {} as never }),
    ).toThrow('DataSource: subscribers must be an array of classes or instances')
  })

  it('refuses one that hears nothing, or asks as another library does', () => {
    @(EventSubscriber(Product) as (target: unknown) => void)
    class Deaf {
      onInsert() {}
    }
    expect(withSubscriber(Deaf)).toThrow(
      'Deaf: has no method of a subscriber; add one of beforeInsert, afterInsert, beforeUpdate',
    )
    @EventSubscriber()
    class Other {
      listenTo() {
        return Product
      }

      beforeInsert() {}
    }
    expect(withSubscriber(Other)).toThrow(
      'Other: listenTo() is never called; name the class in the decorator: @EventSubscriber(Product)',
    )
  })

  it('refuses a class that is not there yet, and one that needs arguments', () => {
    @EventSubscriber(undefined as never)
    class Early {
      beforeInsert() {}
    }
    expect(withSubscriber(Early)).toThrow(
      'Early: @EventSubscriber() must name a class, got undefined: is it imported in a circle?',
    )
    expect(withSubscriber(Everything)).toThrow(
      'Everything: has a constructor with arguments; pass an instance',
    )
  })
})
