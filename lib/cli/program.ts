import { Command, Option } from 'commander'
import type { ExitCode } from './command-error'
import { entityGenerate } from './entity-generate'
import { schemaDiagram } from './schema-diagram'
import { schemaDiff, schemaValidate } from './schema-diff'
import { schemaDrop } from './schema-drop'
import { schemaSync } from './schema-sync'

/** Builds the command with its subcommands; `done` gets the exit code of the one that ran. */
export function program(version: string, done: (code: ExitCode) => void): Command {
  const root = new Command('coodie')
    .description(
      'Compares entity classes with the cluster, changes the schema, draws diagrams, generates classes.',
    )
    .version(version)
    .addHelpText(
      'after',
      '\nExit codes: 0 success; 1 differences found, or refused; 2 wrong usage, or no connection.\n' +
        'Environment variables override the configuration file: CASSANDRA_CONTACT_POINTS,\n' +
        'CASSANDRA_LOCAL_DATACENTER, CASSANDRA_KEYSPACE, CASSANDRA_USERNAME, CASSANDRA_PASSWORD.',
    )
    .exitOverride()
  const command = <O>(name: string, description: string, run: (options: O) => Promise<ExitCode>) =>
    root
      .command(name)
      .description(description)
      .option(
        '--config <file>',
        'configuration file (default: coodie.config.ts, .js, .mjs or .cjs)',
      )
      .option('--connection <name>', 'connection to use, if the configuration has several')
      .option('--json', 'print the result as JSON')
      .exitOverride()
      .action(async (options: O) => done(await run(options)))

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
  return root
}
