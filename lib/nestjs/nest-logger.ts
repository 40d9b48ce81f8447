import { Logger } from '@nestjs/common'
import { type LogEntry, type StatementLogger, printLogEntry } from '../index'

/** Passes log entries of statements to Nest's logger. */
export class NestLogger implements StatementLogger {
  readonly #logger = new Logger('Coodie')

  log(entry: LogEntry): void {
    const line = printLogEntry(entry)
    if (entry.kind === 'error') this.#logger.error(line)
    else if (entry.kind === 'slow') this.#logger.warn(line)
    else this.#logger.log(line)
  }

  warn(message: string): void {
    this.#logger.warn(message)
  }

  info(message: string): void {
    this.#logger.log(message)
  }
}
