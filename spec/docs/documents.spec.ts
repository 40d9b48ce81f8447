import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { globSync } from 'tinyglobby'
import { connection, useKeyspace } from '../server/keyspace'
import { blocksOf, printedBy, programOf } from './document'
import { useWorkspace } from './workspace'

const root = join(__dirname, '../..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const documents = ['README.md', ...globSync('docs/**/*.md', { cwd: root }).sort()]
  .map((path) => ({
    path,
    blocks: blocksOf(read(path)),
    // It has decorators of packages that have no others, or of parameters.
    isLegacy: read(path).includes('<!-- legacy decorators -->'),
  }))
  .filter(({ blocks }) => blocks.length > 0)

/** The sets of compiler options for standard and for legacy decorators. */
const tsconfigs = [...read('docs/getting-started.md').matchAll(/^```json\n(.*?)^```$/gmsu)]
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

it('finds the README, the tour and two sets of compiler options', () => {
  const paths = documents.map(({ path }) => path)
  expect(paths).toEqual(expect.arrayContaining(['README.md', 'docs/tour.md', 'docs/writes.md']))
  expect(tsconfigs).toHaveLength(2)
})

const withPrograms = documents.filter(({ blocks }) => blocks.some(({ isRun }) => isRun))

it.each(withPrograms)('$path: what it says that is printed is printed', async ({ blocks }) => {
  const isRun = blocks.filter(({ isRun }) => isRun)
  const printed = await workspace.run(onThisServer(programOf(isRun)))
  expect(printed === '' ? [] : printed.trimEnd().split('\n')).toEqual(printedBy(isRun))
})

it.each(tsconfigs)('all documents compile with %j', async (options) => {
  const isLegacy = options['experimentalDecorators'] === true
  const programs = documents
    .filter((document) => isLegacy || !document.isLegacy)
    .map(({ path, blocks }) => [
      path.replaceAll(/\W/gu, '_'),
      programOf(blocks.filter((block) => isLegacy || !block.isLegacy)),
    ])
  expect(await workspace.compile(Object.fromEntries(programs), options)).toBe('')
})
