import { useConsumer } from './compiler'

const consumer = useConsumer()

const entities = 50
const callsPerEntity = 4

/** Fifteen columns of many types, and four calls: as a service of some size has them. */
function source(isKeyed: boolean): string {
  const key = isKeyed ? `  declare readonly [primaryKey]?: [['tenant', 'day'], 'at']\n` : ''
  const classes = Array.from(
    { length: entities },
    (_, i) => `
@Entity('table_${i}')
export class Entity${i} {
${key}  @PartitionKey('uuid') tenant!: Uuid
  @PartitionKey('date', { as: 'string' }) day!: string
  @ClusteringKey('timestamp', { order: 'desc' }) at!: Date
  @Column('text') name${i}!: string
  @Index() @Column('text', { default: 'x' }) brand = 'Unknown'
  @Column('double') price!: number
  @Column('bigint') stock!: bigint
  @Column('boolean') active!: boolean
  @Column('list<text>') tags!: string[]
  @Column('set<int>') sizes!: Set<number>
  @Column('map<text, frozen<list<int>>>') attrs!: Map<string, number[]>
  @Column('vector<float, 3>') embedding!: number[]
  @Column('uuid', { as: 'string' }) owner!: string
  @Column('decimal') total!: BigDecimal
  @StaticColumn('text') note?: string | null
}
declare const repository${i}: Repository<Entity${i}>
export const calls${i} = async (tenant: Uuid, day: string, at: Date) => {
  await repository${i}.find({ where: { tenant, day, at: MoreThan(at) }, select: ['at', 'name${i}'] })
  await repository${i}.findOneBy({ tenant, day: In([day]) })
  await repository${i}.update({ tenant, day, at }, { price: 1, note: null, tags: ['x'] })
  await repository${i}.delete({ tenant, day })
}`,
  )
  return `
import { type BigDecimal, ClusteringKey, Column, Entity, In, Index, MoreThan, PartitionKey } from 'coodie'
import { type Repository, StaticColumn, type Uuid, primaryKey } from 'coodie'
export { primaryKey }
${classes.join('\n')}
`
}

function instantiationsOf(name: string, text: string): number {
  consumer.write(name, text)
  return consumer.measure('typescript-5', 'legacy', [name]).get('Instantiations') ?? Infinity
}

it(`stays cheap for ${entities} entities and ${entities * callsPerEntity} calls`, () => {
  const nothing = instantiationsOf('nothing.ts', `export {}`)
  const plain = instantiationsOf('plain.ts', source(false)) - nothing
  const keyed = instantiationsOf('keyed.ts', source(true)) - nothing
  expect(plain).toBeLessThan(90_000)
  expect(keyed).toBeLessThan(plain * 1.3)
})
