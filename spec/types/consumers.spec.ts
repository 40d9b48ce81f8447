import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Mode, useConsumer } from './compiler'

const consumer = useConsumer()

/** Our own declarations are checked too, and those of the driver below them. */
const thorough = { skipLibCheck: false }

beforeAll(() => {
  const app = readFileSync(join(consumer.folder, 'cases/consumer/app.ts'), 'utf8')
  for (const extension of ['ts', 'mts', 'cts']) consumer.write(`app.${extension}`, app)
  consumer.write(
    'undefined.ts',
    `import type { Repository } from 'coodie'
import { Product } from './app.js'
declare const products: Repository<Product>
declare const name: string | undefined
void [products, Product]
export const find = () => products.findBy({ name })
`,
  )
})

const modules = {
  node16: { module: 'node16', moduleResolution: 'node16' },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
} as const
const strictness = {
  'not strict': { strict: false },
  'without null checks': { strictNullChecks: false },
  'with exact optional properties': { exactOptionalPropertyTypes: true },
} as const
const modes: readonly Mode[] = ['legacy', 'tc39']

describe.each(modes)('with %s decorators', (mode) => {
  const files = ['app.ts', 'app.mts', 'app.cts']

  it.each(Object.entries(modules))('compiles as %s', (_, resolution) => {
    expect(consumer.compile('typescript', mode, files, { ...resolution, ...thorough })).toEqual([])
    const asWritten = { ...resolution, verbatimModuleSyntax: true }
    expect(consumer.compile('typescript', mode, ['app.mts'], asWritten)).toEqual([])
  })

  it.each(Object.entries(strictness))('compiles %s', (_, options) => {
    expect(consumer.compile('typescript', mode, files, { ...options, ...thorough })).toEqual([])
  })

  it.each(['typescript-5', 'typescript-5.4'] as const)('compiles under %s', (compiler) => {
    expect(consumer.compile(compiler, mode, files, thorough)).toEqual([])
    // TypeScript 5.4 cannot read the driver's own declarations in this way of resolution.
    expect(consumer.compile(compiler, mode, ['app.ts'], modules.bundler)).toEqual([])
  })
})

it('refuses undefined in a where only with exact optional properties', () => {
  expect(consumer.compile('typescript', 'legacy', ['undefined.ts'])).toEqual([])
  const exact = { exactOptionalPropertyTypes: true }
  expect(consumer.compile('typescript', 'legacy', ['undefined.ts'], exact).join()).toContain(
    `'undefined' is not assignable to type`,
  )
})
