import { type DataSource, ExecutionError, cql } from '../../index'
import { splitStatements } from '../../migration/index'
import { CommandError, type ExitCode } from '../command-error'
import { type CommonOptions, withDataSource } from '../connect'
import { answer } from '../output'
import { printTable } from '../print-table'
import { visible } from '../visible'
import { jsonValue, printValue } from './print-value'

export interface QueryCommandOptions extends CommonOptions {
  readonly write?: boolean
}

/** The first words of the statements that change nothing. */
const reads: ReadonlySet<string> = new Set(['SELECT', 'DESCRIBE', 'DESC', 'LIST'])

/** Executes a statement and prints its rows. Without `--write`, only statements that read are executed. */
export async function query(text: string, options: QueryCommandOptions): Promise<ExitCode> {
  const statement = oneStatement(text)
  const [word = ''] = /^\w*/u.exec(statement) ?? []
  const isRead = reads.has(word.toUpperCase())
  if (!isRead && options.write !== true) {
    throw new CommandError(
      1,
      `${word.toUpperCase() || 'the statement'} may change something; pass --write to execute it`,
    )
  }
  const rows = await withDataSource(options, { entities: false, connection: 'keyspace' }, (db) =>
    execute(db, statement),
  )
  answer(
    options.json,
    { rows: rows.map((row) => jsonValue(row)) },
    rows.length === 0 ? (isRead ? '0 rows' : 'done') : printRows(rows),
  )
  return 0
}

function oneStatement(text: string): string {
  const statements = splitStatements(text)
  const [statement] = statements
  if (statement === undefined) {
    throw new CommandError(2, `there is no statement; write: coodie query "SELECT * FROM products"`)
  }
  if (statements.length > 1) {
    throw new CommandError(2, `there are ${statements.length} statements; pass one at a time`)
  }
  return statement
}

async function execute(
  db: DataSource,
  statement: string,
): Promise<readonly Record<string, unknown>[]> {
  try {
    // The user of the command writes the statement, so it is a fragment without values.
    return await db.query(cql(Object.assign([statement], { raw: [statement] })))
  } catch (error) {
    const isRefused = error instanceof ExecutionError && error.kind !== 'connection'
    throw isRefused ? new CommandError(1, error.message, { cause: error }) : error
  }
}

function printRows(rows: readonly Record<string, unknown>[]): string {
  const described = rows.map((row) => row['create_statement'])
  if (described.every((each) => typeof each === 'string')) return visible(described.join('\n\n'))
  const titles = Object.keys(rows[0] ?? {})
  const cells = rows.map((row) =>
    titles.map((title) => ({
      text: printValue(row[title]),
      isRight: ['number', 'bigint'].includes(typeof row[title]),
    })),
  )
  const count = rows.length === 1 ? '1 row' : `${rows.length} rows`
  return `${printTable(titles, cells)}\n\n${count}`
}
