import { Column, Entity, PartitionKey, type Uuid, getEntityMetadata } from '../../lib'

@Entity()
class Product {
  @PartitionKey('uuid') id!: Uuid
  @Column('text') name!: string
}

@Entity()
class Special extends Product {
  @Column('text') reason!: string
}

it('gives Symbol.metadata before classes are evaluated, under the name that compilers fall back to', () => {
  expect(Symbol.metadata).toBe(Symbol.for('Symbol.metadata'))
  expect(Object.getOwnPropertyDescriptor(Symbol, 'metadata')).toMatchObject({
    writable: false,
    enumerable: false,
  })
  expect((Product as { [Symbol.metadata]?: unknown })[Symbol.metadata]).toBeDefined()
})

it('keeps the declarations of a class apart from those of its base', () => {
  const propertiesOf = (target: new () => object) =>
    getEntityMetadata(target).columns.map(({ property }) => property)
  expect(propertiesOf(Product)).toEqual(['id', 'name'])
  expect(propertiesOf(Special)).toEqual(['id', 'name', 'reason'])
})

it('says what is missing where a compiler gives no metadata', () => {
  const context = { kind: 'field', name: 'id', static: false, private: false }
  const decorate = PartitionKey('uuid') as (target: undefined, context: object) => void
  expect(() => decorate(undefined, context)).toThrow(
    'id: the compiler emits no decorator metadata; import coodie before the class is evaluated, ' +
      'and compile for decorators of version 2022-03 or later',
  )
})
