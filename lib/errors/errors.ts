/** The code of an error, for programs that decide without reading the message. */
export type ErrorCode =
  | 'DECLARATION'
  | 'STATEMENT'
  | 'VALUE'
  | 'VALIDATION'
  | 'NOT_FOUND'
  | 'MULTIPLE_FOUND'
  | 'EXECUTION'
  | 'MASS_WRITE'
  | 'LWT_OUTCOME_UNKNOWN'
  | 'OPTIMISTIC_LOCK'
  | 'SCHEMA'
  | 'MIGRATION'

/** The base of all errors that this package throws. A message can contain CQL, never a bound value. */
export class CoodieError extends Error {
  // A literal here and in every class below: a minifier renames classes.
  override readonly name: string = 'CoodieError'

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options)
  }
}

/** A problem of a class, and what to write instead. */
export interface DeclarationProblem {
  /** The class, with the property if the problem concerns one: `Product.price`. */
  readonly where: string
  /** The problem and its remedy. */
  readonly message: string
}

/** A class is declared wrongly. `problems` has all problems of the class. */
export class DeclarationError extends CoodieError {
  override readonly name: string = 'DeclarationError'

  constructor(
    readonly target: string,
    readonly problems: readonly DeclarationProblem[],
  ) {
    const lines = problems.map(({ where, message }) => `${where}: ${message}`)
    super(
      'DECLARATION',
      lines.length === 1
        ? String(lines[0])
        : `${target} has ${lines.length} problems:\n${lines.map((line) => `  - ${line}`).join('\n')}`,
    )
  }
}

/** A request cannot be written in CQL, or the key and the indexes cannot serve it. Nothing was sent. */
export class StatementError extends CoodieError {
  override readonly name: string = 'StatementError'

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super('STATEMENT', message, options)
  }
}

/** A value does not fit its column. Nothing was sent. */
export class ValueError extends CoodieError {
  override readonly name: string = 'ValueError'

  constructor(
    /** The entity's class name. */
    readonly entity: string,
    readonly property: string,
    reason: string,
    options?: { readonly cause?: unknown },
  ) {
    super('VALUE', `${entity}.${property}: ${reason}`, options)
  }
}

/** A constraint that a value breaks. The value itself is not included. */
export interface ValidationProblem {
  /** The place: `name`, `address.zip`, `tags[1]`. In maps and sets, the index is the position in their order. */
  readonly property: string
  /**
   * The constraint: one of class-validator (`isEmail`), or `type` and `unknownProperty` for plain values that do not
   * fit the class.
   */
  readonly constraint: string
  /** The message of the constraint. */
  readonly message: string
}

/** An entity breaks constraints of its class. `errors` has all of them. Nothing was sent. */
export class ValidationError extends CoodieError {
  override readonly name: string = 'ValidationError'

  constructor(
    /** The entity's class name. */
    readonly entity: string,
    readonly errors: readonly ValidationProblem[],
  ) {
    const lines = errors.map(
      ({ property, constraint, message }) =>
        `${[entity, property].filter((part) => part !== '').join('.')}: ${message} (${constraint})`,
    )
    super(
      'VALIDATION',
      lines.length === 1
        ? String(lines[0])
        : `${entity} has ${lines.length} problems:\n${lines.map((line) => `  - ${line}`).join('\n')}`,
    )
  }
}

/** `findOneOrFail` or `findOneByOrFail` found nothing. */
export class EntityNotFoundError extends CoodieError {
  override readonly name: string = 'EntityNotFoundError'

  constructor(readonly entity: string) {
    super('NOT_FOUND', `no ${entity} matches the filter`)
  }
}

/** `findSingle` found more than one row. */
export class MultipleEntitiesFoundError extends CoodieError {
  override readonly name: string = 'MultipleEntitiesFoundError'

  constructor(readonly entity: string) {
    super('MULTIPLE_FOUND', `more than one ${entity} matches the filter; find() returns them all`)
  }
}

/** The reason why the server or the connection refused. */
export type ExecutionErrorKind =
  | 'unavailable'
  | 'timeout'
  | 'invalid'
  | 'syntax'
  | 'unauthorized'
  | 'overloaded'
  | 'alreadyExists'
  | 'connection'
  | 'server'

/** The server, or the connection to it, failed. `cause` is the driver's error. */
export class ExecutionError extends CoodieError {
  override readonly name: string = 'ExecutionError'

  constructor(
    readonly kind: ExecutionErrorKind,
    message: string,
    options: {
      readonly cause?: unknown
      readonly cql?: string | undefined
      readonly mayBeExecuted?: boolean | undefined
    },
  ) {
    super('EXECUTION', message, options)
    this.cql = options.cql
    this.mayBeExecuted = options.mayBeExecuted === true
  }

  /** The statement with its markers, if one was being executed. */
  readonly cql: string | undefined
  /** `true` if no answer says that the statement was not executed: a write may have been applied. */
  readonly mayBeExecuted: boolean
}

