import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTypesTable } from '../../scripts/table-of-types'

it('docs/types.md has the table of types as the codecs have it; npm run docs:types writes it', () => {
  const page = readFileSync(join(__dirname, '../../docs/types.md'), 'utf8')
  expect(withTypesTable(page)).toBe(page)
})
