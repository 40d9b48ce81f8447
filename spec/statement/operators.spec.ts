import * as coodie from '../../lib'
import {
  And,
  ClusteringKey,
  Column,
  type Condition,
  Entity,
  In,
  LessThan,
  MoreThan,
  PartitionKey,
  StatementError,
} from '../../lib'
import type { NativeName } from '../../lib/cql/native-types'
import type { PropertyOf } from '../../lib/decorators/cql-forms'
import { buildMetadata } from '../../lib/metadata/build/build-metadata'
import { isChange } from '../../lib/statement/change'
import { changeOperators } from '../../lib/statement/change-operators'
import { isCondition } from '../../lib/statement/condition'
import type { IfConditions } from '../../lib/statement/if-conditions'
import {
  type ConditionKind,
  type ConditionOperator,
  operators,
} from '../../lib/statement/operators'
import { shapeOfSelect } from '../../lib/statement/select'
import { shapeOfUpdate } from '../../lib/statement/update'
import type { Changes, Filter, Refused } from '../../lib/statement/where'

type Rows = typeof operators

/** Does not compile if a row has no public function. */
const functions: Readonly<Record<Exclude<Rows[ConditionOperator]['name'], ''>, unknown>> = coodie
const changes: Readonly<
  Record<Exclude<(typeof changeOperators)[keyof typeof changeOperators]['name'], 'Both'>, unknown>
> = coodie

type KindsStanding<Place extends 'where' | 'if'> = {
  [O in ConditionOperator]: Rows[O]['stands'][Place] extends true ? Rows[O]['kind'] : never
}[ConditionOperator]
type KindsIn<F> =
  F extends Condition<infer K, infer V> ? (V extends Refused<string> ? never : K) : never
type AllKindsIn<F> = F extends Condition<infer K> ? K : never
type ChangesIn<C> = C extends { readonly kind: infer K } ? K : never

/** Does not compile if a kind that stands in WHERE, in IF or in SET is in no type of theirs, or the other way round. */
type Property = string | Map<string, string> | string[] | { zip: string } | bigint
interface Holder {
  text: string
  map: Map<string, string>
  list: string[]
  set: Set<string>
  counter: bigint
}
interface Counters {
  page: string
  views: bigint
}
type Scalar = Exclude<NativeName, 'counter'>
interface Typed {
  address: { zip: string }
}
type Missing = [
  Exclude<KindsStanding<'where'>, KindsIn<Filter<Property>> | null>,
  Exclude<KindsIn<Filter<Property>>, KindsStanding<'where'>>,
  Exclude<KindsStanding<'if'>, KindsIn<IfConditions<Holder>[keyof Holder]> | null>,
  Exclude<KindsIn<IfConditions<Holder>[keyof Holder]>, KindsStanding<'if'>>,
  Exclude<
    keyof typeof changeOperators,
    | ChangesIn<Changes<Holder>[keyof Holder]>
    | ChangesIn<Changes<Typed>[keyof Typed]>
    | ChangesIn<Changes<Counters>[keyof Counters]>
    | 'both'
  >,
  // An operator of IF is refused by a filter with a reason.
  Exclude<ConditionKind, AllKindsIn<Filter<Property>>>,
  // A value of a native type has no fields.
  { [T in Scalar]: ChangesIn<Changes<{ v: PropertyOf<T> }>['v']> }[Scalar] & 'fields',
]
const missing: readonly never[] = [] as readonly Missing[number][]

@Entity('things')
class Thing {
  @PartitionKey('int') id!: number
  @ClusteringKey('int') at!: number
  @Column('int') v?: number | null
}
const thing = buildMetadata(Thing)

it('has a public function and a type for every row', () => {
  expect(missing).toEqual([])
  for (const [operator, { name, kind }] of Object.entries(operators)) {
    const make = functions[name] as (...given: unknown[]) => unknown
    const made = make(...(operator === 'and' ? [MoreThan(1), LessThan(2)] : ['x', 'y']))
    expect(made).toMatchObject({ operator, kind: kind ?? 'range' })
    expect(isCondition(made)).toBe(true)
  }
  for (const [kind, { name }] of Object.entries(changeOperators)) {
    if (name === 'Both') continue
    const made = (changes[name] as (...given: unknown[]) => unknown)(1, 2)
    expect(made).toMatchObject({ kind })
    expect(isChange(made)).toBe(true)
  }
})

it('has a code in shapes of its own for every row', () => {
  for (const rows of [operators, changeOperators]) {
    const codes = Object.values<{ readonly code: string }>(rows).map(({ code }) => code)
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.every((code) => code.length < 2)).toBe(true)
  }
})

const refused = (action: () => unknown): string => {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(StatementError)
    return (error as Error).message
  }
  return ''
}

describe.each(Object.entries(operators))('%s', (operator, { name, stands }) => {
  const made = {
    kind: 'equal' as ConditionKind,
    operator,
    value: operator === 'and' ? [MoreThan(1), LessThan(2)] : [1, 2],
  }
  const condition: unknown = Object.assign(Object.create(Object.getPrototypeOf(In([1]))), made)

  it(`is ${stands.where ? '' : 'not '}taken by where`, () => {
    const message = refused(() => shapeOfSelect(thing, { where: { v: condition } }))
    expect(message).toBe(
      stands.where
        ? ''
        : `Thing.v: ${name}() exists only in the 'if' of a write, since Cassandra has no such operator in WHERE; ` +
            'leave it out and filter the results',
    )
  })

  it(`is ${stands.if ? '' : 'not '}taken by if`, () => {
    const update = { where: { id: 1, at: 1 }, changes: { v: 1 }, if: { v: condition } }
    expect(refused(() => shapeOfUpdate(thing, update))).toBe(
      stands.if
        ? ''
        : `Thing.v: ${name}() exists only in where, since Cassandra has no such operator in IF; compare the whole value`,
    )
  })
})

describe('And', () => {
  const shape = (value: unknown) => shapeOfSelect(thing, { where: { at: value } })
  const ofIf = (value: unknown) =>
    shapeOfUpdate(thing, { where: { id: 1, at: 1 }, changes: { v: 1 }, if: { v: value } })
  const make = And as (...given: unknown[]) => unknown

  it.each([shape, ofIf])('refuses to join nothing', (use) => {
    expect(refused(() => use(make()))).toMatch(
      /^Thing\.(?:at|v): And\(\) joins nothing; give it at least one operator$/u,
    )
  })

  it.each([shape, ofIf])('refuses plain values', (use) => {
    expect(refused(() => use(make(MoreThan(1), 2)))).toMatch(
      /^Thing\.(?:at|v): And\(\) joins operators, such as MoreThan\(1\) and LessThan\(9\); a plain value stands alone$/u,
    )
  })

  it.each([shape, ofIf])('takes one operator', (use) => {
    expect(refused(() => use(make(MoreThan(1))))).toBe('')
  })
})
