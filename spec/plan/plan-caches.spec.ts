import { Column, Entity, PartitionKey, getEntityMetadata } from '../../lib'
import { Counters } from '../../lib/driver/observe/counters'
import type { Plan } from '../../lib/plan/plan'
import { PlanCache } from '../../lib/plan/plan-cache'
import { PlanCaches } from '../../lib/plan/plan-caches'

@Entity()
class Thing {
  @PartitionKey('int') id!: number
  @Column('int') n!: number
}

const planOf = (name: string) => ({ name }) as unknown as Plan

it('keeps as many plans as are fewer than the statements that the driver keeps, and counts what it does', () => {
  const counters = new Counters()
  const cache = new PlanCache(counters)
  for (let i = 0; i < 1000; i++) cache.plan(String(i), () => planOf(String(i)))
  for (let i = 0; i < 1000; i++) cache.plan('one', () => planOf('one'))
  expect(counters).toMatchObject({ planLookups: 2000, planMisses: 1001 })
  const kept = Array.from({ length: 1000 }, (_, i) => String(i)).filter((shape) => {
    let isKept = true
    cache.plan(shape, () => {
      isKept = false
      return planOf(shape)
    })
    return isKept
  })
  expect(kept.length).toBeLessThanOrEqual(200)
})

it('has the plans of each keyspace apart, and those of a thousand keyspaces not all at once', () => {
  const counters = new Counters()
  const caches = new PlanCaches(counters, 100)
  const metadata = getEntityMetadata(Thing)
  const use = (keyspace: string) =>
    caches.of(metadata, keyspace).plan('shape', () => planOf(keyspace))
  expect(use('one')).toEqual(planOf('one'))
  expect(use('two')).toEqual(planOf('two'))
  const first = caches.of(metadata, 'one')
  expect(caches.of(metadata, 'one')).toBe(first)
  for (let i = 0; i < 1000; i++) use(`tenant_${i}`)
  for (let i = 900; i < 1000; i++) use(`tenant_${i}`)
  expect(counters.planMisses).toBe(1002)
  expect(caches.of(metadata, 'one')).not.toBe(first)
})
