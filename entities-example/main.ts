import 'reflect-metadata'
import { CoodieError } from 'coodie'
import { CassandraServer, ServerStartError } from 'coodie/testing'
import { connect } from './connect'
import { importAll } from './import'
import { Report } from './print/report'
import { duration } from './print/terminal'
import { questions } from './questions'

/** Runs the example. What goes wrong is told, and the process then ends with 1. */
export async function main(): Promise<void> {
  const started = performance.now()
  // The reader of a pipe may have seen enough: npm run example | head
  process.stdout.on('error', () => process.exit())
  try {
    await run(new Report())
    console.log(`\n  All done in ${duration(performance.now() - started)}.`)
  } catch (error) {
    const isExplained = error instanceof CoodieError || error instanceof ServerStartError
    console.error(isExplained ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}

async function run(report: Report): Promise<void> {
  report.heading('US flights of 2001: server and tables')
  // An embedded server, or the one of CASSANDRA_CONTACT_POINTS.
  await using server = await CassandraServer.start({
    onProgress: (step) => report.tell(`${step} …`),
  })
  await using db = await connect(server, report)
  report.tell(`connected to ${server.contactPoints.join(', ')}, keyspace ${db.client.keyspace}`, '')
  await db.schema.sync()
  report.statements()
  await importAll(db, report)
  for (const ask of questions) await ask(db, report)
}
