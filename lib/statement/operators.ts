/** The clauses that an operator can stand in. */
interface Places {
  readonly where: boolean
  readonly if: boolean
  /** `token: MoreThan(0n)` */
  readonly token: boolean
  /** `tuple: { columns, is: MoreThan([1, 2]) }` */
  readonly tuple: boolean
}

const anywhere = { where: true, if: true, token: true, tuple: true } as const
const notOfTokens = { where: true, if: true, token: false, tuple: true } as const
const ofColumns = { where: true, if: true, token: false, tuple: false } as const
const whereOnly = { where: true, if: false, token: false, tuple: false } as const
const ifOnly = { where: false, if: true, token: false, tuple: false } as const

/**
 * The values of an operator: `ends` are those of Between, `several` the operators of And, `element` and `key` belong to
 * a collection, `entry` and `index` are an address in one and the value there.
 */
type Operand =
  | 'value'
  | 'valueOrNull'
  | 'nothing'
  | 'list'
  | 'ends'
  | 'several'
  | 'element'
  | 'key'
  | 'entry'
  | 'index'

/**
 * The meaning of an operator for the rules of WHERE: `point` and `points` fix a column, `lower` and `upper` are the
 * ends of a range, `elements` asks inside of a collection. Null if it makes no relation of its own.
 */
type Nature = 'point' | 'points' | 'lower' | 'upper' | 'elements' | 'pattern'

interface Operator {
  /** The public function that makes it. */
  readonly name: string
  /** The operators that the compiler does not tell apart; null: those of its operands. */
  readonly kind: string | null
  /** One character in a shape, which no other operator has. */
  readonly code: string
  /** CQL, between the column and its marker; empty if the operators in it have it. */
  readonly sign: string
  readonly operand: Operand
  readonly nature: Nature | null
  readonly stands: Places
  /** The part of a collection that an index must cover to serve it. */
  readonly indexed?: 'values' | 'keys' | 'entries'
}

/** Every operator of WHERE and IF. All that depends on an operator reads it here. */
export const operators = {
  equal: {
    name: 'Equal',
    kind: 'equal',
    code: 'q',
    sign: '=',
    operand: 'value',
    nature: 'point',
    stands: anywhere,
  },
  in: {
    name: 'In',
    kind: 'in',
    code: 'i',
    sign: 'IN',
    operand: 'list',
    nature: 'points',
    stands: notOfTokens,
  },
  moreThan: {
    name: 'MoreThan',
    kind: 'range',
    code: '>',
    sign: '>',
    operand: 'value',
    nature: 'lower',
    stands: anywhere,
  },
  moreThanOrEqual: {
    name: 'MoreThanOrEqual',
    kind: 'range',
    code: ']',
    sign: '>=',
    operand: 'value',
    nature: 'lower',
    stands: anywhere,
  },
  lessThan: {
    name: 'LessThan',
    kind: 'range',
    code: '<',
    sign: '<',
    operand: 'value',
    nature: 'upper',
    stands: anywhere,
  },
  lessThanOrEqual: {
    name: 'LessThanOrEqual',
    kind: 'range',
    code: '[',
    sign: '<=',
    operand: 'value',
    nature: 'upper',
    stands: anywhere,
  },
  between: {
    name: 'Between',
    kind: 'range',
    code: '~',
    sign: '',
    operand: 'ends',
    nature: null,
    stands: anywhere,
  },
  and: {
    name: 'And',
    kind: null,
    code: '&',
    sign: '',
    operand: 'several',
    nature: null,
    stands: anywhere,
  },
  like: {
    name: 'Like',
    kind: 'like',
    code: 'l',
    sign: 'LIKE',
    operand: 'value',
    nature: 'pattern',
    stands: whereOnly,
  },
  contains: {
    name: 'Contains',
    kind: 'contains',
    code: 'c',
    sign: 'CONTAINS',
    operand: 'element',
    nature: 'elements',
    stands: ofColumns,
    indexed: 'values',
  },
  containsKey: {
    name: 'ContainsKey',
    kind: 'containsKey',
    code: 'k',
    sign: 'CONTAINS KEY',
    operand: 'key',
    nature: 'elements',
    stands: ofColumns,
    indexed: 'keys',
  },
  entry: {
    name: 'Entry',
    kind: 'entry',
    code: 'm',
    sign: '=',
    operand: 'entry',
    nature: 'elements',
    stands: ofColumns,
    indexed: 'entries',
  },
  at: {
    name: 'At',
    kind: 'at',
    code: 'a',
    sign: '=',
    operand: 'index',
    nature: null,
    stands: ifOnly,
  },
  not: {
    name: 'Not',
    kind: 'not',
    code: '!',
    sign: '!=',
    operand: 'valueOrNull',
    nature: null,
    stands: ifOnly,
  },
  isNull: {
    name: 'IsNull',
    kind: 'isNull',
    code: 'z',
    sign: '=',
    operand: 'nothing',
    nature: null,
    stands: ifOnly,
  },
} as const satisfies Record<string, Operator>

export type ConditionOperator = keyof typeof operators

/** The kind of an operator for the compiler. */
export type KindOf<O extends ConditionOperator> = NonNullable<(typeof operators)[O]['kind']>

export type ConditionKind = KindOf<ConditionOperator>

/** The operators whose row has these values. */
type OperatorsOf<Row> = {
  [O in ConditionOperator]: (typeof operators)[O] extends Row ? O : never
}[ConditionOperator]

/** The operators of single relations: `Between` and `And` come to several of them. */
export type RelationOperator = OperatorsOf<{ nature: Nature; stands: { where: true } }>

/** Tests for an operator of a single relation. */
export function isRelationOperator(operator: ConditionOperator): operator is RelationOperator {
  const { nature, stands } = operators[operator]
  return nature !== null && stands.where
}

/** A bound of a range. */
export type RangeOperator = OperatorsOf<{ nature: 'lower' | 'upper' }>

/** The operators that compare tokens. */
export type TokenOperator = OperatorsOf<{ nature: Nature; stands: { token: true } }>

/** The operators that compare several clustering columns together. */
export type TupleOperator = OperatorsOf<{ nature: Nature; stands: { tuple: true } }>

/** The functions whose operators stand in a clause: `'In() or MoreThan()'`. */
export function namesOf(place: keyof Places): string {
  const names = Object.values<Operator>(operators)
    .filter(({ stands }) => stands[place])
    .map(({ name }) => `${name}()`)
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
