import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import * as coodie from '../../lib'
import { nativeNames } from '../../lib/cql/native-types'
import * as testing from '../../lib/testing'
import { namesPassedOn, readExported } from './exported-names'

const root = join(__dirname, '../..')
const documents = ['README.md', ...globSync('docs/*.md', { cwd: root })].map((path) =>
  readFileSync(join(root, path), 'utf8'),
)

/** The names in the `code` of a text, blocks left out: `db.batch({ logged: false })` has four. */
function namesIn(markdown: string): ReadonlySet<string> {
  const prose = markdown.replaceAll(/^ *```.*?^ *```$/gmsu, '')
  const spans = prose.match(/`[^`\n]+`/gu) ?? []
  return new Set(spans.flatMap((span) => span.match(/@?\w+/gu) ?? []))
}

const documented = namesIn(documents.join('\n'))

/** From one heading to the next. */
const sections = documents
  .flatMap((markdown) => markdown.split(/^(?=#+ )/gmu))
  .map((section) => namesIn(section))

const undocumented = (names: readonly string[]) => names.filter((name) => !documented.has(name))

const { interfaces, classes, texts } = readExported()
const exported = new Set([
  ...namesPassedOn('lib/index.ts'),
  ...namesPassedOn('lib/nestjs/index.ts'),
  ...namesPassedOn('lib/testing/index.ts'),
])

it('names every CQL type', () => {
  expect(undocumented(nativeNames)).toEqual([])
})

it('names every exported value: decorators, operators, errors, builders, classes', () => {
  const values = [
    ...Object.keys(coodie),
    ...Object.keys(testing),
    ...namesPassedOn('lib/nestjs/index.ts'),
  ]
  expect(values.length).toBeGreaterThan(60)
  expect(values.filter((name) => !documented.has(name) && !documented.has(`@${name}`))).toEqual([])
})

const ofClasses = [...classes].filter(([name]) => exported.has(name))

it('finds the classes', () => {
  const names = ofClasses.map(([name]) => name)
  expect(names).toEqual(expect.arrayContaining(['Repository', 'Batch', 'Schema', 'DataSource']))
})

it.each(ofClasses)('names every method of %s', (_name, methods) => {
  expect(undocumented(methods)).toEqual([])
})

/** Options under the name that users know. `DataSourceOptions` are these and those of the driver. */
const optionsOf = [...interfaces]
  .map(([name, names]) => [name === 'OwnOptions' ? 'DataSourceOptions' : name, names] as const)
  .filter(
    ([name]) => exported.has(name) && (name.endsWith('Options') || name === 'RepositoryDefaults'),
  )

it('finds the options of decorators, methods and data sources', () => {
  const names = optionsOf.map(([name]) => name)
  expect(names).toEqual(
    expect.arrayContaining(['ColumnOptions', 'IndexOptions', 'FindOptions', 'DataSourceOptions']),
  )
})

it.each(optionsOf)('has a section that names %s and all of them', (name, options) => {
  const about = sections.filter((section) => section.has(name))
  const missing = about.map((section) => options.filter((option) => !section.has(option)))
  const [fewest = options] = missing.sort((a, b) => a.length - b.length)
  expect(fewest).toEqual([])
})

it.each([...texts].filter(([name]) => exported.has(name)))('names every %s', (_name, values) => {
  expect(undocumented(values)).toEqual([])
})

it('names every consistency', () => {
  expect(undocumented(Object.keys(coodie.consistencies))).toEqual([])
})
