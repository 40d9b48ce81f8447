import { Command, InvalidArgumentError, Option } from 'commander'
import type { ExitCode } from './command-error'
import { entityGenerate } from './entity-generate'
import { init } from './init/init'
import { migrationList } from './migration/list'
import { migrationRevert, migrationRun } from './migration/run'
import { migrationUnlock } from './migration/unlock'
import { migrationCreate, migrationGenerate } from './migration/write'
import { query } from './query/query'
import { schemaDiagram } from './schema-diagram'
import { schemaDiff, schemaValidate } from './schema-diff'
import { schemaDrop } from './schema-drop'
import { schemaSync } from './schema-sync'

/** Builds the command with its subcommands; `done` gets the exit code of the one that ran. */
export function program(version: string, done: (code: ExitCode) => void): Command {
  const root = new Command('coodie')
    .description(
      'Compares entity classes with the cluster, runs migrations, draws diagrams, generates classes.',
    )
    .version(version)
    .addHelpText(
      'after',
      '\nExit codes: 0 success; 1 differences found, or refused; 2 wrong usage, or no connection.\n' +
        'Environment variables override the configuration file: CASSANDRA_CONTACT_POINTS,\n' +
        'CASSANDRA_LOCAL_DATACENTER, CASSANDRA_KEYSPACE, CASSANDRA_USERNAME, CASSANDRA_PASSWORD.',
    )
    .exitOverride()
  /** A command; `run` gets its arguments, then its options. */
  const add = <A extends readonly unknown[]>(
    name: string,
    description: string,
    run: (...args: A) => Promise<ExitCode>,
  ) =>
    root
      .command(name)
      .description(description)
      .option('--json', 'print the result as JSON')
      .exitOverride()
      .action(async (...args: unknown[]) => done(await run(...(args as unknown as A))))
  const command: typeof add = (name, description, run) =>
    add(name, description, run)
      .option(
        '--config <file>',
        'configuration file (default: coodie.config.ts, .js, .mjs or .cjs)',
      )
      .option('--connection <name>', 'connection to use, if the configuration has several')

  add('init', 'write a configuration, an entity, a program and a test; keep existing files', init)
  command(
    'schema:diff',
    'print the differences between the classes and the cluster',
    schemaDiff,
  ).option('--check', 'exit with 1 if there are differences')
  command(
    'schema:validate',
    'like schema:diff, but exit with 1 if there are differences',
    schemaValidate,
  )
  command('schema:sync', 'change the cluster so that it matches the classes', schemaSync)
    .option('--dry-run', 'print the statements, execute nothing')
    .option('--check', 'execute nothing, exit with 1 if there are differences')
    .option('--allow-destructive', 'drop columns, indexes and views that no class maps')
    .option('--wait-for-indexes', 'wait until the indexes are built')
    .option('--yes', 'do not ask for confirmation')
  command('schema:drop', 'drop the views, tables and types of the classes', schemaDrop)
    .option('--dry-run', 'print the statements, execute nothing')
    .option('--force', 'drop everything in the keyspace, including what no class maps')
    .option('--yes', 'do not ask for confirmation')
  command('schema:diagram', 'draw the tables of a keyspace', schemaDiagram)
    .addOption(
      new Option(
        '--format <format>',
        'format (default: by the extension of --out, else svg)',
      ).choices(['svg', 'html', 'mermaid']),
    )
    .addOption(
      new Option('--from <source>', 'tables to draw (default: cluster)').choices([
        'cluster',
        'classes',
      ]),
    )
    .option('--keyspace <name>', 'keyspace of the tables (default: that of the configuration)')
    .option('--out <file>', 'output file (default: standard output)')
  command('entity:generate', 'write entity classes for the tables of a keyspace', entityGenerate)
    .option('--out <folder>', 'output folder (default: standard output)')
    .option('--keyspace <name>', 'keyspace of the tables (default: that of the configuration)')
    .option('--tables <names>', 'tables and views, separated by commas (default: all)', (names) =>
      names.split(','),
    )
    .option('--per-class', 'write each class to its own file')
    .addOption(
      new Option('--import-extension <text>', 'extension in imports between the files').choices([
        '.js',
        '.ts',
      ]),
    )
    .option('--dry-run', 'write nothing, print the differences')
    .option('--check', 'write nothing, exit with 1 if the files differ')
    .option('--yes', 'do not ask for confirmation')
  command('migration:create <title>', 'write a migration without steps', migrationCreate).option(
    '--cql',
    'write a file of CQL (default: TypeScript)',
  )
  command(
    'migration:generate <title>',
    'write a migration that makes the cluster as the classes declare it',
    migrationGenerate,
  ).option('--cql', 'write a file of CQL (default: TypeScript)')
  command('migration:run', 'apply the pending migrations', migrationRun)
    .option('--to <version>', 'last version to apply (default: all)', parseVersion)
    .option('--dry-run', 'print the migrations and their statements, execute nothing')
    .option('--fake', 'record the migrations as applied, execute no step')
    .option('--allow-destructive', 'execute steps that lose data in migrations that do not say so')
    .option('--out-of-order', 'apply migrations that are older than the newest applied one too')
    .option(
      '--lock-timeout <seconds>',
      'time to wait for another runner (default: 60)',
      parseSeconds,
    )
  command('migration:revert', 'revert the newest applied migration', migrationRevert)
    .option('--steps <number>', 'number of migrations to revert (default: 1)', parseCount)
    .option('--to <version>', 'version that stays applied', parseVersion)
    .option('--dry-run', 'print the migrations and their statements, execute nothing')
  command('migration:list', 'print the migrations and their states', migrationList)
  command('migration:unlock', 'remove the lock that a runner has left', migrationUnlock)
  command('query <cql>', 'execute a statement and print its rows', query).option(
    '--write',
    'execute statements that change something too',
  )
  return root
}

function parseVersion(text: string): string {
  if (/^\d+$/u.test(text)) return text
  throw new InvalidArgumentError('A version is digits: 20261130120000.')
}

function parseSeconds(text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && Number.isFinite(number) && number >= 0) return number
  throw new InvalidArgumentError('It must be a number of seconds from 0.')
}

function parseCount(text: string): number {
  const number = Number(text)
  if (/^\d+$/u.test(text) && Number.isSafeInteger(number) && number > 0) return number
  throw new InvalidArgumentError('It must be a whole number from 1.')
}
