import type { LogEntry, StatementLogger } from 'coodie'
import { type TableRow, table } from './table'
import { bold, dim, duration, thousands, width, wrap, wrapWords } from './terminal'

/** The answer to a question: a text, a table, or several of them. */
type Told = string | TableRow[]

/** The results of all executions of a statement. */
interface Executed {
  times: number
  rows: number
  ms: number
}

/** Prints what was asked, the CQL that was executed for it, and the answer. */
export class Report implements StatementLogger {
  #executed = new Map<string, Executed>()

  /** Called by the data source for every statement. */
  log({ cql, rows = 0, duration }: LogEntry): void {
    const { times, rows: rowsBefore, ms } = this.#executed.get(cql) ?? { times: 0, rows: 0, ms: 0 }
    this.#executed.set(cql, { times: times + 1, rows: rowsBefore + rows, ms: ms + duration })
  }

  heading(text: string): void {
    console.log(`\n${bold(`${text} `)}${dim('─'.repeat(Math.max(3, width - text.length - 1)))}`)
  }

  tell(...told: readonly Told[]): void {
    for (const each of told) {
      console.log(typeof each === 'string' ? wrap(each, '  ').join('\n') : table(each))
    }
  }

  /** The statements since the last time, each once. */
  statements(): void {
    for (const [cql, executed] of this.#executed) {
      const words = [...cql.split(' '), `→ ${outcomeOf(cql, executed)}`]
      console.log(wrapWords(words, '  ').map(dim).join('\n'))
    }
    this.#executed.clear()
  }

  async question(text: string, answer: () => Promise<readonly Told[]>): Promise<void> {
    this.heading(text)
    const told = await answer()
    this.statements()
    this.tell('', ...told)
  }
}

function outcomeOf(cql: string, { times, rows, ms }: Executed): string {
  const isRead = cql.startsWith('SELECT')
  return [
    ...(times > 1 ? [`${thousands(times)} times`] : []),
    ...(isRead ? [`${thousands(rows)} ${rows === 1 ? 'row' : 'rows'}`] : []),
    // Writes that run side by side take less than the sum of their times.
    ...(times === 1 || isRead ? [duration(ms)] : []),
  ].join(', ')
}
