import 'reflect-metadata'
import * as coodie from '../../lib'
import {
  Column,
  CounterColumn,
  DataSource,
  Entity,
  Field,
  PartitionKey,
  UserDefinedType,
  Uuid,
  getEntityMetadata,
} from '../../lib'
import { typeNames } from '../../lib/cql/native-types'
import { hintFor, words } from '../../lib/errors/words'
import { optionsOf } from '../../lib/repository/options/option-table'
import { requireOptions } from '../../lib/repository/options/require-options'
import { offline } from '../repository/offline'

@Entity('products')
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name?: string
}

@Entity('hits')
class Hits {
  @PartitionKey('text') page!: string
  @CounterColumn() up!: bigint
}

function messageOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    return (error as Error).message
  }
  throw new Error('nothing was refused')
}

const namesOf = (kind: keyof typeof words) => Object.keys(words[kind])

it.each(namesOf('call'))('says what to write instead of the option %s of a call', (word) => {
  for (const method of ['find', 'saveMany', 'update', 'count'] as const) {
    const hint = String(hintFor('call', word, optionsOf.get(method)?.keys()))
    const message = messageOf(() => requireOptions('Product', method, { [word]: 1 }))
    expect(message).toMatch(/^Product: \w+ has no /u)
    expect(message).toContain(`'${word}'`)
    expect(message.endsWith(hint)).toBe(true)
  }
})

it('names an option only where the method has it', () => {
  const refuse = (method: 'find' | 'findOne') => () => requireOptions('T', method, { take: 1 })
  expect(refuse('find')).toThrow("T: find has no option 'take'; write limit: 10")
  expect(refuse('findOne')).toThrow("T: findOne has no option 'take'; leave it out")
})

it.each(namesOf('dataSource'))(
  'says what to write instead of the option %s of a data source',
  (word) => {
    const options = { contactPoints: ['127.0.0.1'], entities: [Product], [word]: 'x' }
    expect(messageOf(() => new DataSource(options as never))).toBe(
      `DataSource has no option '${word}'; ${String(hintFor('dataSource', word))}`,
    )
  },
)

it.each(namesOf('column'))('says what to write instead of the option %s of a column', (word) => {
  const hint = String(hintFor('column', word))
  class Bad {
    id!: Uuid
    name!: string
  }
  PartitionKey('uuid')(Bad.prototype, 'id')
  Column('text', { [word]: true } as object)(Bad.prototype, 'name')
  Entity('bad')(Bad)
  expect(messageOf(() => getEntityMetadata(Bad))).toBe(
    `Bad.name: '${word}' is not an option of @Column(); ${hint}`,
  )
})

it.each(namesOf('table'))('says what to write instead of the option %s of a table', (word) => {
  class Bad {
    id!: Uuid
  }
  PartitionKey('uuid')(Bad.prototype, 'id')
  Entity({ name: 'bad', [word]: 'x' })(Bad)
  expect(messageOf(() => getEntityMetadata(Bad))).toBe(
    `Bad: '${word}' is not an option of @Entity(); ${String(hintFor('table', word))}`,
  )
})

function typeMessage(type: string): string {
  class Bad {
    id!: Uuid
    name!: unknown
  }
  PartitionKey('uuid')(Bad.prototype, 'id')
  Column(type as 'text')(Bad.prototype as never, 'name')
  Entity('bad')(Bad)
  return messageOf(() => getEntityMetadata(Bad))
}

it.each(namesOf('type'))('says what to write instead of the type %s', (word) => {
  const hint = String(hintFor('type', word))
  expect(typeNames).not.toContain(word)
  expect(typeMessage(word)).toBe(`Bad.name: '${word}' is not a CQL type; ${hint}`)
  expect(typeMessage(word.toUpperCase())).toContain(hint)
  // A type that is suggested is one.
  for (const [, type = ''] of hint.matchAll(/'([a-z]+)(?:<.*>)?'/gu)) {
    expect(['list', 'map', 'tuple', ...typeNames]).toContain(type)
  }
})

