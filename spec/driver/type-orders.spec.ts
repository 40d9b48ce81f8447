import { UnorderedParameter } from '../../lib/driver/types/field-orders'
import { TypeOrders } from '../../lib/driver/type-orders'
import { StatementError } from '../../lib/errors/errors'

const parameter = () =>
  new UnorderedParameter((orders) => Buffer.from(orders.of('address')?.join() ?? 'unknown'))

it('reads the types once for all the writes that need them at the same time', async () => {
  let reads = 0
  const orders = new TypeOrders(async () => {
    reads++
    return [{ type_name: 'address', field_names: ['street', 'zip'] }]
  })
  const writes = Array.from({ length: 50 }, () => orders.resolve([parameter()], 'shop'))
  for (const params of await Promise.all(writes)) {
    expect(params).toEqual([Buffer.from('street,zip')])
  }
  await orders.resolve([parameter()], 'shop')
  expect(reads).toBe(1)

  await orders.resolve([parameter()], 'archive')
  expect(reads).toBe(2)

  orders.forget()
  await orders.resolve([parameter()], 'shop')
  expect(reads).toBe(3)
})

it('does not take a read that began before a change of the schema for one after it', async () => {
  const answers: (() => void)[] = []
  let fields = ['street']
  const orders = new TypeOrders(async () => {
    const rows = [{ type_name: 'address', field_names: fields }]
    await new Promise<void>((answer) => answers.push(answer))
    return rows
  })
  const before = orders.resolve([parameter()], 'shop')
  fields = ['street', 'zip']
  orders.forget()
  const after = orders.resolve([parameter()], 'shop')
  for (const answer of answers) answer()
  expect(await before).toEqual([Buffer.from('street')])
  expect(await after).toEqual([Buffer.from('street,zip')])
})

it('needs to know the keyspace', async () => {
  const orders = new TypeOrders(() => Promise.resolve([]))
  await expect(orders.resolve([], undefined)).rejects.toThrow(
    new StatementError('a value with user-defined types needs the keyspace of its table'),
  )
})

it('reads again after a read that failed', async () => {
  let reads = 0
  const orders = new TypeOrders(async () => {
    if (reads++ === 0) throw new Error('no answer')
    return [{ type_name: 'address', field_names: ['zip'] }]
  })
  await expect(orders.resolve([parameter()], 'shop')).rejects.toThrow('no answer')
  expect(await orders.resolve([parameter()], 'shop')).toEqual([Buffer.from('zip')])
})
