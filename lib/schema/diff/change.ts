/** What a difference is about. What is declared and not there is created; what is there and not declared, dropped. */
export type SchemaChangeKind =
  | 'createKeyspace'
  | 'createType'
  | 'addField'
  | 'changeField'
  | 'dropField'
  | 'createTable'
  | 'changePartitionKey'
  | 'changeClusteringKey'
  | 'changeClusteringOrder'
  | 'addKeyColumn'
  | 'dropKeyColumn'
  | 'changeColumnKind'
  | 'changeColumnType'
  | 'changeFrozen'
  | 'addColumn'
  | 'changeOption'
  | 'dropView'
  | 'dropIndex'
  | 'dropColumn'
  | 'createIndex'
  | 'createView'
  | 'changeView'

/**
 * 'safe': loses nothing. 'destructive': removes what the classes do not map, and is done only when that is allowed.
 * 'impossible': no statement can make it so.
 */
export type ChangeSafety = 'safe' | 'destructive' | 'impossible'

/** One difference between what is declared and what is there. */
export interface Change {
  readonly kind: SchemaChangeKind
  readonly keyspace: string
  /** The table or view that it concerns. */
  readonly table?: string
  /** The user-defined type that it concerns. */
  readonly type?: string
  /** The column, field, index or option that it concerns. */
  readonly name?: string
  /** The statement that makes it so; empty where there is none. */
  readonly cql: string
  readonly safety: ChangeSafety
  /** How what is declared and what is there differ. */
  readonly reason: string
}

/** In which order changes are made: what others need comes first, and what stands in the way goes first. */
const order = {
  createKeyspace: 0,
  createType: 1,
  addField: 1,
  changeField: 1,
  dropField: 5,
  createTable: 2,
  changePartitionKey: 2,
  changeClusteringKey: 2,
  changeClusteringOrder: 2,
  addKeyColumn: 2,
  dropKeyColumn: 2,
  changeColumnKind: 2,
  changeColumnType: 2,
  changeFrozen: 2,
  addColumn: 2,
  changeOption: 2,
  dropView: 3,
  dropIndex: 4,
  dropColumn: 5,
  createIndex: 6,
  createView: 7,
  changeView: 7,
} as const satisfies Record<SchemaChangeKind, number>

export function inOrder(changes: readonly Change[]): readonly Change[] {
  return [...changes].sort((a, b) => order[a.kind] - order[b.kind])
}

const newTable = 'declare the key as it is there, or make a table of another name and copy the rows'
const newColumn =
  'declare what is there, or give the column another name with { name } and copy the values'

/** What to do where no statement helps; empty where there is always one, or where the reason says it. */
const remedies = {
  createKeyspace: 'create it, or give the DataSource createKeyspace',
  createType: '',
  addField: 'make a type of another name, and a table that has it in its key',
  changeField: 'declare what is there, or give the field another name with { name }',
  dropField: '',
  createTable: '',
  changePartitionKey: newTable,
  changeClusteringKey: newTable,
  changeClusteringOrder: newTable,
  addKeyColumn: newTable,
  dropKeyColumn: newTable,
  changeColumnKind: newColumn,
  changeColumnType: newColumn,
  changeFrozen: newColumn,
  addColumn: newColumn,
  changeOption: 'leave the option out',
  dropView: '',
  dropIndex: '',
  dropColumn: '',
  createIndex: 'mend the column first, or give the index another name',
  createView: '',
  changeView: '',
} as const satisfies Record<SchemaChangeKind, string>

/** A reason and what to do, for what sync refuses. */
export function refusal({ kind, reason }: Change): string {
  return remedies[kind] === '' ? reason : `${reason}; ${remedies[kind]}`
}
