import { diff } from '../../lib/schema/diff/diff'
import { refusal } from '../../lib/schema/diff/change-facts'
import { type Mask, parseMask, printMask, sameMask, storedMask } from '../../lib/schema/model/mask'
import type { ServerModel, TableModel } from '../../lib/schema/model/table-model'
import { mergeTables } from '../../lib/schema/model/merge-tables'
import { keyspace, server, table } from './models'

/** A row of `system_schema.column_masks`; an argument is its type and its value. */
function row(name: string, ...args: readonly (readonly [string, string | null])[]) {
  const [, keyspaceName, functionName] = /^(?:(\w+)\.)?(.+)$/u.exec(name) ?? []
  return {
    function_keyspace: keyspaceName ?? 'system',
    function_name: functionName,
    function_argument_types: args.map(([type]) => type),
    function_argument_values: args.map(([, value]) => value ?? ''),
    function_argument_nulls: args.map(([, value]) => value === null),
  }
}

const stored = (name: string, ...args: Parameters<typeof row>[1][]) =>
  storedMask(row(name, ...args), 'shop')

it.each([
  ['default', stored('mask_default')],
  ['MASK_DEFAULT ( )', stored('mask_default')],
  ['system.mask_null()', stored('mask_null')],
  ['mask_inner(1,1)', stored('mask_inner', ['int', '1'], ['int', '1'])],
  [`mask_outer(1, NULL, '#')`, stored('mask_outer', ['int', '1'], ['int', null], ['text', '#'])],
  [`mask_replace('a, (b)')`, stored('mask_replace', ['text', 'a, (b)'])],
  [`mask_replace('it''s')`, stored('mask_replace', ['text', `it's`])],
  ['mask_replace(-7)', stored('mask_replace', ['int', '-7'])],
  ['mask_replace(1.5e3)', stored('mask_replace', ['double', '1500.0'])],
  ['mask_replace(TRUE)', stored('mask_replace', ['boolean', 'true'])],
  [
    'mask_replace(99999999999999999999)',
    stored('mask_replace', ['varint', '99999999999999999999']),
  ],
  [
    'mask_replace(7FB47B8E-3B7B-4C55-9A0F-6D6D9F4B2F00)',
    stored('mask_replace', ['uuid', '7fb47b8e-3b7b-4c55-9a0f-6d6d9f4b2f00']),
  ],
  [`redact('x')`, stored('shop.redact', ['text', 'x'])],
  [`shop.redact('x')`, stored('shop.redact', ['text', 'x'])],
  // The server stores another text than was written, or bytes.
  [`mask_replace('2020-01-01')`, stored('mask_replace', ['timestamp', '2020-01-01T00:00:00.000Z'])],
  ['mask_replace([1.0, 2.0])', stored('mask_replace', ['vector<float, 2>', '3f80000040000000'])],
  [`mask_replace({1: 'a, b}'})`, stored('mask_replace', ['map<int, text>', '00'])],
])('%s is what the server stores', (declared, found) => {
  expect(sameMask(parseMask(declared, 'shop'), found)).toBe(true)
})

it.each([
  ['mask_inner(1, 1)', stored('mask_outer', ['int', '1'], ['int', '1'])],
  ['mask_inner(1, 1)', stored('mask_inner', ['int', '1'], ['int', '2'])],
  ['mask_inner(1, 1)', stored('mask_inner', ['int', '1'], ['int', null])],
  ['mask_inner(1, 1)', stored('mask_inner', ['int', '1'], ['int', '1'], ['text', '*'])],
  [`mask_replace('A')`, stored('mask_replace', ['text', 'a'])],
  [`redact('x')`, stored('other.redact', ['text', 'x'])],
])('%s is another mask', (declared, found) => {
  expect(sameMask(parseMask(declared, 'shop'), found)).toBe(false)
})

it.each<[Mask, string | undefined]>([
  [stored('mask_default'), 'mask_default()'],
  [stored('mask_outer', ['int', '1'], ['int', null], ['text', `'`]), `mask_outer(1, null, '''')`],
  [stored('other.redact'), 'other.redact()'],
  [stored('mask_replace', ['list<int>', '00']), undefined],
  [stored('shop.Odd'), undefined],
])('%j is printed as %s', (mask, text) => {
  expect(printMask(mask)).toBe(text)
})

