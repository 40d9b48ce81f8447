#!/usr/bin/env node
import 'reflect-metadata'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CommanderError } from 'commander'
import colors from 'picocolors'
import { CoodieError, SchemaError } from '../index'
import { CommandError } from './command-error'
import { program } from './program'

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
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  process.exitCode =
    error instanceof CommandError ? error.exitCode : error instanceof SchemaError ? 1 : 2
  const isKnown = error instanceof CommandError || error instanceof CoodieError
  if (process.argv.includes('--json')) {
    const code = error instanceof CoodieError ? { code: error.code } : {}
    process.stdout.write(`${JSON.stringify({ error: { message, ...code } }, undefined, 2)}\n`)
  } else {
    process.stderr.write(`${colors.red('coodie:')} ${message}\n`)
  }
  if (!isKnown || (process.env['DEBUG'] ?? '') !== '') process.stderr.write(`${stack ?? ''}\n`)
}
