import { setImmediate as afterSending } from 'node:timers/promises'
import { DataSource } from '../../../lib'
import type { InPlaceMigration } from '../../../lib/migration'

/** The place at which the process dies: before a step is sent, when it was sent, or when its answer came. */
export type Moment = 'before' | 'sent' | 'answered'

/** The program of a runner: its options, the step and the moment of its death; without a step it lives. */
export interface Program {
  readonly options: object
  readonly step: number | undefined
  readonly moment: Moment
}

/** Steps of every kind of DDL, of data, and a function. */
export const steps: InPlaceMigration['up'] = [
  'CREATE TYPE money (amount decimal)',
  'CREATE TABLE prices (id int PRIMARY KEY, name text)',
  'ALTER TYPE money ADD currency text',
  'ALTER TABLE prices ADD (price frozen<money>, old int)',
  "INSERT INTO prices (id, name, old) VALUES (1, 'a;b', 7)",
  'CREATE INDEX prices_by_name ON prices (name)',
  async ({ execute, query }) => {
    for (const { id } of await query<{ id: number }>('SELECT id FROM prices')) {
      await execute(`UPDATE prices SET price = {amount: ${id}.5, currency: 'EUR'} WHERE id = ${id}`)
    }
  },
  'ALTER TABLE prices RENAME id TO number',
  'DROP INDEX prices_by_name',
  'ALTER TABLE prices DROP old',
]

const marks = steps.map((step) => (typeof step === 'string' ? step : 'UPDATE prices SET price'))

export async function run({ options, step, moment }: Program): Promise<void> {
  const db = await new DataSource({
    ...(options as ConstructorParameters<typeof DataSource>[0]),
    migrations: [{ version: '1', title: 'killed', up: steps, destructive: true }],
  }).initialize()
  const mark = step === undefined ? undefined : marks[step - 1]
  const client = db.client as unknown as { execute(cql: string, ...rest: unknown[]): unknown }
  const execute = client.execute.bind(client)
  client.execute = async (cql, ...rest) => {
    if (mark === undefined || !cql.includes(mark)) return execute(cql, ...rest)
    if (moment !== 'before') {
      const answer = execute(cql, ...rest)
      await (moment === 'sent' ? afterSending() : answer)
    }
    process.kill(process.pid, 'SIGKILL')
    return new Promise(() => undefined)
  }
  await db.migrations.run()
  await db.destroy()
}
