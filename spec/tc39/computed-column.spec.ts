import { Column, ComputedColumn, Entity, PartitionKey, getEntityMetadata } from '../../lib'

@Entity('offers')
class Offer {
  @PartitionKey('text') id!: string
  @Column('double') price!: number
  @ComputedColumn({ function: 'writetime', of: 'price' }) pricedAt?: bigint | null
  // @ts-expect-error -- the ttl is a number
  @ComputedColumn({ function: 'ttl', of: 'price' }) left?: string | null
}

it('records computed columns under TC39 decorators too', () => {
  expect(
    getEntityMetadata(Offer).computed.map(({ property, name, of }) => [property, name, of.name]),
  ).toEqual([
    ['pricedAt', 'priced_at', 'price'],
    ['left', 'left', 'price'],
  ])
})
