import { Add, Append, Decrement, Fields, Increment, Prepend, Put, Remove, SetAt } from '../../lib'
import { isChange } from '../../lib/statement/change'

const all = [
  Append([1]),
  Prepend([1]),
  Add([1]),
  Put({ a: 1 }),
  Remove([1]),
  SetAt(0, 1),
  Fields({ a: 1 }),
  Increment(1n),
  Decrement(1),
]

it('knows what the operators made, and is frozen', () => {
  expect(all.map(isChange)).toEqual(all.map(() => true))
  expect(all.every(Object.isFrozen)).toBe(true)
  expect(all.map(({ kind }) => kind)).toEqual([
    'append',
    'prepend',
    'add',
    'put',
    'remove',
    'setAt',
    'fields',
    'increment',
    'decrement',
  ])
})

it('takes nothing that came as JSON for one', () => {
  const copies = JSON.parse(JSON.stringify([Append([1]), Put({ a: 1 })])) as unknown[]
  expect(copies).toEqual([
    { kind: 'append', value: [1] },
    { kind: 'put', value: { a: 1 } },
  ])
  expect(copies.map(isChange)).toEqual([false, false])
  expect([null, undefined, 1, 'append'].map(isChange)).toEqual([false, false, false, false])
})
