// Another library may have given Symbol.metadata first: it is kept, and read.
import type * as Coodie from '../../lib'

it('uses the Symbol.metadata that is there', () => {
  const foreign = Symbol('Symbol.metadata')
  Object.defineProperty(Symbol, 'metadata', { value: foreign })
  const { Column, Entity, PartitionKey, getEntityMetadata } =
    jest.requireActual<typeof Coodie>('../../lib')

  @Entity()
  class Product {
    @PartitionKey('uuid') id!: Coodie.Uuid
    @Column('text') name!: string
  }

  expect(Symbol.metadata).toBe(foreign)
  expect(Object.getOwnPropertySymbols(Product)).toContain(foreign)
  expect(getEntityMetadata(Product).columns.map(({ property }) => property)).toEqual(['id', 'name'])
})