it.each([
  ['varchar(255)', "write 'varchar': CQL types have no length and no precision"],
  ['decimal(10,2)', "write 'decimal': CQL types have no length and no precision"],
  ['numeric(10, 2)', "write 'decimal'"],
  ['text[]', "write 'list<text>'"],
  ['int[]', "write 'list<int>'"],
  ['list<string>', "write 'text'"],
])('says what to write instead of %s', (type, hint) => {
  expect(typeMessage(type).endsWith(`is not a CQL type; ${hint}`)).toBe(true)
})

it.each(namesOf('import'))('says what to write instead of %s', (word) => {
  const refused = (coodie as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>)[
    word
  ]
  expect(messageOf(() => refused?.('uuid'))).toBe(
    `coodie has no ${word}; ${String(hintFor('import', word))}`,
  )
})

it('no word is what people may write here', () => {
  for (const word of namesOf('import')) expect(word in words.call).toBe(false)
  for (const [method, table] of optionsOf) {
    for (const word of namesOf('call'))
      expect([method, word, table.has(word)]).toEqual([method, word, false])
  }
})

describe('what stands where an object belongs', () => {
  const { repository, contextOf } = offline()
  const products = repository(Product)
  const hits = () => new coodie.CounterRepository<Hits>(contextOf(Hits))
  const id = Uuid.random()

  it.each<[what: string, call: () => Promise<unknown>, message: string]>([
    [
      'findOne(id)',
      () => products.findOne('x' as never),
      'Product: the options of findOne must be an object; to find a row by its key, write findOneBy({ id })',
    ],
    [
      'findOne(uuid)',
      () => products.findOne(id as never),
      'Product: the options of findOne must be an object; to find a row by its key, write findOneBy({ id })',
    ],
    [
      'findOneBy(id)',
      () => products.findOneBy('x' as never),
      'Product: where must be an object, got string; write { id }',
    ],
    [
      'findOneBy(uuid)',
      () => products.findOneBy(id as never),
      'Product: where must be an object, got a Uuid; write { id }',
    ],
    [
      'update(id, …)',
      () => products.update(id as never, { name: 'x' }),
      'Product: where must be an object, got a Uuid; write { id }',
    ],
    [
      'delete(id)',
      () => products.delete(7 as never),
      'Product: where must be an object, got number; write { id }',
    ],
    [
      'where: [ ]',
      () => products.find({ where: [{ id }, { id }] as never }),
      'Product: where must be an object, got an array; Cassandra has no OR: use In([…]), or make a query for each',
    ],
    [
      'select: { }',
      () => products.find({ select: { id: true, name: true } as never }),
      "Product: select must be an array of properties; write select: ['id', 'name']",
    ],
    [
      'select: text',
      () => products.find({ select: 'id' as never }),
      "Product: select must be an array of properties; write select: ['id']",
    ],
    [
      'orderBy: text',
      () => products.find({ orderBy: 'name' as never }),
      "Product: orderBy must be an object, got string; write { createdAt: 'desc' }, with a clustering column",
    ],
    [
      "increment(where, 'up', 1)",
      () =>
        (hits() as unknown as { increment: (...args: unknown[]) => Promise<unknown> }).increment(
          { page: '/' },
          'up',
          1,
        ),
      'Hits: the options of increment must be an object; write increment(where, { views: 1n })',
    ],
    [
      "increment(where, 'up')",
      () =>
        (hits() as unknown as { increment: (...args: unknown[]) => Promise<unknown> }).increment(
          { page: '/' },
          'up',
        ),
      'Hits: increment must be an object, got string; write { up: 1n }',
    ],
  ])('%s', async (_, call, message) => {
    await expect(Promise.resolve().then(call)).rejects.toThrow(message)
  })

  it('contactPoints as a text', () => {
    const make = () =>
      new DataSource({ contactPoints: '127.0.0.1' as never, localDataCenter: 'x', entities: [] })
    expect(make).toThrow(
      "DataSource: contactPoints must be an array of strings; write ['127.0.0.1']",
    )
  })
})

