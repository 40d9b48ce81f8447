// Writes the table of types into docs/types.md, as the codecs have it.
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const require = createRequire(import.meta.url)
require('./typescript.cjs').registerTypeScript()
const { withTypesTable } = require('./table-of-types.ts')

const path = fileURLToPath(new URL('../docs/types.md', import.meta.url))
writeFileSync(path, withTypesTable(readFileSync(path, 'utf8')))
