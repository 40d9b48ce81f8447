import { Column, Entity, PartitionKey } from '../../lib'
import { buildMetadata } from '../../lib/metadata/build/build-metadata'
import { compilePlan } from '../../lib/plan/plan'
import { readLwtResult } from '../../lib/repository/write/lwt-result'
import { buildInsert } from '../../lib/statement/insert'
import { buildUpdate } from '../../lib/statement/update'

@Entity('products')
class Product {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('int') price = 0
}
const product = buildMetadata(Product)
const where = { id: 1 }
const changes = { price: 1 }
const ifName = compilePlan(
  product,
  buildUpdate(product, 'ks', { where, changes, if: { name: 'x' } }),
)
const ifExists = compilePlan(
  product,
  buildUpdate(product, 'ks', { where, changes, ifExists: true }),
)
const ifNotExists = compilePlan(
  product,
  buildInsert(product, 'ks', { entity: { id: 1 }, ifNotExists: true }),
)

it('takes [applied] by its name, also when the row that was there comes with it, as from ScyllaDB', () => {
  const row = { name: 'x', id: 1, price: 5, '[applied]': true }
  for (const plan of [ifName, ifExists, ifNotExists]) {
    expect(readLwtResult(plan, [row])).toStrictEqual({ applied: true })
  }
})

it('reads the whole row, what the conditions name, or null', () => {
  const row = { '[applied]': false, id: 1, name: null, price: 5 }
  expect(readLwtResult(ifNotExists, [row])).toEqual({
    applied: false,
    existing: { id: 1, name: null, price: 5 },
  })
  const { existing } = readLwtResult(ifName, [{ '[applied]': false, name: 'y' }])
  expect(existing).toBeInstanceOf(Product)
  expect(Object.entries(existing as object)).toEqual([['name', 'y']])
  expect(readLwtResult(ifName, [{ '[applied]': false }]).existing).toBeNull()
  expect(readLwtResult(ifExists, [row]).existing).toBeNull()
})
