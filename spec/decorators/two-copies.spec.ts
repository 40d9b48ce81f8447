import type * as Coodie from '../../lib'

/** The package once more, with modules of its own: as when two versions of a dependency bring it. */
function copyOfPackage(): typeof Coodie {
  let copy: typeof Coodie | undefined
  jest.isolateModules(() => {
    copy = jest.requireActual<typeof Coodie>('../../lib')
  })
  if (copy === undefined) throw new Error('not loaded')
  return copy
}

it('lets one copy of the package read what another recorded', () => {
  const [one, other] = [copyOfPackage(), copyOfPackage()]
  expect(one.getEntityMetadata).not.toBe(other.getEntityMetadata)

  class Base {
    @other.Column(other.set(other.frozen(other.list('int')))) sizes!: Set<number[]>
  }
  @one.Entity('products')
  class Product extends Base {
    @one.PartitionKey('uuid') id!: Coodie.Uuid
    @other.Index({ using: 'sai' }) @one.Column('text') name!: string
  }

  const { table, columns, indexes } = other.getEntityMetadata(Product)
  expect(table).toBe('products')
  expect(columns.map(({ property }) => property)).toEqual(['id', 'sizes', 'name'])
  expect(indexes.map(({ column }) => column.property)).toEqual(['name'])
  expect(one.getEntityMetadata(Product).columns.map(({ property }) => property)).toEqual(
    columns.map(({ property }) => property),
  )
})

it('has one symbol for the key in all copies', () => {
  expect(copyOfPackage().primaryKey).toBe(copyOfPackage().primaryKey)
})