describe('the mask of a column', () => {
  const mask = parseMask('mask_inner(1, 1)', 'shop')
  const withMask = (more?: Mask): TableModel => {
    const plain = table('t', { partition: ['k int'] }, ['v text'])
    return {
      ...plain,
      columns: plain.columns.map((each, i) => (i === 1 ? { ...each, mask: more } : each)),
    }
  }
  const changes = (wanted: TableModel, found?: TableModel, on: ServerModel = server) =>
    diff(keyspace([wanted]), keyspace(found === undefined ? [] : [found], [], { server: on }))

  it('is no difference where it is the same', () => {
    const found = withMask(stored('mask_inner', ['int', '1'], ['int', '1']))
    expect(changes(withMask(mask), found)).toEqual([])
  })

  it('is set, changed, and removed only when that is allowed', () => {
    expect(changes(withMask(mask), withMask())).toEqual([
      {
        kind: 'changeMask',
        keyspace: 'shop',
        table: 't',
        name: 'v',
        cql: 'ALTER TABLE "shop"."t" ALTER "v" MASKED WITH mask_inner(1, 1)',
        reverse: 'ALTER TABLE "shop"."t" ALTER "v" DROP MASKED',
        safety: 'safe',
        reason: 't.v is declared with the mask mask_inner(1, 1) and is not masked in the cluster',
      },
    ])
    expect(changes(withMask(mask), withMask(stored('mask_default')))).toMatchObject([
      {
        kind: 'changeMask',
        reason:
          't.v is declared with the mask mask_inner(1, 1) and has mask_default() in the cluster',
      },
    ])
    expect(changes(withMask(), withMask(stored('mask_default')))).toMatchObject([
      {
        kind: 'dropMask',
        cql: 'ALTER TABLE "shop"."t" ALTER "v" DROP MASKED',
        safety: 'destructive',
        reason: 'no class declares the mask mask_default() of t.v',
      },
    ])
  })

  it('is created with its table and its column', () => {
    expect(changes(withMask(mask))[0]?.cql).toContain('"v" text MASKED WITH mask_inner(1, 1)')
    expect(changes(withMask(mask), table('t', { partition: ['k int'] }))[0]?.cql).toBe(
      'ALTER TABLE "shop"."t" ADD ("v" text MASKED WITH mask_inner(1, 1))',
    )
  })

  it('is impossible where the server cannot mask', () => {
    const off = { ...server, maskObstacle: 'dynamic_data_masking_enabled is false on the server' }
    const refusals = [
      changes(withMask(mask), undefined, off),
      changes(withMask(mask), table('t', { partition: ['k int'] }), off),
      changes(withMask(mask), withMask(), off),
    ].flatMap((each) => each.map((change) => [change.safety, refusal(change)]))
    expect(refusals).toEqual([
      [
        'impossible',
        'table t does not exist in the cluster, and its columns cannot be masked: ' +
          'dynamic_data_masking_enabled is false on the server',
      ],
      [
        'impossible',
        expect.stringContaining(
          'column t.v does not exist in the cluster, and dynamic_data_masking_enabled is false on the server; ',
        ),
      ],
      [
        'impossible',
        't.v is declared with the mask mask_inner(1, 1) and is not masked in the cluster, and ' +
          'dynamic_data_masking_enabled is false on the server; ' +
          'enable dynamic_data_masking_enabled on the server, or leave the mask out',
      ],
    ])
    expect(changes(withMask(), withMask(mask), off)).toMatchObject([{ kind: 'dropMask' }])
  })

  it('may be declared by one of several classes of a table, and not otherwise by another', () => {
    const [merged] = mergeTables([withMask(), withMask(mask)])
    expect(merged?.columns[1]?.mask).toBe(mask)
    const other = withMask(parseMask('default', 'shop'))
    expect(() => mergeTables([withMask(mask), other])).toThrow(
      "two classes of the table 't' have different masks of the column 'v'; declare both alike",
    )
  })
})
