import {
  Add,
  Append,
  type DataSource,
  Fields,
  Prepend,
  Put,
  Remove,
  type Repository,
  type Where,
} from '../../../lib'
import type { Random } from './random'
import type { RandomColumn, RandomTable } from './random-table'
import { type Value, valueOf } from './random-type'

type Row = Record<string, unknown>

/** A statement by hand. */
export interface ByHand {
  readonly cql: string
  readonly params: readonly unknown[]
}

/** One step: the same thing through coodie and by hand. */
export interface Step {
  readonly told: string
  ours(db: DataSource, repository: Repository<Row>): Promise<void>
  byHand(): readonly ByHand[]
}

const nothing: Value = { ours: null, drivers: null }

export function randomStep(table: RandomTable, random: Random): Step {
  return random.pick([insert, insert, save, update, update, update, remove, partly, reread, batch])(
    table,
    random,
  )
}

interface Assigned {
  readonly column: RandomColumn
  readonly value: Value
}

function key(table: RandomTable, random: Random): readonly Assigned[] {
  return table.columns
    .filter(isKey)
    .map((column) => ({ column, value: random.pick(column.values) }))
}

function isKey({ kind }: RandomColumn): boolean {
  return kind === 'partition' || kind === 'clustering'
}

function values(table: RandomTable, random: Random, min = 0): readonly Assigned[] {
  return random
    .some(
      table.columns.filter((column) => !isKey(column)),
      min,
    )
    .map((column) => ({
      column,
      value: random.chance(0.15) ? nothing : valueOf(column.type, random),
    }))
}

function object(assigned: readonly Assigned[]): Row {
  return Object.fromEntries(assigned.map(({ column, value }) => [column.name, value.ours]))
}

/** The same as a filter: what a column holds is not known to the compiler. */
function filterOf(assigned: readonly Assigned[]): Where<Row> {
  return object(assigned) as Where<Row>
}

function told(what: string, assigned: readonly Assigned[]): string {
  return `${what} ${assigned.map(({ column }) => column.name).join(', ')}`
}

function insertByHand({ byHand }: RandomTable, assigned: readonly Assigned[]): ByHand {
  return {
    cql:
      `INSERT INTO ${byHand} (${assigned.map(({ column }) => column.name).join(', ')}) ` +
      `VALUES (${assigned.map(() => '?').join(', ')})`,
    params: assigned.map(({ value }) => value.drivers),
  }
}

function where(assigned: readonly Assigned[]): ByHand {
  return {
    cql: assigned.map(({ column }) => `${column.name} = ?`).join(' AND '),
    params: assigned.map(({ value }) => value.drivers),
  }
}

function insert(table: RandomTable, random: Random): Step {
  const assigned = [...key(table, random), ...values(table, random)]
  return {
    told: told('insert', assigned),
    async ours(_, repository) {
      await repository.insert(repository.create(object(assigned)))
    },
    byHand: () => [insertByHand(table, assigned)],
  }
}

function save(table: RandomTable, random: Random): Step {
  const assigned = [...key(table, random), ...values(table, random)]
  const isMany = random.chance(0.3)
  return {
    told: told('save', assigned),
    async ours(_, repository) {
      const made = repository.create(object(assigned))
      await (isMany ? repository.save([made]) : repository.save(made))
    },
    byHand: () => [insertByHand(table, assigned)],
  }
}

interface Change {
  readonly column: RandomColumn
  readonly ours: unknown
  /** `"l" = "l" + ?`. */
  readonly cql: string
  readonly params: readonly unknown[]
}

function change(column: RandomColumn, random: Random): Change {
  const { name, type } = column
  const value = valueOf(type, random)
  const make = (ours: unknown, cql: string, ...params: unknown[]) => ({ column, ours, cql, params })
  const whole = () => make(value.ours, `${name} = ?`, value.drivers)
  const gone = () => make(null, `${name} = ?`, null)
  const options: (() => Change)[] = [whole, gone]
  if (type.kind === 'list') {
    options.push(
      () => make(Append(value.ours as unknown[]), `${name} = ${name} + ?`, value.drivers),
      () => make(Prepend(value.ours as unknown[]), `${name} = ? + ${name}`, value.drivers),
      () => make(Remove(value.ours as unknown[]), `${name} = ${name} - ?`, value.drivers),
    )
  }
  if (type.kind === 'set') {
    options.push(
      () => make(Add(value.ours as Set<unknown>), `${name} = ${name} + ?`, value.drivers),
      () => make(Remove([...(value.ours as Set<unknown>)]), `${name} = ${name} - ?`, value.drivers),
    )
  }
  if (type.kind === 'map') {
    const drivers = value.drivers as Map<unknown, unknown>
    options.push(
      () => make(Put(value.ours as Map<unknown, unknown>), `${name} = ${name} + ?`, drivers),
      () =>
        make(
          Remove([...(value.ours as Map<unknown, unknown>).keys()]),
          `${name} = ${name} - ?`,
          new Set(drivers.keys()),
        ),
    )
  }
  if (type.kind === 'udt') {
    const fields = random.some(type.type.fields, 1).map((field) => ({
      at: `f${type.type.fields.indexOf(field)}`,
      value: valueOf(field, random),
    }))
    const unique = [...new Map(fields.map((field) => [field.at, field])).values()]
    options.push(() =>
      make(
        Fields(Object.fromEntries(unique.map(({ at, value: each }) => [at, each.ours]))),
        unique.map(({ at }) => `${name}.${at} = ?`).join(', '),
        ...unique.map(({ value: each }) => each.drivers),
      ),
    )
  }
  return random.pick(options)()
}

