#!/usr/bin/env node
import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import colors from 'picocolors'
import { firstLine } from '../errors/first-line'
import { CoodieError, MigrationError, SchemaError } from '../index'
import { CommandError } from './command-error'
import { printJson } from './output'
import { program } from './program'
import { visible } from './visible'

const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
  version: string
}

void program(version, (code) => {
  process.exitCode = code
})
  .parseAsync()
  .catch(fail)

/** Prints one line for an error, and the stack if DEBUG is set. */
function fail(error: unknown): void {
  // Commander has printed it.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2
    return
  }
  const isKnown = error instanceof CommandError || error instanceof CoodieError
  const message = isKnown ? error.message : `${firstLine(error)} (set DEBUG=1 to see the stack)`
  const isRefused = error instanceof SchemaError || error instanceof MigrationError
  process.exitCode = error instanceof CommandError ? error.exitCode : isRefused ? 1 : 2
  if (process.argv.includes('--json')) {
    const code = error instanceof CoodieError ? { code: error.code } : {}
    process.stdout.write(`${printJson({ error: { message, ...code } })}\n`)
  } else {
    process.stderr.write(`${colors.red('coodie:')} ${visible(message)}\n`)
  }
  if ((process.env['DEBUG'] ?? '') !== '' && error instanceof Error) {
    process.stderr.write(`${visible(error.stack ?? '')}\n`)
  }
}
