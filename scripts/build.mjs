// Compiles lib/ to CommonJS with declarations, and writes an ESM wrapper beside each entry point of
// package.json: it re-exports what the CommonJS file exports, so that both see one copy of everything.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const require = createRequire(resolve(root, 'package.json'))
/** The folder of the package: this one, or the argument. */
const target = resolve(root, process.argv[2] ?? '.')

// Its `exports` hide the command.
const compiler = resolve(root, 'node_modules/typescript/bin/tsc')

rmSync(resolve(target, 'dist'), { recursive: true, force: true })
execFileSync(
  process.execPath,
  [compiler, '-p', 'tsconfig.build.json', '--outDir', resolve(target, 'dist')],
  {
    cwd: root,
    stdio: 'inherit',
  },
)

const { exports } = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8'))
for (const entry of Object.values(exports)) {
  if (typeof entry === 'string') continue
  const commonJs = resolve(target, entry.require.default)
  const file = `./${basename(commonJs)}`
  const names = Object.keys(require(commonJs)).filter((name) => name !== '__esModule')
  writeFileSync(
    resolve(target, entry.import.default),
    `import cjs from '${file}'\nexport const { ${names.join(', ')} } = cjs\n`,
  )
  writeFileSync(resolve(target, entry.import.types), `export * from '${file}'\n`)
}
