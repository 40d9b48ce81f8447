import { textSource } from '../../schema/generate/value-source'

/** A step in source text: a statement, or the source of a function with comments above it. */
export type SourceStep = { readonly cql: string } | { readonly source: string }

/** The parts of a migration in source text. */
export interface MigrationParts {
  readonly description: string
  readonly destructive: boolean
  readonly up: readonly SourceStep[]
  /** The steps back; undefined if the migration cannot be reverted. */
  readonly down: readonly SourceStep[] | undefined
  /** Comments at the top, one for each line. */
  readonly comments: readonly string[]
}

/** Writes a migration in TypeScript; `declarations` are put above it. */
export function typeScriptSource(parts: MigrationParts, declarations = ''): string {
  const { description, destructive, up, down, comments } = parts
  return [
    ...commented('//', comments),
    ...(comments.length === 0 ? [] : ['']),
    `import { defineMigration } from 'coodie/migration'`,
    ...(declarations === '' ? [''] : [declarations, '']),
    'export default defineMigration({',
    `  description: ${textSource(description)},`,
    ...(destructive ? ['  destructive: true,'] : []),
    ...stepsSource('up', up),
    ...(down === undefined ? [] : stepsSource('down', down)),
    '})',
    '',
  ].join('\n')
}

/** Writes a migration of statements in CQL. */
export function cqlSource({
  description,
  destructive,
  up,
  down,
  comments,
}: MigrationParts): string {
  const statements = (steps: readonly SourceStep[]) =>
    steps.flatMap((step) => ('cql' in step ? [`${step.cql};`, ''] : []))
  return [
    ...commented('--', comments),
    `-- description: ${oneLine(description)}`,
    ...(destructive ? ['-- destructive: true'] : []),
    '',
    '-- migrate:up',
    '',
    ...statements(up),
    ...(down === undefined ? [] : ['-- migrate:down', '', ...statements(down)]),
  ]
    .join('\n')
    .replace(/\n+$/u, '\n')
}

function stepsSource(name: string, steps: readonly SourceStep[]): readonly string[] {
  const statements = steps.map((step) => ('cql' in step ? textSource(step.cql) : undefined))
  const line = `  ${name}: [${statements.join(', ')}],`
  if (!statements.includes(undefined) && line.length <= 100) return [line]
  return [
    `  ${name}: [`,
    ...steps.map((step) =>
      'cql' in step ? `    ${textSource(step.cql)},` : indented(step.source),
    ),
    '  ],',
  ]
}

function indented(source: string): string {
  return source.replaceAll(/^(?=.)/gmu, '    ')
}

function commented(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map((line) => `${mark} ${line.replaceAll(/[\r\n]+/gu, ' ')}`.trimEnd())
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim()
}
