import type { CqlType } from '../../cql/cql-type'
import { literal } from '../../cql/literal'
import { printType } from '../../cql/print-type'
import type { ColumnRole } from '../../metadata/declaration'
import {
  addColumn,
  addField,
  alterMask,
  alterOption,
  createIndex,
  createKeyspace,
  createTable,
  createType,
  createView,
  drop,
  dropColumn,
  indexTarget,
  maskText,
} from '../ddl'
import type { SchemaChangeKind } from './change'
import type { ChangeSubjects, Declared, KeyPart, Names, Place } from './change-subjects'
import { canReturn } from './find-obstacle'

/** The stages of `sync`: what others need is made first, and what stands in the way is removed first. */
export const stages = [
  'keyspace',
  'types',
  'tables',
  'drop views',
  'drop indexes',
  'drop columns',
  'create indexes',
  'create views',
] as const

/** Everything that is true of one kind of change. */
export interface ChangeKind<S> {
  readonly stage: (typeof stages)[number]
  readonly concerns: 'keyspace' | 'type' | 'table' | 'key' | 'column' | 'option' | 'index' | 'view'
  /** The safety of the change if there is a statement for it. */
  readonly safety: 'safe' | 'destructive' | ((of: S) => 'safe' | 'destructive')
  /** `true` if reads and writes of the classes work as declared although the cluster differs. */
  readonly isHarmless: boolean
  /** The statement; undefined if no statement makes the change. */
  readonly cql: (of: S & Place) => string | undefined
  /** The statement that undoes the change; undefined if no statement does. */
  readonly reverse: (of: S & Place) => string | undefined
  readonly reason: (of: S & Place) => string
  /** The action of the statement, in the past tense; empty if the kind has no statement. */
  readonly done: (of: Place) => string
  /** The remedy if `sync` refuses; empty if it never does, or if the reason says it. */
  readonly remedy: string
}

const newTable =
  'declare the key as it is in the cluster, or declare a table with another name and copy the rows'
const newColumn =
  'declare the column as it is in the cluster, or give it another name with { name } and copy the values'

const noStatement = () => undefined
const noAction = () => ''

const keyParts = {
  partitionKey: 'the partition key',
  clustering: 'the clustering key',
} as const satisfies Record<KeyPart, string>

const roles = {
  partitionKey: 'part of the partition key',
  clustering: 'a clustering column',
  static: 'static',
  regular: 'a regular column',
  counter: 'a counter',
} as const satisfies Record<ColumnRole, string>

const differentTypes = ({ declared, stored }: Declared<CqlType>) =>
  `is declared as ${printType(declared)} and is ${printType(stored)} in the cluster`

const differentKeys = ({ declared, stored }: Names) =>
  `is declared as (${declared.join(', ')}) and is (${stored.join(', ')}) in the cluster`

