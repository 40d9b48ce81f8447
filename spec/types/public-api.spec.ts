import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { useConsumer } from './compiler'
import { printPublicApi } from './print-public-api'

/*
 * Every name that the package exports, with its declaration. A change that is meant is written into the snapshot with
 * `npx jest --selectProjects types spec/types/public-api.spec.ts -u`, and told in CHANGELOG.md.
 */

const consumer = useConsumer()
const { exports } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
  exports: Readonly<Record<string, string | { require: { types: string } }>>
}

const entryPoints = Object.entries(exports).flatMap(([name, entry]) =>
  typeof entry === 'string' ? [] : [[join('coodie', name), entry.require.types] as const],
)

it.each(entryPoints)('%s exports what it did', (_, declarations) => {
  const api = printPublicApi(join(consumer.folder, 'node_modules/coodie'), declarations)
  expect(Object.values(api).filter((text) => text === '')).toEqual([])
  expect(Object.values(api).join('\n\n')).toMatchSnapshot()
})
