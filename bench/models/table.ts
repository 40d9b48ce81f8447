/** The CQL types of the benchmark's tables. */
export type ColumnType =
  | 'uuid'
  | 'timeuuid'
  | 'text'
  | 'int'
  | 'float'
  | 'double'
  | 'bigint'
  | 'timestamp'
  | 'counter'
  | 'list<text>'
  | 'list<uuid>'
  | 'map<text, int>'
  | 'vector<float, 16>'

/** A table as every contender has it, in a keyspace of its own. */
export interface Table {
  readonly columns: Readonly<Record<string, ColumnType>>
  readonly partitionKey: readonly string[]
  readonly clusteringKey?: Readonly<Record<string, 'asc' | 'desc'>>
  readonly indexed?: readonly string[]
  /** Indexed for nearest neighbors, by cosine. */
  readonly vectors?: readonly string[]
}

/** `CREATE TABLE` and `CREATE INDEX` of a table. */
export function ddl(name: string, table: Table): string[] {
  const { columns, partitionKey, clusteringKey = {}, indexed = [], vectors = [] } = table
  const key = [`(${partitionKey.join(', ')})`, ...Object.keys(clusteringKey)].join(', ')
  const lines = Object.entries(columns).map(([column, type]) => `${column} ${type}`)
  const order = Object.entries(clusteringKey).map(([column, way]) => `${column} ${way}`)
  const options = order.length === 0 ? '' : ` WITH CLUSTERING ORDER BY (${order.join(', ')})`
  return [
    `CREATE TABLE ${name} (${lines.join(', ')}, PRIMARY KEY (${key}))${options}`,
    ...indexed.map((column) => `CREATE INDEX ON ${name} (${column})`),
    ...vectors.map(
      (column) =>
        `CREATE CUSTOM INDEX ON ${name} (${column}) USING 'sai' ` +
        `WITH OPTIONS = {'similarity_function': 'cosine'}`,
    ),
  ]
}

/** `INSERT` of all columns of a table. */
export function insertAll(name: string, { columns }: Table): string {
  const names = Object.keys(columns)
  return `INSERT INTO ${name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`
}
