import { Add, Append, Fields, Put, Remove } from '../../../lib'
import { type Address, type Row, type Values, extrasOf } from './rows'
import type { Version } from './versions'

/** An entity as either program reads it. */
export interface Seen extends Values {
  id: number
  note: string | null
  home: { street: string } | null
  work: { street: string } | null
  past: { street: string }[]
  named: Map<string, { street: string }>
  stops: Set<{ street: string }>
  holder: { address: { street: string } } | null
}

/** A change of an entity that was read, made in the model too. */
type Change = (given: {
  readonly seen: Seen
  readonly row: Row
  readonly version: Version
  readonly fresh: () => Address
  readonly random: number
}) => {
  readonly property: string
  /** What `update` is given for it instead of the property's value. */
  readonly operator?: unknown
}

export const write = (address: Address, version: Version) => ({
  street: address.street,
  ...extrasOf(version.fields, address.extras, 'values'),
})

/** Changes a part of an address that was read, as far as the version knows it. */
function edit(
  seen: Values | null | undefined,
  stored: Address | null | undefined,
  { version, fresh, random }: Parameters<Change>[0],
): void {
  if (!seen || !stored) return
  const { street, extras } = fresh()
  seen['street'] = stored.street = street
  if (random % 2 === 0) return
  for (const i of version.fields.keys()) stored.extras[i] = extras[i] ?? 0
  Object.assign(seen, extrasOf(version.fields, extras, 'values'))
}

export const changes: readonly Change[] = [
  ({ seen, row, random }) => {
    seen.note = row.note = random % 5 === 0 ? null : `note ${random}`
    return { property: 'note' }
  },
  ({ seen, row, version, random }) => {
    if (version.columns.length === 0) return { property: 'note' }
    const i = random % version.columns.length
    row.extras[i] = random % ((version.columns[i]?.values.length ?? 0) + 1)
    const property = `x${i}`
    seen[property] = extrasOf(version.columns, row.extras, 'values')[property]
    return { property }
  },
  ({ seen, row, fresh, random }) => {
    const { street } = fresh()
    if (row.home) row.home.street = street
    else row.home = { street, extras: [] }
    if (seen.home) seen.home.street = street
    else seen.home = { street }
    return { property: 'home', ...(random % 2 ? { operator: Fields({ street }) } : {}) }
  },
  (given) => {
    edit(given.seen.home, given.row.home, given)
    return { property: 'home' }
  },
  ...(['home', 'work'] as const).map(
    (property): Change =>
      ({ seen, row, version, fresh, random }) => {
        const address = random % 4 === 0 ? null : fresh()
        row[property] = address
        seen[property] = address && write(address, version)
        return { property }
      },
  ),
  (given) => {
    edit(given.seen.work, given.row.work, given)
    return { property: 'work' }
  },
  (given) => {
    edit(given.seen.past[0], given.row.past[0], given)
    return { property: 'past' }
  },
  ({ seen, row, version, fresh }) => {
    const address = fresh()
    row.past.push(address)
    seen.past.push(write(address, version))
    return { property: 'past', operator: Append([write(address, version)]) }
  },
  ({ seen, row }) => {
    row.past.pop()
    seen.past.pop()
    return { property: 'past' }
  },
  (given) => {
    const key = [...given.row.named.keys()][0] ?? ''
    edit(given.seen.named.get(key), given.row.named.get(key), given)
    return { property: 'named' }
  },
  ({ seen, row, version, fresh, random }) => {
    const [key, address] = [`k${random % 3}`, fresh()]
    row.named.set(key, address)
    seen.named.set(key, write(address, version))
    return { property: 'named', operator: Put({ [key]: write(address, version) }) }
  },
  ({ seen, row, random }) => {
    const key = `k${random % 3}`
    row.named.delete(key)
    seen.named.delete(key)
    return { property: 'named', operator: Remove([key]) }
  },
  (given) => {
    const stored = given.row.stops[0]
    edit(
      [...given.seen.stops].find(({ street }) => street === stored?.street),
      stored,
      given,
    )
    return { property: 'stops' }
  },
  ({ seen, row, version, fresh }) => {
    const address = fresh()
    row.stops.push(address)
    seen.stops.add(write(address, version))
    return { property: 'stops', operator: Add([write(address, version)]) }
  },
  ({ seen, row }) => {
    const stored = row.stops.shift()
    const stop = [...seen.stops].find(({ street }) => street === stored?.street)
    if (stop === undefined) return { property: 'stops' }
    seen.stops.delete(stop)
    return { property: 'stops', operator: Remove([stop]) }
  },
  (given) => {
    const { seen, row, version, fresh, random } = given
    if (row.holder !== null && random % 3 !== 0) {
      edit(seen.holder?.address, row.holder.address, given)
      return { property: 'holder' }
    }
    row.holder = { address: fresh(), extras: version.heldFields.map(() => 1) }
    seen.holder = {
      address: write(row.holder.address, version),
      ...extrasOf(version.heldFields, row.holder.extras, 'values'),
    }
    return { property: 'holder' }
  },
]