describe('a decorator without parentheses', () => {
  const message = (name: string) => `write @${name}() with parentheses`
  const prototype = Product.prototype
  const onProperties = [
    'PartitionKey',
    'ClusteringKey',
    'Column',
    'StaticColumn',
    'CounterColumn',
    'VersionColumn',
    'CreateDateColumn',
    'UpdateDateColumn',
    'Field',
    'Index',
    'BeforeInsert',
    'AfterInsert',
    'BeforeUpdate',
    'AfterUpdate',
    'BeforeRemove',
    'AfterRemove',
    'AfterLoad',
  ] as const
  const factories = coodie as unknown as Readonly<Record<string, (...args: unknown[]) => unknown>>

  it.each(onProperties)('@%s is refused, legacy and TC39', (name) => {
    expect(() => factories[name]?.(prototype, 'name', undefined)).toThrow(
      `Product.name: ${message(name)}`,
    )
    const context = { kind: 'field', name: 'price', addInitializer() {} }
    expect(() => factories[name]?.(undefined, context)).toThrow(`price: ${message(name)}`)
  })

  it.each(['Entity', 'UserDefinedType', 'MaterializedView'])('@%s is refused', (name) => {
    expect(() => factories[name]?.(Product)).toThrow(`Product: ${message(name)}`)
  })

  it('is not seen in an arrow function, a builder or options', () => {
    class Inner {
      x!: number
    }
    expect(() => Column(() => Inner)).not.toThrow()
    expect(() => Column(coodie.list('int'), { name: 'x' })).not.toThrow()
    expect(() => Column({ type: 'int', name: 'kind' })).not.toThrow()
  })
})

describe('a name that a minifier made', () => {
  it.each(['a', 'ej', '$', '_a', 'A1'])('is no name of a table, a type or a view: %s', (name) => {
    const make = () => {
      class Short {
        id!: Uuid
      }
      Object.defineProperty(Short, 'name', { value: name })
      PartitionKey('uuid')(Short.prototype, 'id')
      return Short
    }
    const reason =
      `${name}: is called '${name}', a name as minifiers make them, which can be another one after each build; ` +
      'write the name in the decorator: '
    const entity = make()
    Entity()(entity)
    expect(messageOf(() => getEntityMetadata(entity))).toContain(`${reason}@Entity('products')`)
    const given = make()
    Entity('things')(given)
    expect(getEntityMetadata(given).table).toBe('things')
    const view = make()
    coodie.MaterializedView({ from: () => Product })(view)
    expect(messageOf(() => getEntityMetadata(view))).toContain(
      `${reason}@MaterializedView({ name: 'products_by_brand', from })`,
    )
    class Holder {
      id!: Uuid
      part!: object
    }
    class Part {
      x!: string
    }
    Object.defineProperty(Part, 'name', { value: name })
    Field('text')(Part.prototype, 'x')
    UserDefinedType()(Part)
    PartitionKey('uuid')(Holder.prototype, 'id')
    Column(() => Part)(Holder.prototype as never, 'part')
    Entity('holders')(Holder)
    expect(messageOf(() => getEntityMetadata(Holder))).toContain(
      `${reason}@UserDefinedType('address')`,
    )
  })

  it('is not one of three letters', () => {
    class Cat {
      id!: Uuid
    }
    PartitionKey('uuid')(Cat.prototype, 'id')
    Entity()(Cat)
    expect(getEntityMetadata(Cat).table).toBe('cat')
  })
})

it('an entity class that was loaded twice', () => {
  const again = () => {
    class Article {
      id!: Uuid
    }
    PartitionKey('uuid')(Article.prototype, 'id')
    Entity('articles')(Article)
    return Article
  }
  const db = new DataSource({ contactPoints: ['127.0.0.1'], entities: [again()] })
  expect(() => db.getRepository(again())).toThrow(
    'Article is not among the entities of this DataSource; another class of this name is: its file was loaded twice, ' +
      'as a hot reload or a bundle with several copies does. Make the DataSource and its repositories again with the new classes',
  )
})
