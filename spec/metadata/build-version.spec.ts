import {
  ChildEntity,
  Column,
  CounterColumn,
  Entity,
  MaterializedView,
  PartitionKey,
  TableInheritance,
  VersionColumn,
  getEntityMetadata,
} from '../../lib'
import { failure } from '../server/failure'

const message = async (target: object) =>
  (await failure(() => getEntityMetadata(target as new () => object))).message

describe('@VersionColumn', () => {
  it('is an int that the metadata names', () => {
    @Entity()
    class Product {
      @PartitionKey('int') id!: number
      @VersionColumn({ name: 'v' }) version?: number
      @Column('text') name!: string
    }
    const { version, byProperty, tracksChanges } = getEntityMetadata(Product)
    expect(version).toBe(byProperty['version'])
    expect(version).toMatchObject({ name: 'v', kind: 'regular', type: { name: 'int' } })
    expect(tracksChanges).toBe(false)
  })

  it('is undefined where none is declared', () => {
    @Entity()
    class Product {
      @PartitionKey('int') id!: number
    }
    expect(getEntityMetadata(Product).version).toBeUndefined()
  })

  it('is inherited, also by the classes of one table', () => {
    abstract class Base {
      @VersionColumn() version!: number
    }
    @Entity()
    @TableInheritance({ column: 'kind' })
    class Animal extends Base {
      @PartitionKey('int') id!: number
      @Column('text') kind!: string
    }
    @ChildEntity('dog')
    class Dog extends Animal {
      @Column('text') breed?: string | null
    }
    for (const each of [Animal, Dog]) {
      const { version, columns } = getEntityMetadata(each)
      expect(version?.property).toBe('version')
      expect(columns).toContain(version)
    }
  })

  it('is refused twice', async () => {
    @Entity()
    class Product {
      @PartitionKey('int') id!: number
      @VersionColumn() version!: number
      @VersionColumn() revision!: number
    }
    expect(await message(Product)).toBe(
      `Product.revision: is a second version, beside 'version'; keep one @VersionColumn()`,
    )
  })

  it('is refused on a key', async () => {
    @Entity()
    class Product {
      @VersionColumn() @PartitionKey('int') id!: number
    }
    expect(await message(Product)).toBe(
      'Product.id: is declared as a column twice; keep one of the decorators',
    )
  })

  it('is refused of another type, and with the options of other columns', async () => {
    @Entity()
    class Product {
      @PartitionKey('int') id!: number
      // @ts-expect-error a version is a number
      @VersionColumn() version!: string
    }
    expect(await message(Product)).toBe(
      'Product.version: is annotated as String, which a int is not',
    )
    @Entity()
    class Other {
      @PartitionKey('int') id!: number
      // @ts-expect-error there is no such option
      @VersionColumn({ type: 'bigint', nam: 'v' }) version!: number
    }
    expect(await message(Other)).toContain(
      "'type' is not an option of @VersionColumn(): the decorator decides the type",
    )
    expect(await message(Other)).toContain(
      "'nam' is not an option of @VersionColumn(); did you mean 'name'?",
    )
  })

  it('is refused beside counters', async () => {
    @Entity()
    class Hits {
      @PartitionKey('text') page!: string
      @CounterColumn() views!: bigint
      @VersionColumn() version!: number
    }
    expect(await message(Hits)).toContain(
      `Hits.version: is not a counter, and a table with counters ('views') has`,
    )
  })

  it('is refused in a view, where the column is a plain one', async () => {
    @Entity()
    class Product {
      @PartitionKey('int') id!: number
      @Column('text') brand!: string
      @VersionColumn() version!: number
    }
    @MaterializedView({ from: () => Product })
    class ByBrand {
      @PartitionKey('text') brand!: string
      @PartitionKey('int') id!: number
      @VersionColumn() version!: number
    }
    expect(await message(ByBrand)).toBe(
      `ByBrand.version: is the version of a view, which is never written; write @Column('int')`,
    )
  })

  it('is refused in one class of a table that holds several', async () => {
    @Entity()
    @TableInheritance({ column: 'kind' })
    class Animal {
      @PartitionKey('int') id!: number
      @Column('text') kind!: string
    }
    @ChildEntity('dog')
    class Dog extends Animal {
      @VersionColumn() version!: number
    }
    expect(await message(Dog)).toBe(
      'Dog.version: is a version in a @ChildEntity(), but all rows of a table must have it; declare it in Animal',
    )
  })

  it('is refused where a derived class makes a plain column of it', async () => {
    @Entity()
    @TableInheritance({ column: 'kind' })
    class Animal {
      @PartitionKey('int') id!: number
      @Column('text') kind!: string
      @VersionColumn() version!: number
    }
    @ChildEntity('dog')
    class Dog extends Animal {
      @Column('int') override version = 0
    }
    expect(getEntityMetadata(Dog).version).toBeUndefined()
    expect(await message(Animal)).toContain('is declared differently in Animal and in Dog')
  })
})

describe('trackChanges', () => {
  it('is in the metadata, and not among the options of the table', () => {
    @Entity({ name: 'products', trackChanges: true, comment: 'tracked' })
    class Product {
      @PartitionKey('int') id!: number
    }
    const { tracksChanges, options } = getEntityMetadata(Product)
    expect(tracksChanges).toBe(true)
    expect(options).toEqual({ comment: 'tracked' })
    @Entity({ trackChanges: false })
    class Other {
      @PartitionKey('int') id!: number
    }
    expect(getEntityMetadata(Other).tracksChanges).toBe(false)
  })

  it('concerns all classes of a table', () => {
    @Entity({ trackChanges: true })
    @TableInheritance({ column: 'kind' })
    class Animal {
      @PartitionKey('int') id!: number
      @Column('text') kind!: string
    }
    @ChildEntity('dog')
    class Dog extends Animal {}
    expect(getEntityMetadata(Dog).tracksChanges).toBe(true)
  })

  it('is refused with another value, on counters and on views', async () => {
    // @ts-expect-error it is a boolean
    @Entity({ trackChanges: 'yes' })
    class Product {
      @PartitionKey('int') id!: number
    }
    expect(await message(Product)).toBe(
      "Product: the option 'trackChanges' of @Entity() must be true or false",
    )
    @Entity({ trackChanges: true })
    class Hits {
      @PartitionKey('text') page!: string
      @CounterColumn() views!: bigint
    }
    expect(await message(Hits)).toBe(
      'Hits: has counters, which are never saved; leave trackChanges out',
    )
    @Entity()
    class Base {
      @PartitionKey('int') id!: number
    }
    // @ts-expect-error a view has no such option
    @MaterializedView({ from: () => Base, trackChanges: true })
    class View {
      @PartitionKey('int') id!: number
    }
    expect(await message(View)).toContain(`'trackChanges' is not an option of @MaterializedView()`)
  })
})