/** One entity that a mass save could not write. */
export interface MassWriteFailure {
  /** Its place in what was given, from 0. */
  readonly index: number
  /** The entity as it was given. */
  readonly entity: unknown
  /** The error with which its write failed. */
  readonly cause: unknown
}

/** The writes of some entities of a mass save failed; all others were written. */
export class MassWriteError extends CoodieError {
  override readonly name: string = 'MassWriteError'
  /** The entities that failed. Not enumerable: the entities, which may hold secrets, are not printed with the error. */
  declare readonly failures: readonly MassWriteFailure[]

  constructor(
    readonly entity: string,
    failures: readonly MassWriteFailure[],
    /** The number of entities that were written. */
    readonly written: number,
    /** All entities before this index are settled: written, or among the failures. A save can be resumed here. */
    readonly through: number,
  ) {
    const first = failures[0]
    const reason = first?.cause instanceof Error ? first.cause.message : String(first?.cause)
    super(
      'MASS_WRITE',
      `${failures.length} of ${failures.length + written} ${entity} failed; ` +
        `the first, at index ${first?.index}: ${reason}${unknownOf(failures)}`,
      { cause: first?.cause },
    )
    Object.defineProperty(this, 'failures', { value: failures, enumerable: false })
  }
}

/** The failures that got no answer: the server may have applied these writes. */
function unknownOf(failures: readonly MassWriteFailure[]): string {
  const unknown = failures.filter(
    ({ cause }) =>
      cause instanceof LwtOutcomeUnknownError ||
      (cause instanceof ExecutionError && cause.mayBeExecuted),
  )
  if (unknown.length === 0) return ''
  return `; ${unknown.length} of the ${failures.length} got no answer and may have been written`
}

/** A conditional write timed out, or its connection was lost: it may or may not have been applied. */
export class LwtOutcomeUnknownError extends CoodieError {
  override readonly name: string = 'LwtOutcomeUnknownError'

  constructor(
    readonly cql: string | undefined,
    options: { readonly cause: unknown; readonly entity?: string | undefined },
  ) {
    super(
      'LWT_OUTCOME_UNKNOWN',
      `${options.entity === undefined ? '' : `${options.entity}: `}the conditional write got no final answer and may or may not have been applied; ` +
        `read it back with consistency 'serial' before trying again`,
      options,
    )
  }
}

/** The reasons why a write of a versioned entity was not applied. */
const lockReasons = {
  exists:
    'a row with this key already exists, so the new entity was not written; ' +
    'read that row and save it, or give the entity another key',
  changed:
    'the row was changed since the entity was read, so nothing was written; ' +
    'read it again, make the change there and save that',
  gone:
    'the row is no longer there, so nothing was written; ' +
    'insert the entity to create the row again',
} as const

/**
 * A save or removal of an entity with a version was not applied, because the row has changed since the entity was
 * read. Nothing was written, and the version of the entity is unchanged.
 */
export class OptimisticLockError extends CoodieError {
  override readonly name: string = 'OptimisticLockError'
  /**
   * The stored row: all columns if the entity was new, else its version alone; `null` if there is no row. Not enumerable:
   * the row, which may hold secrets, is not printed with the error.
   */
  declare readonly existing: Readonly<Record<string, unknown>> | null

  constructor(
    /** The entity's class name. */
    readonly entity: string,
    reason: keyof typeof lockReasons,
    existing: Readonly<Record<string, unknown>> | null,
  ) {
    super('OPTIMISTIC_LOCK', `${entity}: ${lockReasons[reason]}`)
    Object.defineProperty(this, 'existing', { value: existing, enumerable: false })
  }
}

/** The schema of the cluster does not fit the classes, or cannot be changed as requested. */
export class SchemaError extends CoodieError {
  override readonly name: string = 'SchemaError'

  constructor(message: string, options?: { readonly cause?: unknown }) {
    super('SCHEMA', message, options)
  }
}

/** The place in a migration at which something is wrong. */
export interface MigrationErrorDetails {
  /** The version of the migration, as text without leading zeros. */
  readonly version?: string | undefined
  /** The file of the migration. */
  readonly file?: string | undefined
  /** The step, from 1. */
  readonly step?: number | undefined
  /** The statement of the step, with its markers. */
  readonly statement?: string | undefined
  /** The error because of which the step failed. */
  readonly cause?: unknown
}

/** A migration is written wrongly, was refused, or failed at a step. */
export class MigrationError extends CoodieError {
  override readonly name: string = 'MigrationError'
  /** The version of the migration, as text without leading zeros; undefined if the error concerns several or none. */
  readonly version: string | undefined
  /** The file of the migration; undefined if the error concerns none. */
  readonly file: string | undefined
  /** The step that failed or is wrong, from 1; undefined if the error concerns no single step. */
  readonly step: number | undefined
  /** The statement that failed, with its markers; undefined for a function. */
  readonly statement: string | undefined

  constructor(message: string, details: MigrationErrorDetails = {}) {
    super('MIGRATION', message, 'cause' in details ? { cause: details.cause } : undefined)
    this.version = details.version
    this.file = details.file
    this.step = details.step
    this.statement = details.statement
  }
}
