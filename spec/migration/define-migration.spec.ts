import { MigrationError, cql } from '../../lib'
import { defineMigration, isDefinition } from '../../lib/migration/define-migration'
import {
  buildMigration,
  compareVersions,
  nameMigration,
  normalizeVersion,
} from '../../lib/migration/build-migration'
import type { MigrationDefinition } from '../../lib/migration/migration'

const up = ['ALTER TABLE products ADD price_cents bigint']
const source = { version: '007', title: 'prices', file: '/m/007-prices.ts', content: 'text' }
const wrong = (definition: unknown) => () => defineMigration(definition as MigrationDefinition)

describe('defineMigration', () => {
  it('returns a frozen copy that isDefinition knows', () => {
    const given = { description: 'prices in cents', up, down: [], destructive: false }
    const definition = defineMigration(given)
    expect(definition).toEqual(given)
    expect(Object.isFrozen(definition)).toBe(true)
    expect([definition, given].map(isDefinition)).toEqual([true, false])
  })

  it.each([
    [undefined, 'defineMigration: expected an object { up, down? }, got undefined'],
    [async () => ({ up }), 'defineMigration: expected an object { up, down? }, got a function'],
    [Promise.resolve({ up }), 'defineMigration: up is missing: an array of steps'],
    [[], 'defineMigration: expected an object { up, down? }, got an array'],
    [{ down: [] }, 'defineMigration: up is missing: an array of steps'],
    [{ up: 'ALTER' }, 'defineMigration: up must be an array of steps'],
    [{ up, dwon: [] }, "defineMigration: has no option 'dwon'; did you mean 'down'?"],
    [{ up, destructive: 1 }, 'defineMigration: destructive must be true or false'],
    [
      { up: [...up, 7] },
      'defineMigration: up must be an array of steps: CQL text, a cql fragment or a function; step 2 is of type number',
    ],
    [{ up: [Promise.resolve()] }, 'step 1 is a promise'],
    [{ up, down: [null] }, 'defineMigration: down must be an array of steps'],
  ])('refuses %p', (definition, message) => {
    expect(wrong(definition)).toThrow(MigrationError)
    expect(wrong(definition)).toThrow(message)
  })
})

describe('buildMigration', () => {
  it('has a version without leading zeros, and the SHA-256 of the file', () => {
    const { version, checksum, destructive, down } = buildMigration({ up }, source)
    expect({ version, destructive, down }).toEqual({
      version: '7',
      destructive: false,
      down: undefined,
    })
    expect(checksum).toBe('982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1')
  })

  it('keeps one statement of a text without what surrounds it', () => {
    const { up: steps } = buildMigration({ up: ['-- the price\n TRUNCATE a; '] }, source)
    expect(steps).toMatchObject([{ kind: 'text', cql: 'TRUNCATE a' }])
  })

  it.each([
    [['', 'TRUNCATE a'], 1, 'has no statement'],
    [['TRUNCATE a', '-- TRUNCATE b'], 2, 'has no statement'],
    [
      ['TRUNCATE a; TRUNCATE b'],
      1,
      'has 2 statements, and a step is one; make each statement a step of its own',
    ],
    [['USE other'], 1, 'is USE, which would change the keyspace of the connection'],
  ])('refuses %p', (steps, step, reason) => {
    const build = (definition: MigrationDefinition) => () => buildMigration(definition, source)
    const message = (direction: string) =>
      `/m/007-prices.ts: step ${step} of ${direction} ${reason}`
    const details = { version: '7', file: '/m/007-prices.ts', step, statement: steps[step - 1] }
    expect(build({ up: steps })).toThrow(expect.objectContaining(details))
    expect(build({ up: steps })).toThrow(message('up'))
    expect(build({ up, down: steps })).toThrow(message('down'))
  })

  it('names a migration without a file by version and title', () => {
    const inPlace = { ...source, file: undefined, content: undefined }
    expect(() => buildMigration({ up: [7] } as never, inPlace)).toThrow('7-prices: up must be')
    expect(nameMigration(buildMigration({ up }, inPlace))).toBe('7-prices')
  })

  it('has a checksum of the steps where no file is', () => {
    const inPlace = { ...source, file: undefined, content: undefined }
    const sum = (definition: MigrationDefinition) => buildMigration(definition, inPlace).checksum
    expect(sum({ up })).toBe(sum({ up: [` ${up[0]};`], description: 'other' }))
    expect(sum({ up })).not.toBe(sum({ up, down: [] }))
    expect(sum({ up })).not.toBe(sum({ up: [cql`${1}`] }))
    expect(sum({ up: [cql`${1n}`] })).not.toBe(sum({ up: [cql`${2n}`] }))
    // The compiler may write a function in another way.
    expect(sum({ up: [() => undefined] })).toBe(sum({ up: [async () => {}] }))
  })
})

it('orders versions as numbers', () => {
  const versions = ['10', '9', '20261130120000000000000', '007'].map(normalizeVersion)
  expect(versions.sort(compareVersions)).toEqual(['7', '9', '10', '20261130120000000000000'])
})
