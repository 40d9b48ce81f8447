/** The columns that operators change in part. */
export type ChangeTarget = 'list' | 'set' | 'map' | 'udt' | 'counter'

/**
 * The new values in an operand: `element` is the second of an index and a value, `parts` are operators themselves,
 * `nothing` takes away or counts.
 */
type Gives = 'elements' | 'entries' | 'element' | 'fields' | 'nothing' | 'parts'

interface ChangeOperator {
  /** The public function that makes it. */
  readonly name: string
  /** In a shape; no other operator has it. */
  readonly code: string
  readonly changes: readonly ChangeTarget[]
  /** Says if the change has the same effect when it is executed twice. */
  readonly isIdempotent: boolean
  readonly gives: Gives
  /** The remedy in the error for null in place of an operand. */
  readonly insteadOfNull: string
}

const deletion = 'give the property itself null to delete it'
const wholeNumber = 'a counter changes by a whole number'

/** Every operator of SET. All that depends on a change operator reads it here. */
export const changeOperators = {
  append: {
    name: 'Append',
    code: 'a',
    changes: ['list'],
    isIdempotent: false,
    gives: 'elements',
    insteadOfNull: deletion,
  },
  prepend: {
    name: 'Prepend',
    code: 'p',
    changes: ['list'],
    isIdempotent: false,
    gives: 'elements',
    insteadOfNull: deletion,
  },
  add: {
    name: 'Add',
    code: '+',
    changes: ['set'],
    isIdempotent: true,
    gives: 'elements',
    insteadOfNull: deletion,
  },
  put: {
    name: 'Put',
    code: 'm',
    changes: ['map'],
    isIdempotent: true,
    gives: 'entries',
    insteadOfNull: deletion,
  },
  remove: {
    name: 'Remove',
    code: '-',
    changes: ['list', 'set', 'map'],
    isIdempotent: true,
    gives: 'nothing',
    insteadOfNull: deletion,
  },
  setAt: {
    name: 'SetAt',
    code: 'i',
    changes: ['list'],
    isIdempotent: true,
    gives: 'element',
    insteadOfNull: 'an element is deleted by delete(where, { elements })',
  },
  fields: {
    name: 'Fields',
    code: 'f',
    changes: ['udt'],
    isIdempotent: true,
    gives: 'fields',
    insteadOfNull: deletion,
  },
  increment: {
    name: 'Increment',
    code: 'u',
    changes: ['counter'],
    isIdempotent: false,
    gives: 'nothing',
    insteadOfNull: wholeNumber,
  },
  decrement: {
    name: 'Decrement',
    code: 'd',
    changes: ['counter'],
    isIdempotent: false,
    gives: 'nothing',
    insteadOfNull: wholeNumber,
  },
  // Changes nothing by itself: the operators in it do. No message offers it.
  both: {
    name: 'Both',
    code: '',
    changes: [],
    isIdempotent: true,
    gives: 'parts',
    insteadOfNull: deletion,
  },
} as const satisfies Record<string, ChangeOperator>

export type ChangeKind = keyof typeof changeOperators

/** Returns the names of the operators that change a kind of column: `['Append()', 'Prepend()']`. */
export function operatorsFor(target: ChangeTarget): readonly string[] {
  return Object.values<ChangeOperator>(changeOperators)
    .filter(({ changes }) => changes.includes(target))
    .map(({ name }) => `${name}()`)
}
