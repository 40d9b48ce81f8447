import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findViolations } from './find-violations'

const lib = join(__dirname, '../../lib')

function sourcesOf(folder: string): ReadonlyMap<string, string> {
  return new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [relative(folder, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  )
}

it('finds every file of lib on its floor', () => {
  const sources = sourcesOf(lib)
  expect(sources.size).toBeGreaterThan(50)
  expect(findViolations(sources)).toEqual([])
})

describe('goes red for', () => {
  const violationsOf = (files: Readonly<Record<string, string>>) =>
    findViolations(new Map(Object.entries({ 'index.ts': '', ...files })))

  it('nothing, where a room imports from below it or from itself', () => {
    expect(
      violationsOf({
        'data-source/data-source.ts': `import { open } from '../driver/session'\nimport './load'`,
        'data-source/load.ts': '',
        'driver/types/uuid.ts': '',
        'driver/session.ts': `import { Client } from 'cassandra-driver'\nimport '../errors/errors'`,
        'statement/rules/relation.ts': `import type { Statement } from '../statement'`,
        'statement/statement.ts': '',
        'errors/errors.ts': '',
        'testing/server.ts': `import { probe } from '../driver/session'`,
        'nestjs/module.ts': `import { DataSource } from '../index'`,
      }),
    ).toEqual([])
  })

  it.each([
    ['an import', `import { plan } from '../plan/plan'`],
    ['an import of a type', `import type { Plan } from '../plan/plan'`],
    ['an import of an inline type', `import { type Plan } from '../plan/plan'`],
    ['an import without names', `import '../plan/plan'`],
    ['a name passed on', `export { plan } from '../plan/plan'`],
    ['a type passed on', `export type { Plan } from '../plan/plan'`],
    ['everything passed on', `export * from '../plan/plan'`],
    ['a dynamic import', `const plan = await import('../plan/plan')`],
    ['a type in place', `type Plan = import('../plan/plan').Plan`],
    ['a require', `const { plan } = require('../plan/plan')`],
    ['an import of several lines', `import {\n  plan,\n  type Plan,\n} from\n  '../plan/plan'`],
  ])('an upward import: %s', (_, source) => {
    expect(violationsOf({ 'codec/lists.ts': source, 'plan/plan.ts': '' })).toEqual([
      'codec/lists.ts imports upwards from plan/: plan/plan',
    ])
  })

  it('no import that stands in a comment or a text', () => {
    const source = `// import '../plan/plan'\n/** import '../plan/plan' */\nconst s = "import '../plan/plan'"`
    expect(violationsOf({ 'codec/lists.ts': source })).toEqual([])
  })

  it('an import from the root by a room below it', () => {
    expect(violationsOf({ 'repository/repository.ts': `import '../index'` })).toEqual([
      'repository/repository.ts imports upwards from the root of lib: index',
    ])
  })

  it('a sideways import', () => {
    expect(violationsOf({ 'schema/ddl.ts': `import '../repository/repository'` })).toEqual([
      'schema/ddl.ts imports sideways from repository/: repository/repository',
    ])
  })

  it('an entry point that goes behind the public names', () => {
    expect(violationsOf({ 'nestjs/module.ts': `import '../load'` })).toEqual([
      'nestjs/module.ts imports load; nestjs/ stands on index and migration/index alone',
    ])
    expect(violationsOf({ 'testing/server.ts': `import '../metadata/declaration'` })).toEqual([
      'testing/server.ts imports metadata/declaration; testing/ stands on driver/ and errors/ alone',
    ])
  })

  it('an import from outside lib', () => {
    expect(violationsOf({ 'cql/literal.ts': `import '../../spec/literal'` })).toEqual([
      'cql/literal.ts imports ../../spec/literal, which is outside lib',
    ])
  })

  it('the driver outside driver/', () => {
    expect(
      violationsOf({
        'codec/uuids.ts': `import { types } from 'cassandra-driver'`,
        'plan/binder.ts': `import type Row from 'cassandra-driver/lib/types/row'`,
      }),
    ).toEqual([
      'codec/uuids.ts imports cassandra-driver, which only driver/ may',
      'plan/binder.ts imports cassandra-driver, which only driver/ may',
    ])
  })

  it('a circle of files, of types too', () => {
    expect(
      violationsOf({
        'cql/a.ts': `import type { B } from './b'`,
        'cql/b.ts': `export { C } from './c'`,
        'cql/c.ts': `import { a } from './a'`,
      }),
    ).toEqual(['a circle of imports: cql/a.ts -> cql/b.ts -> cql/c.ts -> cql/a.ts'])
  })

  it('a circle of folders inside a room, where no two files make one', () => {
    expect(
      violationsOf({
        'repository/read/find.ts': `import '../write/mass'`,
        'repository/read/page.ts': '',
        'repository/write/mass.ts': '',
        'repository/write/save.ts': `import type { Page } from '../read/page'`,
      }),
    ).toEqual(['repository/ has a circle of folders: read -> write -> read'])
  })

  it('a circle of a folder and a file beside it', () => {
    expect(
      violationsOf({
        'repository/context.ts': `import './read/page'`,
        'repository/read/find.ts': `import '../context'`,
        'repository/read/page.ts': '',
      }),
    ).toEqual(['repository/ has a circle of folders: context.ts -> read -> context.ts'])
  })

  it('a crowded folder', () => {
    const files = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`cql/file-${i}.ts`, '']))
    expect(violationsOf(files(30))).toEqual([])
    expect(violationsOf(files(31))).toEqual(['cql/ has 31 files; 30 is the most'])
  })

  it('a long file', () => {
    const lines = (count: number) => 'a\n'.repeat(count)
    expect(violationsOf({ 'cql/a.ts': lines(401), 'cql/b.ts': lines(400) })).toEqual([
      'cql/a.ts has 401 lines; 400 is the most',
    ])
  })

  it('drawers, and folders without a floor', () => {
    expect(
      violationsOf({ 'cql/utils/a.ts': '', 'codec/types.ts': '', 'cache/lru.ts': '' }),
    ).toEqual([
      `cql/utils/a.ts: 'utils' is a drawer; name what is inside`,
      `codec/types.ts: 'types' is a drawer; name what is inside`,
      'cache/lru.ts is in a folder that has no floor',
    ])
  })

  it('public names that are listed twice, by * or with two homes', () => {
    const index = [
      `export { parse, type Tree } from './cql/parse'`,
      `export { parse } from './cql/parse'`,
      `export * from './cql/print'`,
      'export const version = 1',
    ]
    expect(
      violationsOf({
        'index.ts': index.join('\n'),
        'cql/parse.ts': 'export function parse() {}\nexport interface Tree {}',
        'cql/print.ts': 'export type Tree = string',
      }),
    ).toEqual([
      'index.ts declares version; it only lists names',
      'index.ts exports parse twice',
      'index.ts exports *; it lists every name',
      'Tree is public and exported by cql/parse.ts and cql/print.ts',
    ])
  })
})
