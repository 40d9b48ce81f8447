import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { connection, useKeyspace } from '../server/keyspace'
import { blocksOf, printedBy, programOf } from './document'
import { useWorkspace } from './workspace'

const root = join(__dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: root }).sort()]
  .map((path) => ({ path, blocks: blocksOf(read(path)) }))
  .filter(({ blocks }) => blocks.length > 0)

/** The sets of compiler options that the README shows. */
const tsconfigs = [...read('README.md').matchAll(/^```json\n(.*?)^```$/gmsu)]
  .map(([, json = '']) => JSON.parse(json) as { compilerOptions?: Record<string, unknown> })
  .flatMap(({ compilerOptions }) => (compilerOptions === undefined ? [] : [compilerOptions]))

const workspace = useWorkspace()
const keyspace = useKeyspace()

/** The server and the keyspace of this run in place of those of the document. */
function onThisServer(program: string): string {
  const { contactPoints, localDataCenter } = connection()
  return program
    .replaceAll(`contactPoints: ['127.0.0.1']`, `contactPoints: ${JSON.stringify(contactPoints)}`)
    .replaceAll(`'datacenter1'`, JSON.stringify(localDataCenter))
    .replaceAll(`'shop'`, `'${keyspace.name}'`)
}

it('finds the blocks of the README and both of its tsconfigs', () => {
  expect(documents[0]?.path).toBe('README.md')
  expect(documents[0]?.blocks.length).toBeGreaterThan(10)
  expect(tsconfigs).toHaveLength(2)
})

it.each(documents)('$path: what it says that is printed is printed', async ({ blocks }) => {
  const isRun = blocks.filter(({ isRun }) => isRun)
  const printed = await workspace.run(onThisServer(programOf(isRun)))
  expect(printed.trimEnd().split('\n')).toEqual(printedBy(isRun))
})

/** All of it injects into parameters, which standard decorators cannot stand on. */
const onlyLegacy = new Set(['docs/nestjs.md'])

it.each(tsconfigs)('all documents compile with %j', async (options) => {
  const isLegacy = options['experimentalDecorators'] === true
  const compiled = documents.filter(({ path }) => isLegacy || !onlyLegacy.has(path))
  const programs = compiled.map(({ path, blocks }) => [
    path.replaceAll(/\W/gu, '_'),
    programOf(blocks.filter((block) => isLegacy || !block.isLegacy)),
  ])
  expect(await workspace.compile(Object.fromEntries(programs), options)).toBe('')
})
