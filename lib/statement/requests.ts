/** A value that a read computes of all its rows. */
export type AggregateRequest =
  | { readonly kind: 'count' }
  | {
      readonly kind: 'sum' | 'average' | 'minimum' | 'maximum'
      readonly property: string
    }

/** A read, as the repository hands it down; names are not checked yet. */
export interface SelectRequest {
  readonly where?: object | undefined
  /** A bigint or a condition on the token of the partition key. */
  readonly token?: unknown
  /** `{ columns, is }`: a condition on several clustering columns together. */
  readonly tuple?: unknown
  readonly select?: readonly string[] | undefined
  readonly distinct?: boolean | undefined
  readonly groupBy?: readonly string[] | undefined
  readonly orderBy?: object | undefined
  readonly limit?: number | undefined
  readonly perPartitionLimit?: number | undefined
  readonly allowFiltering?: boolean | undefined
  /** In place of columns. */
  readonly aggregate?: AggregateRequest | undefined
  /** The vector whose nearest are read, and the property that is compared with it. */
  readonly nearest?: { readonly property: string; readonly vector: unknown } | undefined
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
