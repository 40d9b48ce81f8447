import { Command, Option } from 'commander'
import type { ExitCode } from './command-error'
import { entityGenerate } from './entity-generate'
import { schemaDiagram } from './schema-diagram'
import { schemaDiff, schemaValidate } from './schema-diff'
import { schemaDrop } from './schema-drop'
import { schemaSync } from './schema-sync'

/** The command with all that it can do; `done` is told how each ends. */
export function program(version: string, done: (code: ExitCode) => void): Command {
  const root = new Command('coodie')
    .description('Compares, changes and draws the tables of entities; writes entities for tables.')
    .version(version)
    .addHelpText(
      'after',
      '\nExit codes: 0 well, 1 different or refused, 2 wrong usage or no connection.\n' +
        'The environment stands above the configuration: CASSANDRA_CONTACT_POINTS, CASSANDRA_LOCAL_DATACENTER,\n' +
        'CASSANDRA_KEYSPACE, CASSANDRA_USERNAME and CASSANDRA_PASSWORD.',
    )
    .exitOverride()
  const command = <O>(name: string, description: string, run: (options: O) => Promise<ExitCode>) =>
    root
      .command(name)
      .description(description)
      .option('--config <file>', 'the configuration; coodie.config.{ts,js,mjs,cjs} unless given')
      .option('--connection <name>', 'which connection of the configuration')
      .option('--json', 'answer in JSON')
      .exitOverride()
      .action(async (options: O) => done(await run(options)))

  command('schema:diff', 'how the cluster differs from the classes', schemaDiff).option(
    '--check',
    'exit with 1 when they differ',
  )
  command('schema:validate', 'the same; exits with 1 when they differ', schemaValidate)
  command('schema:sync', 'make the cluster like the classes', schemaSync)
    .option('--dry-run', 'execute nothing, print the statements')
    .option('--check', 'execute nothing, exit with 1 when there is something to do')
    .option('--allow-destructive', 'remove what the classes do not map')
    .option('--wait-for-indexes', 'wait until new indexes are built')
    .option('--yes', 'do not ask before something is removed')
  command('schema:drop', 'drop the views, tables and types of the classes', schemaDrop)
    .option('--dry-run', 'execute nothing, print the statements')
    .option('--force', 'all of the keyspace, what no class maps too')
    .option('--yes', 'do not ask')
  command('schema:diagram', 'draw the tables of a keyspace', schemaDiagram)
    .addOption(
      new Option('--format <format>', 'by the name of the file unless given').choices([
        'svg',
        'html',
        'mermaid',
      ]),
    )
    .addOption(new Option('--from <what>', 'what is drawn').choices(['cluster', 'classes']))
    .option('--keyspace <name>', 'whose tables')
    .option('--out <file>', 'where to; the output unless given')
  command('entity:generate', 'write classes for the tables of a keyspace', entityGenerate)
    .option('--out <folder>', 'where to; the output unless given')
    .option('--keyspace <name>', 'whose tables')
    .option('--tables <names>', 'only these, with commas between them', (names) => names.split(','))
    .option('--per-class', 'each class in a file of its own')
    .addOption(
      new Option('--import-extension <text>', 'what imports between the files end with').choices([
        '.js',
        '.ts',
      ]),
    )
    .option('--dry-run', 'write nothing, print the differences')
    .option('--check', 'write nothing, exit with 1 when the files differ')
    .option('--yes', 'do not ask before a file is overwritten')
  return root
}
