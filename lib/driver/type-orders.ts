import { StatementError } from '../errors/errors'
import { type FieldOrders, MissingFieldError, UnorderedParameter } from './types/field-orders'

type Query = (cql: string, params: unknown[]) => Promise<Record<string, unknown>[]>
type Ordered = ReadonlyMap<string, readonly string[]>

/**
 * The order of the fields of user-defined types, keyspace by keyspace, read from the server at the first
 * write that needs it and again when a write names a field that is not known. ALTER TYPE only appends and
 * renames, so that what is known stays true. See docs/decisions/0010-order-of-fields.md.
 */
export class TypeOrders {
  readonly #known = new Map<string, FieldOrders>()
  readonly #loading = new Map<string, Promise<FieldOrders>>()

  constructor(private readonly query: Query) {}

  /** After a change of the schema. */
  forget(): void {
    this.#known.clear()
    this.#loading.clear()
  }

  /** The parameters with all user-defined types as bytes. Throws `StatementError` for a field that is not there. */
  async resolve(params: readonly unknown[], keyspace: string | undefined): Promise<unknown[]> {
    if (keyspace === undefined) {
      throw new StatementError('a value with user-defined types needs the keyspace of its table')
    }
    const known = this.#known.get(keyspace)
    if (known !== undefined) {
      try {
        return encoded(params, known)
      } catch (error) {
        if (!(error instanceof MissingFieldError)) throw error
      }
    }
    const fresh = await this.#load(keyspace)
    try {
      return encoded(params, fresh)
    } catch (error) {
      if (!(error instanceof MissingFieldError)) throw error
      throw new StatementError(
        `${error.message} in the keyspace '${keyspace}'; create it with db.schema.sync()`,
      )
    }
  }

  /** One read for all the writes that need it at the same time. What a change of the schema overtook is not kept. */
  async #load(keyspace: string): Promise<FieldOrders> {
    const underWay = this.#loading.get(keyspace)
    if (underWay !== undefined) return underWay
    const loading = this.#read(keyspace)
    this.#loading.set(keyspace, loading)
    const isCurrent = () => this.#loading.get(keyspace) === loading
    try {
      const orders = await loading
      if (isCurrent()) this.#known.set(keyspace, orders)
      return orders
    } finally {
      if (isCurrent()) this.#loading.delete(keyspace)
    }
  }

  async #read(keyspace: string): Promise<FieldOrders> {
    const rows = await this.query(
      'SELECT type_name, field_names FROM system_schema.types WHERE keyspace_name = ?',
      [keyspace],
    )
    const types: Ordered = new Map(
      rows.map((row) => [String(row['type_name']), [...(row['field_names'] as Iterable<string>)]]),
    )
    return { of: (type) => types.get(type) }
  }
}

function encoded(params: readonly unknown[], orders: FieldOrders): unknown[] {
  return params.map((param) => (param instanceof UnorderedParameter ? param.encode(orders) : param))
}

/** Returns whether parameters must be encoded in the order of the server before they can be sent. */
export function isUnordered({
  params,
  mayHoldUserTypes,
}: {
  readonly params: readonly unknown[]
  readonly mayHoldUserTypes?: boolean
}): boolean {
  return mayHoldUserTypes !== false && params.some((param) => param instanceof UnorderedParameter)
}