/** The kinds of changes, one row for each. */
export const changeKinds: { readonly [K in SchemaChangeKind]: ChangeKind<ChangeSubjects[K]> } = {
  createKeyspace: {
    stage: 'keyspace',
    concerns: 'keyspace',
    safety: 'safe',
    isHarmless: false,
    cql: ({ keyspace, replication }) =>
      replication === undefined ? undefined : createKeyspace(keyspace, replication),
    reverse: noStatement,
    reason: ({ keyspace }) => `keyspace '${keyspace}' does not exist`,
    done: ({ keyspace }) => `created keyspace ${keyspace}`,
    remedy: 'create it, or give the DataSource createKeyspace',
  },
  createType: {
    stage: 'types',
    concerns: 'type',
    safety: 'safe',
    isHarmless: false,
    cql: ({ userType }) => createType(userType),
    reverse: ({ userType }) => drop('TYPE', userType.keyspace, userType.name),
    reason: ({ type }) => `type ${type} does not exist in the cluster`,
    done: ({ type }) => `created type ${type}`,
    remedy: '',
  },
  addField: {
    stage: 'types',
    concerns: 'type',
    safety: 'safe',
    isHarmless: false,
    cql: ({ userType, field }) => addField(userType, field),
    reverse: noStatement,
    reason: ({ type, name }) => `field ${type}.${name} does not exist in the cluster`,
    done: ({ type, name }) => `added field ${type}.${name}`,
    remedy: 'declare a type with another name, and a table that has it in its key',
  },
  changeField: {
    stage: 'types',
    concerns: 'type',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: (of) => `field ${of.type}.${of.name} ${differentTypes(of)}`,
    done: noAction,
    remedy: 'declare the field as it is in the cluster, or give it another name with { name }',
  },
  dropField: {
    stage: 'drop columns',
    concerns: 'type',
    safety: 'destructive',
    isHarmless: true,
    cql: noStatement,
    reverse: noStatement,
    reason: ({ type, name }) =>
      `no class maps field ${type}.${name}; it stays, because no statement removes a field`,
    done: noAction,
    remedy: '',
  },
  createTable: {
    stage: 'tables',
    concerns: 'table',
    safety: 'safe',
    isHarmless: false,
    cql: ({ wanted }) => createTable(wanted),
    reverse: ({ wanted }) => drop('TABLE', wanted.keyspace, wanted.name),
    reason: ({ table }) => `table ${table} does not exist in the cluster`,
    done: ({ table }) => `created table ${table}`,
    remedy: '',
  },
  changePartitionKey: {
    stage: 'tables',
    concerns: 'key',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: (of) => `${keyParts.partitionKey} of ${of.table} ${differentKeys(of)}`,
    done: noAction,
    remedy: newTable,
  },
  changeClusteringKey: {
    stage: 'tables',
    concerns: 'key',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: (of) => `${keyParts.clustering} of ${of.table} ${differentKeys(of)}`,
    done: noAction,
    remedy: newTable,
  },
  changeClusteringOrder: {
    stage: 'tables',
    concerns: 'key',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: ({ table, name, declared, stored }) =>
      `${table}.${name} is declared with order '${declared}' and has order '${stored}' in the cluster`,
    done: noAction,
    remedy: newTable,
  },
  addKeyColumn: {
    stage: 'tables',
    concerns: 'key',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: ({ table, name, part }) =>
      `${table}.${name} is declared in ${keyParts[part]} and does not exist in the cluster`,
    done: noAction,
    remedy: newTable,
  },
  dropKeyColumn: {
    stage: 'tables',
    concerns: 'key',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: ({ table, name, part }) =>
      `no class maps ${table}.${name}, which is in ${keyParts[part]} in the cluster`,
    done: noAction,
    remedy: newTable,
  },
  changeColumnKind: {
    stage: 'tables',
    concerns: 'column',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: ({ table, name, declared, stored }) =>
      `${table}.${name} is declared as ${roles[declared]} and is ${roles[stored]} in the cluster`,
    done: noAction,
    remedy: newColumn,
  },
  changeColumnType: {
    stage: 'tables',
    concerns: 'column',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: (of) => `${of.table}.${of.name} ${differentTypes(of)}`,
    done: noAction,
    remedy: newColumn,
  },
  changeFrozen: {
    stage: 'tables',
    concerns: 'column',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: (of) => `${of.table}.${of.name} ${differentTypes(of)}: only one of them is frozen`,
    done: noAction,
    remedy: newColumn,
  },
  changeMask: {
    stage: 'tables',
    concerns: 'column',
    safety: 'safe',
    isHarmless: true,
    cql: ({ keyspace, table = '', name = '', declared }) =>
      alterMask(keyspace, table, name, declared),
    reverse: ({ keyspace, table = '', name = '', stored }) =>
      alterMask(keyspace, table, name, stored),
    reason: ({ table, name, declared, stored }) =>
      `${table}.${name} is declared with the mask ${maskText(declared)} and ` +
      `${stored === undefined ? 'is not masked' : `has ${maskText(stored)}`} in the cluster`,
    done: ({ table, name }) => `masked column ${table}.${name}`,
    remedy: 'enable dynamic_data_masking_enabled on the server, or leave the mask out',
  },
  dropMask: {
    stage: 'tables',
    concerns: 'column',
    safety: 'destructive',
    isHarmless: true,
    cql: ({ keyspace, table = '', name = '' }) => alterMask(keyspace, table, name, undefined),
    reverse: ({ keyspace, table = '', name = '', stored }) =>
      alterMask(keyspace, table, name, stored),
    reason: ({ table, name, stored }) =>
      `no class declares the mask ${maskText(stored)} of ${table}.${name}`,
    done: ({ table, name }) => `removed the mask of ${table}.${name}`,
    remedy: '',
  },
  addColumn: {
    stage: 'tables',
    concerns: 'column',
    safety: 'safe',
    isHarmless: false,
    cql: ({ wanted, column }) => addColumn(wanted, column),
    reverse: ({ keyspace, table = '', column }) =>
      canReturn(column.type) ? dropColumn(keyspace, table, column.name) : undefined,
    reason: ({ table, name }) => `column ${table}.${name} does not exist in the cluster`,
    done: ({ table, name }) => `added column ${table}.${name}`,
    remedy: newColumn,
  },
  changeOption: {
    stage: 'tables',
    concerns: 'option',
    safety: 'safe',
    isHarmless: true,
    cql: ({ wanted, name = '', declared }) => alterOption(wanted, name, declared),
    reverse: ({ wanted, name = '', stored }) => alterOption(wanted, name, stored),
    reason: ({ table, name, declared, stored }) =>
      `option ${name} of ${table} is declared as ${literal(declared)} and is ${literal(stored)} in the cluster`,
    done: ({ table, name }) => `altered option ${name} of ${table}`,
    remedy: 'leave the option out',
  },
  dropView: {
    stage: 'drop views',
    concerns: 'view',
    safety: 'destructive',
    isHarmless: true,
    cql: ({ view }) => drop('MATERIALIZED VIEW', view.keyspace, view.name),
    reverse: ({ view, from }) =>
      from === undefined || (view.filter ?? '') !== '' ? undefined : createView(view, from),
    reason: ({ view }) => `no class maps view ${view.name} of ${view.from}`,
    done: ({ table }) => `dropped view ${table}`,
    remedy: '',
  },
  dropIndex: {
    stage: 'drop indexes',
    concerns: 'index',
    safety: 'destructive',
    isHarmless: true,
    cql: ({ keyspace, name = '' }) => drop('INDEX', keyspace, name),
    reverse: ({ keyspace, table = '', name = '', index }) =>
      createIndex({ keyspace, name: table }, index, name),
    reason: ({ table, name, index, replacement }) => {
      const on = `${name} on ${table} (${indexTarget(index)})`
      return replacement === undefined
        ? `no class maps index ${on}`
        : `index ${on} is declared with options ${literal(replacement.options)} ` +
            `and has ${literal(index.options)} in the cluster`
    },
    done: ({ table, name }) => `dropped index ${name} on ${table}`,
    remedy: '',
  },
  dropColumn: {
    stage: 'drop columns',
    concerns: 'column',
    safety: 'destructive',
    isHarmless: true,
    cql: ({ keyspace, table = '', name = '' }) => dropColumn(keyspace, table, name),
    reverse: ({ keyspace, table = '', column }) =>
      canReturn(column.type) ? addColumn({ keyspace, name: table }, column) : undefined,
    reason: ({ table, name }) => `no class maps column ${table}.${name}`,
    done: ({ table, name }) => `dropped column ${table}.${name}`,
    remedy: '',
  },
  createIndex: {
    stage: 'create indexes',
    concerns: 'index',
    safety: ({ replaced }) => (replaced === undefined ? 'safe' : 'destructive'),
    isHarmless: false,
    cql: ({ wanted, index, name = '' }) => createIndex(wanted, index, name),
    reverse: ({ keyspace, name = '' }) => drop('INDEX', keyspace, name),
    reason: ({ table, name, replaced }) =>
      `index ${name} on ${table} does not exist in the cluster` +
      (replaced === undefined ? '' : `; index ${replaced} must be dropped first`),
    done: ({ table, name }) => `created index ${name} on ${table}`,
    remedy: 'correct the column first, or give the index another name',
  },
  createView: {
    stage: 'create views',
    concerns: 'view',
    safety: 'safe',
    isHarmless: false,
    cql: ({ view, from }) => (from === undefined ? undefined : createView(view, from)),
    reverse: ({ view }) => drop('MATERIALIZED VIEW', view.keyspace, view.name),
    reason: ({ table }) => `view ${table} does not exist in the cluster`,
    done: ({ table }) => `created view ${table}`,
    remedy: '',
  },
  changeView: {
    stage: 'create views',
    concerns: 'view',
    safety: 'safe',
    isHarmless: false,
    cql: noStatement,
    reverse: noStatement,
    reason: ({ keyspace, table = '', difference }) =>
      `${difference}; a view cannot be altered: run ${drop('MATERIALIZED VIEW', keyspace, table)}, ` +
      'then sync() creates it again',
    done: noAction,
    remedy: '',
  },
}
