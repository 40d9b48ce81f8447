/** A read, as the repository hands it down; names are not checked yet. */
export interface SelectRequest {
  readonly where?: object | undefined
  readonly select?: readonly string[] | undefined
  readonly orderBy?: object | undefined
  readonly limit?: number | undefined
  readonly perPartitionLimit?: number | undefined
  readonly allowFiltering?: boolean | undefined
  /** `count(*)` in place of columns. */
  readonly count?: boolean | undefined
}

/** `USING`, in every write. */
export interface UsingRequest {
  /** Seconds. */
  readonly ttl?: number | null | undefined
  /** Microseconds, or a Date. */
  readonly timestamp?: bigint | Date | undefined
}

/** `IF`, in updates and deletes. */
export interface IfRequest {
  /** Properties and what they must be. */
  readonly if?: object | undefined
  readonly ifExists?: boolean | undefined
}

export interface InsertRequest extends UsingRequest {
  readonly entity: object
  readonly ifNotExists?: boolean | undefined
}

export interface UpdateRequest extends UsingRequest, IfRequest {
  readonly where: object
  readonly changes: object
}

export interface DeleteRequest extends IfRequest {
  readonly where: object
  readonly columns?: readonly string[] | undefined
  /** Properties, and which keys, elements, indexes or fields of theirs. */
  readonly elements?: object | undefined
  readonly timestamp?: bigint | Date | undefined
}
