/** What every error of this package carries, so that a program can decide without reading the message. */
export type ErrorCode =
  | 'DECLARATION'
  | 'STATEMENT'
  | 'VALUE'
  | 'NOT_FOUND'
  | 'MULTIPLE_FOUND'
  | 'EXECUTION'
  | 'MASS_WRITE'
  | 'LWT_OUTCOME_UNKNOWN'
  | 'OPTIMISTIC_LOCK'
  | 'SCHEMA'

/** The base of all errors thrown by this package. Bound values never appear in a message; CQL text may. */
export class CoodieError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options)
    this.name = new.target.name
  }
}

/** One thing that is wrong with a class, and what to write instead. */
export interface DeclarationProblem {
  /** The class, and the property where the problem concerns one: `Product.price`. */
  readonly where: string
  /** What is wrong, and the remedy. */
  readonly message: string
}

/** A class is declared wrongly. Everything that is wrong with it is in `problems`. */
export class DeclarationError extends CoodieError {
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

/** A request cannot be said in CQL, or cannot be served by the key and the indexes. Nothing was sent. */
export class StatementError extends CoodieError {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super('STATEMENT', message, options)
  }
}

/** A value does not fit its column. Nothing was sent. */
export class ValueError extends CoodieError {
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

/** `findOneOrFail` and its like found nothing. */
export class EntityNotFoundError extends CoodieError {
  constructor(readonly entity: string) {
    super('NOT_FOUND', `no ${entity} matches the filter`)
  }
}

/** `findSingle` found more than one row. */
export class MultipleEntitiesFoundError extends CoodieError {
  constructor(readonly entity: string) {
    super('MULTIPLE_FOUND', `more than one ${entity} matches the filter; find() returns them all`)
  }
}

/** Why the server or the connection refused. */
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

/** The server, or the way to it, failed. `cause` is the driver's error. */
export class ExecutionError extends CoodieError {
  constructor(
    readonly kind: ExecutionErrorKind,
    message: string,
    options: { readonly cause?: unknown; readonly cql?: string | undefined },
  ) {
    super('EXECUTION', message, options)
    this.cql = options.cql
  }

  /** The statement with its markers, when one was being executed. */
  readonly cql: string | undefined
}

/** One entity that a mass save could not write. */
export interface MassWriteFailure {
  /** Its place in what was given, from 0. */
  readonly index: number
  readonly entity: unknown
  readonly cause: unknown
}

/** Some entities of a mass save could not be written; all others were. */
export class MassWriteError extends CoodieError {
  constructor(
    readonly entity: string,
    readonly failures: readonly MassWriteFailure[],
    /** How many were written. */
    readonly written: number,
  ) {
    const first = failures[0]
    const reason = first?.cause instanceof Error ? first.cause.message : String(first?.cause)
    super(
      'MASS_WRITE',
      `${failures.length} of ${failures.length + written} ${entity} were not written; ` +
        `the first, at index ${first?.index}: ${reason}`,
      { cause: first?.cause },
    )
  }
}

/** A conditional write timed out, or its connection was lost: it may or may not have been applied. */
export class LwtOutcomeUnknownError extends CoodieError {
  constructor(
    readonly cql: string | undefined,
    options: { readonly cause: unknown },
  ) {
    super(
      'LWT_OUTCOME_UNKNOWN',
      'the conditional write got no final answer and may or may not have been applied; ' +
        `read it back with consistency 'serial' before trying again`,
      options,
    )
  }
}

/** Why a write of a versioned entity was not applied. */
const lockReasons = {
  exists:
    'a row with this key is there already, so the new entity was not written; ' +
    'read that one and save it, or give this one another key',
  changed:
    'the row was changed since the entity was read, so nothing was written; ' +
    'read it again, make the change there and save that',
  gone:
    'the row is no longer there, so nothing was written; ' +
    'insert the entity if it shall be there all the same',
} as const

/**
 * A save or removal of an entity with a version was not applied: the row is not the one that the entity was read
 * from. Nothing was written, and the entity's version is what it was.
 */
export class OptimisticLockError extends CoodieError {
  constructor(
    /** The entity's class name. */
    readonly entity: string,
    reason: keyof typeof lockReasons,
    /**
     * What is stored: of a new entity the whole row, of any other its version, or null when there is no row.
     */
    readonly existing: Readonly<Record<string, unknown>> | null,
  ) {
    super('OPTIMISTIC_LOCK', `${entity}: ${lockReasons[reason]}`)
  }
}

/** The cluster's schema does not fit the classes, or cannot be changed as asked. */
export class SchemaError extends CoodieError {
  constructor(message: string, options?: { readonly cause?: unknown }) {
    super('SCHEMA', message, options)
  }
}
