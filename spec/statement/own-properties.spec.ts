import { runInNewContext } from 'node:vm'
import { Column, Entity, PartitionKey, StatementError, getEntityMetadata } from '../../lib'
import { requireObject, requireProperties } from '../../lib/statement/column-of'

@Entity('accounts')
class Account {
  @PartitionKey('text') id!: string
  @Column('text') mail?: string | null
  @Column('text') owner?: string | null

  get label(): string {
    return this.id
  }
}
const metadata = getEntityMetadata(Account)

/** As frameworks make their inputs: private state, and accessors. */
class AccountQuery {
  readonly #id: string
  constructor(id: string) {
    this.#id = id
  }
  get id(): string {
    return this.#id
  }
}
class PartQuery extends AccountQuery {
  mail = 'x'
}
class Input {
  mail = 'x'
  get words(): string[] {
    return [this.mail]
  }
  owner(): string {
    return this.mail
  }
}
class Empty {}

const refused = (check: typeof requireObject, given: unknown): string => {
  try {
    check(metadata, given, 'where')
  } catch (error) {
    expect(error).toBeInstanceOf(StatementError)
    return (error as Error).message
  }
  return ''
}

const passedOver = (what: string) =>
  `Account: where is ${what} that does not have 'id' as its own property, and it would be passed over; ` +
  'write an object that has it: { id: … }'

describe.each([requireObject, requireProperties])('%p', (check) => {
  it.each([
    ['a Map', new Map([['id', 'a']]), 'a Map without own properties'],
    ['a Set', new Set(['a']), 'a Set without own properties'],
    ['a query string', new URLSearchParams('id=a'), 'an URLSearchParams without own properties'],
  ])('refuses %s', (_, given, what) => {
    expect(refused(check, given)).toBe(
      `Account: where is ${what}; write an object of properties, or convert it with Object.fromEntries()`,
    )
  })

  it('refuses a Promise, which was not awaited', () => {
    expect(refused(check, Promise.resolve({ id: 'a' }))).toBe(
      'Account: where is a Promise; await it first',
    )
  })

  it('refuses properties that are not its own', () => {
    expect(refused(check, new AccountQuery('a'))).toBe(passedOver('an AccountQuery'))
    expect(refused(check, new PartQuery('a'))).toBe(passedOver('a PartQuery'))
    expect(refused(check, Object.create({ id: 'a' }))).toBe(passedOver('an object'))
    expect(refused(check, Object.assign(Object.create({ id: 'a' }), { mail: 'x' }))).toBe(
      passedOver('an object'),
    )
  })

  it('refuses an instance without properties', () => {
    expect(refused(check, new Empty())).toBe(
      'Account: where is an Empty without own properties; write an object of properties',
    )
    expect(refused(check, new Date())).toBe(
      'Account: where is a Date without own properties; write an object of properties',
    )
  })

  it.each([
    ['an object', { id: 'a' }],
    ['an empty object', {}],
    ['an object without a prototype', Object.assign(Object.create(null), { id: 'a' })],
    ['an empty object without a prototype', Object.create(null)],
    ['an object of another realm', runInNewContext('({ id: "a" })')],
    ['an empty object of another realm', runInNewContext('({})')],
    ['an instance with properties of its own', new Input()],
    ['an entity', Object.assign(new Account(), { id: 'a' })],
  ])('takes %s', (_, given) => {
    expect(refused(check, given)).toBe('')
  })
})

it('refuses symbols where a request is made', () => {
  expect(refused(requireProperties, { id: 'a', [Symbol('or')]: [] })).toBe(
    'Account: where has the key Symbol(or), which is not a column and would be passed over; name properties of the entity',
  )
  expect(refused(requireProperties, { [Symbol('or')]: [] })).toContain('the key Symbol(or)')
  expect(refused(requireObject, Object.assign(new Account(), { [Symbol('mark')]: 1 }))).toBe('')
})

it('refuses an entity without properties where a request is made', () => {
  const empty: unknown = Object.create(Account.prototype)
  expect(refused(requireObject, empty)).toBe('')
  expect(refused(requireProperties, empty)).toBe(
    'Account: where is an Account without own properties; write an object of properties',
  )
})
