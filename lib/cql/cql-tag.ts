import { StatementError } from '../errors/errors'
import { identifier } from './identifier'

/** A class that is mapped to a table. */
type EntityClass = abstract new (...args: never[]) => object

/** The type that a value must fit: a type in CQL, or the column of a property. */
export type ValueType = string | { readonly entity: EntityClass; readonly property: string }

/** One piece of a fragment: text, or what becomes text once it is known where it runs. */
export type CqlPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table'; readonly entity: EntityClass }
  | { readonly kind: 'column'; readonly entity: EntityClass; readonly property: string }
  /** Without a type, the server says which one it wants. */
  | { readonly kind: 'value'; readonly value: unknown; readonly type?: ValueType }

const brand = Symbol.for('coodie.cql')

/**
 * A piece of CQL with its values apart, made by the `cql` tag and by nothing else: no string, and nothing
 * parsed from JSON, can be one.
 */
export class CqlFragment {
  declare readonly [brand]: true

  /** @internal Fragments are made by the `cql` tag. */
  constructor(readonly parts: readonly CqlPart[]) {
    Object.freeze(this)
  }

  static {
    Object.defineProperty(this.prototype, brand, { value: true })
  }
}

export function isFragment(value: unknown): value is CqlFragment {
  return typeof value === 'object' && value !== null && brand in value
}

function tag(texts: TemplateStringsArray, ...values: readonly unknown[]): CqlFragment {
  if (!Array.isArray(texts) || !Array.isArray(texts.raw)) {
    throw new StatementError(
      'cql is a tag and takes no string: write cql`SELECT …`, with the values as ${value}',
    )
  }
  return new CqlFragment(
    texts.flatMap((text: string, i): readonly CqlPart[] => [
      { kind: 'text', text },
      ...(i < values.length ? partsOf(values[i]) : []),
    ]),
  )
}

/** A fragment as it is, anything else as a value. */
function partsOf(value: unknown): readonly CqlPart[] {
  return isFragment(value) ? value.parts : [{ kind: 'value', value }]
}

function table(entity: EntityClass): CqlFragment {
  return new CqlFragment([{ kind: 'table', entity }])
}

function column<E extends object>(
  entity: abstract new (...args: never[]) => E,
  property: keyof E & string,
): CqlFragment {
  return new CqlFragment([{ kind: 'column', entity, property }])
}

function typedValue(type: string, value: unknown): CqlFragment
function typedValue<E extends object>(
  entity: abstract new (...args: never[]) => E,
  property: keyof E & string,
  value: unknown,
): CqlFragment
function typedValue(...args: readonly unknown[]): CqlFragment {
  const [type, value] =
    typeof args[0] === 'string'
      ? [args[0], args[1]]
      : [{ entity: args[0] as EntityClass, property: args[1] as string }, args[2]]
  return new CqlFragment([{ kind: 'value', value, type }])
}

function quoted(name: string): CqlFragment {
  return new CqlFragment([{ kind: 'text', text: identifier(name) }])
}

function join(
  items: readonly unknown[],
  separator: CqlFragment = new CqlFragment([{ kind: 'text', text: ', ' }]),
): CqlFragment {
  if (!isFragment(separator)) {
    throw new StatementError('cql.join takes a fragment as its separator: cql` AND `')
  }
  return new CqlFragment(
    items.flatMap((item, i) => [...(i === 0 ? [] : separator.parts), ...partsOf(item)]),
  )
}

/**
 * CQL written by hand. Every `${value}` becomes a marker and never a part of the text; a `${fragment}` is
 * put in as it stands. A value is checked against the type that the server wants at its place.
 *
 * ```ts
 * await db.query(cql`SELECT * FROM ${cql.table(Product)} WHERE ${cql.column(Product, 'brand')} = ${brand}`)
 * const where = cql.join([cql`a = ${1}`, cql`b > ${2}`], cql` AND `)
 * ```
 */
export const cql = Object.assign(tag, {
  /** The table of an entity with its keyspace, quoted. */
  table,
  /** The column of a property, quoted. */
  column,
  /**
   * A value of a type that is said: `cql.value('map<text, int>', stock)`, or of the column of a property, with
   * its transformer: `cql.value(Product, 'stock', stock)`.
   */
  value: typedValue,
  /** A name, quoted: `cql.identifier('order')` is `"order"`. */
  identifier: quoted,
  /** Fragments and values with a separator between them, which is a comma unless given. */
  join,
})
