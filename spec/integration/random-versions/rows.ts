import type { Extra, Version } from './versions'

/** Values of extras: numbers of their values, where 0 is null. */
type Chosen = number[]
export interface Address {
  street: string
  extras: Chosen
}
export interface Row {
  note: string | null
  extras: Chosen
  home: Address | null
  work: Address | null
  past: Address[]
  named: Map<string, Address>
  stops: Address[]
  holder: { address: Address; extras: Chosen } | null
}

export type Values = Record<string, unknown>

export const emptyRow = (): Row => ({
  note: null,
  extras: [],
  home: null,
  work: null,
  past: [],
  named: new Map(),
  stops: [],
  holder: null,
})

export function extrasOf(
  extras: readonly Extra[],
  chosen: Chosen,
  form: 'values' | 'json',
): Values {
  return Object.fromEntries(
    extras.map((extra, i) => {
      const value = chosen[i] ?? 0
      const absent = form === 'values' ? (extra.absent ?? null) : null
      return [`x${i}`, value === 0 ? absent : extra[form][value - 1]]
    }),
  )
}

/** The row as a version reads it, or as the server's JSON has it. */
export function told(row: Row, version: Version, form: 'values' | 'json'): Values {
  const address = (of: Address | null) =>
    of && { street: of.street, ...extrasOf(version.fields, of.extras, form) }
  const [past, stops] = [row.past.map(address), row.stops.map(address)]
  const named = [...row.named].map(([key, each]) => [key, address(each)] as const)
  const orNull = (size: number, value: unknown) => (size === 0 ? null : value)
  return {
    note: row.note,
    ...extrasOf(version.columns, row.extras, form),
    home: address(row.home),
    work: address(row.work),
    holder: row.holder && {
      address: address(row.holder.address),
      ...extrasOf(version.heldFields, row.holder.extras, form),
    },
    ...(form === 'values'
      ? { past, stops: new Set(stops), named: new Map(named) }
      : {
          past: orNull(past.length, past),
          stops: orNull(stops.length, stops),
          named: orNull(named.length, Object.fromEntries(named)),
        }),
  }
}

/** The properties of a row, each null: a row of nulls alone is not stored. */
export function toldNull(row: Values): Values {
  return Object.fromEntries(Object.keys(row).map((property) => [property, null]))
}