interface Update {
  readonly key: readonly Assigned[]
  readonly changes: readonly Change[]
}

function randomUpdate(table: RandomTable, random: Random): Update {
  const whole = key(table, random)
  const changeable = table.columns.filter((column) => !isKey(column))
  const columns = random.some(changeable, 1, 3)
  const isStatic = columns.every(({ kind }) => kind === 'static')
  return {
    key: isStatic ? whole.filter(({ column }) => column.kind === 'partition') : whole,
    changes: columns.map((column) => change(column, random)),
  }
}

function updateByHand({ byHand }: RandomTable, { key: of, changes }: Update): ByHand {
  const filter = where(of)
  return {
    cql: `UPDATE ${byHand} SET ${changes.map(({ cql }) => cql).join(', ')} WHERE ${filter.cql}`,
    params: [...changes.flatMap(({ params }) => params), ...filter.params],
  }
}

const changesOf = ({ changes }: Update): Row =>
  Object.fromEntries(changes.map(({ column, ours }) => [column.name, ours]))

function update(table: RandomTable, random: Random): Step {
  const made = randomUpdate(table, random)
  return {
    told: `update ${made.changes.map(({ cql }) => cql).join(', ')}`,
    async ours(_, repository) {
      await repository.update(filterOf(made.key), changesOf(made))
    },
    byHand: () => [updateByHand(table, made)],
  }
}

function remove(table: RandomTable, random: Random): Step {
  const whole = key(table, random)
  const parts = whole.slice(
    0,
    table.columns.filter(({ kind }) => kind === 'partition').length +
      random.below(table.columns.filter(({ kind }) => kind === 'clustering').length + 1),
  )
  const filter = where(parts)
  const isEntity = parts.length === whole.length && random.chance(0.5)
  return {
    told: told(isEntity ? 'remove' : 'delete', parts),
    async ours(_, repository) {
      if (isEntity) await repository.remove(repository.create(object(parts)))
      else await repository.delete(filterOf(parts))
    },
    byHand: () => [
      { cql: `DELETE FROM ${table.byHand} WHERE ${filter.cql}`, params: filter.params },
    ],
  }
}

/** Columns, or elements of collections, of one row. */
function partly(table: RandomTable, random: Random): Step {
  const columns = random.some(
    table.columns.filter(({ kind }) => kind === 'regular'),
    1,
    2,
  )
  const of = key(table, random)
  const filter = where(of)
  const [column] = columns
  const parts = column === undefined ? nothing : partsOf(column, random)
  const ours = parts.ours as readonly unknown[] | null
  if (column !== undefined && ours !== null && ours.length > 0 && random.chance(0.6)) {
    const drivers = parts.drivers as readonly unknown[]
    return {
      told: `delete elements of ${column.name}`,
      async ours(_, repository) {
        await repository.delete(filterOf(of), { elements: { [column.name]: ours } as never })
      },
      byHand: () => [
        {
          cql: `DELETE ${drivers.map(() => `${column.name}[?]`).join(', ')} FROM ${table.byHand} WHERE ${filter.cql}`,
          params: [...drivers, ...filter.params],
        },
      ],
    }
  }
  const names = columns.map(({ name }) => name)
  return {
    told: `delete columns ${names.join(', ')}`,
    async ours(_, repository) {
      await repository.delete(filterOf(of), { columns: names })
    },
    byHand: () => [
      {
        cql: `DELETE ${names.join(', ')} FROM ${table.byHand} WHERE ${filter.cql}`,
        params: filter.params,
      },
    ],
  }
}

/** Keys of a map or elements of a set; null of any other column. */
function partsOf({ type }: RandomColumn, random: Random): Value {
  const { ours, drivers } = valueOf(type, random)
  switch (type.kind) {
    case 'set':
      return { ours: [...(ours as Set<unknown>)], drivers: [...(drivers as Set<unknown>)] }
    case 'map':
      return {
        ours: [...(ours as Map<unknown, unknown>).keys()],
        drivers: [...(drivers as Map<unknown, unknown>).keys()],
      }
    case 'native':
    case 'list':
    case 'tuple':
    case 'vector':
    case 'udt':
    case 'frozen':
      return nothing
  }
}

/** A row is read, some of its properties are set, and it is saved: the same as an insert of these, where it was. */
function reread(table: RandomTable, random: Random): Step {
  const of = key(table, random)
  const set = values(table, random, 1)
  let isFound = false
  return {
    told: told('read, change and save', set),
    async ours(_, repository) {
      const found = await repository.findOneBy(filterOf(of))
      isFound = found !== null
      if (found === null) return
      Object.assign(found, object(set))
      await repository.save(found)
      // A tracked save is an update, which leaves no row behind its last value; an insert by hand does.
      await repository.insert(repository.create(object(of)))
    },
    byHand: () => (isFound ? [insertByHand(table, [...of, ...set])] : []),
  }
}

/** An insert and an update, each in a batch of its own. */
function batch(table: RandomTable, random: Random): Step {
  const row = [...key(table, random), ...values(table, random)]
  const updated = randomUpdate(table, random)
  return {
    told: `${told('batch of insert', row)}; batch of update ${updated.changes.map(({ cql }) => cql).join(', ')}`,
    async ours(db) {
      const made = db.getRepository(table.target).create(object(row))
      await db.batch().insert(table.target, made).execute()
      await db
        .batch({ logged: false })
        .update(table.target, filterOf(updated.key), changesOf(updated))
        .execute()
    },
    byHand: () => [insertByHand(table, row), updateByHand(table, updated)],
  }
}
