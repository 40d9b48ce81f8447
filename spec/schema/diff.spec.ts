import { diff } from '../../lib/schema/diff/diff'
import type { TableModel } from '../../lib/schema/model/table-model'
import { index, keyspace, server, table, userType } from './models'

const key = { partition: ['a int', 'b int'], clustering: ['c int', 'd int'] }

/** The changes between a declared table and a stored one, in short. */
function said(wanted: TableModel, found: TableModel) {
  return diff(keyspace([wanted]), keyspace([found])).map(({ kind, safety, reason, cql }) => [
    kind,
    safety,
    reason,
    ...(cql === '' ? [] : [cql]),
  ])
}

const impossible = (kind: string, reason: string) => [[kind, 'impossible', reason]]

describe('keys, each difference with its own message', () => {
  it.each([
    [
      'the order of the partition key',
      { ...key, partition: ['b int', 'a int'] },
      impossible(
        'changePartitionKey',
        'the partition key of t is declared as (b, a) and is (a, b) in the cluster',
      ),
    ],
    [
      'the order of the clustering key',
      { ...key, clustering: ['d int', 'c int'] },
      impossible(
        'changeClusteringKey',
        'the clustering key of t is declared as (d, c) and is (c, d) in the cluster',
      ),
    ],
    [
      'the order of rows',
      { ...key, clustering: ['c int desc', 'd int'] },
      impossible(
        'changeClusteringOrder',
        `t.c is declared with order 'desc' and has order 'asc' in the cluster`,
      ),
    ],
    [
      'an unmapped clustering column',
      { ...key, clustering: ['c int'] },
      impossible(
        'dropKeyColumn',
        'no class maps t.d, which is in the clustering key in the cluster',
      ),
    ],
    [
      'an unmapped part of the partition key',
      { ...key, partition: ['b int'] },
      impossible(
        'dropKeyColumn',
        'no class maps t.a, which is in the partition key in the cluster',
      ),
    ],
    [
      'a key column that is not there',
      { ...key, clustering: ['c int', 'x int', 'd int'] },
      impossible(
        'addKeyColumn',
        't.x is declared in the clustering key and does not exist in the cluster',
      ),
    ],
    [
      'a column in the other part of the key',
      { partition: ['a int', 'b int', 'c int'], clustering: ['d int'] },
      impossible(
        'changeColumnKind',
        't.c is declared as part of the partition key and is a clustering column in the cluster',
      ),
    ],
    [
      'the type of a key column',
      { ...key, partition: ['a bigint', 'b int'] },
      impossible('changeColumnType', 't.a is declared as bigint and is int in the cluster'),
    ],
  ])('%s', (_, declared, expected) => {
    expect(said(table('t', declared), table('t', key))).toEqual(expected)
  })
})

describe('columns', () => {
  it.each([
    ['v int', 'v text', 'changeColumnType', 't.v is declared as int and is text in the cluster'],
    [
      'v list<int>',
      'v frozen<list<int>>',
      'changeFrozen',
      't.v is declared as list<int> and is frozen<list<int>> in the cluster: only one of them is frozen',
    ],
    [
      'v int static',
      'v int',
      'changeColumnKind',
      't.v is declared as static and is a regular column in the cluster',
    ],
    [
      'v int',
      'v int static',
      'changeColumnKind',
      't.v is declared as a regular column and is static in the cluster',
    ],
  ])('%s against %s', (declared, stored, kind, reason) => {
    expect(said(table('t', key, [declared]), table('t', key, [stored]))).toEqual(
      impossible(kind, reason),
    )
  })

  it.each([
    ['v varchar', 'v text'],
    ['v tuple<int, varchar>', 'v frozen<tuple<int, text>>'],
    ['v frozen<vector<float, 2>>', 'v vector<float, 2>'],
    ['v frozen<list<list<int>>>', 'v frozen<list<frozen<list<int>>>>'],
  ])('%s is %s', (declared, stored) => {
    expect(said(table('t', key, [declared]), table('t', key, [stored]))).toEqual([])
  })

  it('are added, static ones as such, and are removed only when that is allowed', () => {
    expect(said(table('t', key, ['v int', 's text static']), table('t', key, ['w int']))).toEqual([
      [
        'addColumn',
        'safe',
        'column t.v does not exist in the cluster',
        'ALTER TABLE "shop"."t" ADD ("v" int)',
      ],
      [
        'addColumn',
        'safe',
        'column t.s does not exist in the cluster',
        'ALTER TABLE "shop"."t" ADD ("s" text STATIC)',
      ],
      ['dropColumn', 'destructive', 'no class maps column t.w', 'ALTER TABLE "shop"."t" DROP "w"'],
    ])
  })

  const once = (text: string) => {
    const [dropped] = table('t', key, [text]).columns.slice(-1)
    return table('t', key, [], {
      dropped:
        dropped === undefined
          ? []
          : [{ name: 'v', type: dropped.type, isStatic: dropped.kind === 'static' }],
    })
  }

  it.each([
    ['v text', 'v int', 'a column that was dropped as int cannot be added again as text'],
    [
      'v frozen<list<int>>',
      'v list<int>',
      'a column that was dropped as list<int> cannot be added again as frozen<list<int>>',
    ],
    [
      'v frozen<"u">',
      'v frozen<tuple<int>>',
      'a column that was dropped as frozen<tuple<int>> cannot be added again as frozen<"u">',
    ],
    ['v int static', 'v int', 'a dropped regular column cannot be added again as a static one'],
    ['v int', 'v int static', 'a dropped static column cannot be added again as a regular one'],
  ])('as %s do not come back after %s', (declared, dropped, why) => {
    expect(said(table('t', key, [declared]), once(dropped))).toEqual(
      impossible('addColumn', `column t.v does not exist in the cluster, and ${why}`),
    )
  })

  it.each([
    ['v int', 'v int'],
    ['v text', 'v ascii'],
    ['v blob', 'v text'],
    ['v bigint', 'v timestamp'],
    ['v uuid', 'v timeuuid'],
    ['v tuple<int>', 'v frozen<tuple<int>>'],
  ])('as %s come back after %s', (declared, dropped) => {
    expect(said(table('t', key, [declared]), once(dropped))).toEqual([
      ['addColumn', 'safe', 'column t.v does not exist in the cluster', expect.anything()],
    ])
  })

  it('stay where the server does not let them go', () => {
    const views = [{ keyspace: 'shop', name: 'v', from: 't', columns: [], options: {} }]
    const wanted = keyspace([table('t', key)])
    const types = [userType('u', { n: 'int' })]
    expect(diff(wanted, keyspace([table('t', key, ['w "u"'])], types))).toMatchObject([
      {
        safety: 'destructive',
        cql: '',
        reason:
          'no class maps column t.w; it stays, because the server does not drop a column of the type "u" unless it is frozen',
      },
    ])
    expect(
      diff({ ...wanted, views }, keyspace([table('t', key, ['w int'])], [], { views })),
    ).toMatchObject([
      {
        safety: 'destructive',
        cql: '',
        reason: 'no class maps column t.w; it stays, because the table has the view v',
      },
    ])
  })

  it('of a view that its class does not map are told, and stay', () => {
    const { columns } = table('v', { partition: ['a int'] }, ['w int'])
    const view = { keyspace: 'shop', name: 'v', from: 't', columns, options: {} }
    const declared = { ...view, columns: columns.slice(0, 1) }
    const changes = (hasAllColumns: boolean) =>
      diff(
        keyspace([table('t', key)], [], { views: [declared] }),
        keyspace([table('t', key)], [], { views: [{ ...view, hasAllColumns }] }),
      ).map(({ safety, cql, reason }) => [safety, cql, reason])
    expect(changes(false)).toEqual([
      [
        'destructive',
        '',
        'no class maps column v.w; it stays, because a view cannot lose a column',
      ],
    ])
    expect(changes(true)).toEqual([
      [
        'destructive',
        '',
        'no class maps column v.w; it stays, because the view was created with SELECT *',
      ],
    ])
  })

  it('of a type without a name in CQL are removed when that is allowed', () => {
    const found = table('t', key, ['w int'])
    const columns = found.columns.map((each) =>
      each.name === 'w' ? { ...each, type: { kind: 'udt', name: `'org.Odd'` } as const } : each,
    )
    expect(said(table('t', key), { ...found, columns })).toEqual([
      ['dropColumn', 'destructive', 'no class maps column t.w', 'ALTER TABLE "shop"."t" DROP "w"'],
    ])
  })

  it('go only where tables can have them', () => {
    const flat = { partition: ['a int'] }
    expect(said(table('t', flat, ['n counter']), table('t', flat, ['w int']))).toMatchObject([
      [
        'addColumn',
        'impossible',
        'column t.n does not exist in the cluster, and the table has no counters',
      ],
      ['dropColumn', 'destructive', 'no class maps column t.w', expect.anything()],
    ])
    expect(said(table('t', flat, ['w int']), table('t', flat, ['n counter']))).toMatchObject([
      [
        'addColumn',
        'impossible',
        'column t.w does not exist in the cluster, and a table with counters can have no other columns',
      ],
      ['dropColumn', 'destructive', 'no class maps column t.n', expect.anything()],
    ])
    expect(
      said(table('t', { ...flat, clustering: ['c int'] }, ['s int static']), table('t', flat)),
    ).toEqual([
      [
        'addKeyColumn',
        'impossible',
        't.c is declared in the clustering key and does not exist in the cluster',
      ],
      [
        'addColumn',
        'impossible',
        'column t.s does not exist in the cluster, and static columns need a clustering key, which the table does not have',
      ],
    ])
  })
})

describe('indexes', () => {
  const columns = ['v int', 'm map<text, int>']
  const of = (...indexes: TableModel['indexes']) => table('t', key, columns, { indexes })
  const there = (name: string, column: string, more = {}) => index(column, { name, ...more })

  it('are compared by target, class and options, whatever their names', () => {
    expect(
      said(
        of(
          index('v', { name: 'mine', using: 'sai' }),
          index('m', { on: 'values' }),
          index('m', { on: 'keys', using: 'StorageAttachedIndex' }),
        ),
        of(
          there('theirs', 'v', {
            using: 'org.apache.cassandra.index.sai.StorageAttachedIndex',
            options: { case_sensitive: 'true' },
          }),
          there('x', 'm'),
          there('y', 'm', { on: 'keys', using: 'sai' }),
        ),
      ),
    ).toEqual([])
  })

  it('that are of another class are others', () => {
    expect(said(of(index('v')), of(there('t_v_idx', 'v', { using: 'sai' })))).toEqual([
      [
        'dropIndex',
        'destructive',
        'no class maps index t_v_idx on t ("v")',
        'DROP INDEX IF EXISTS "shop"."t_v_idx"',
      ],
      [
        'createIndex',
        'safe',
        'index t_v_idx_1 on t does not exist in the cluster',
        'CREATE INDEX IF NOT EXISTS "t_v_idx_1" ON "shop"."t" ("v")',
      ],
    ])
  })

  it('without a class are those that the server makes by itself', () => {
    const found = keyspace([of(there('t_v_idx', 'v', { using: 'sai' }))], [], {
      server: { ...server, defaultIndex: 'sai' },
    })
    expect(diff(keyspace([of(index('v'))]), found)).toEqual([])
  })

  it('with other options take the place of what is there', () => {
    const using = 'sai'
    expect(
      said(
        of(index('v', { using, options: { case_sensitive: false } })),
        of(there('t_v_idx', 'v', { using })),
      ),
    ).toEqual([
      [
        'dropIndex',
        'destructive',
        `index t_v_idx on t ("v") is declared with options {'case_sensitive': false} and has {} in the cluster`,
        'DROP INDEX IF EXISTS "shop"."t_v_idx"',
      ],
      [
        'createIndex',
        'destructive',
        'index t_v_idx on t does not exist in the cluster; index t_v_idx must be dropped first',
        `CREATE CUSTOM INDEX IF NOT EXISTS "t_v_idx" ON "shop"."t" ("v") USING 'sai' WITH OPTIONS = {'case_sensitive': false}`,
      ],
    ])
  })

  it('take a name that another table has not', () => {
    const other = table('t_m', key, ['v int'], { indexes: [there('t_v_idx', 'v')] })
    const wanted = keyspace([of(index('v'))])
    const found = keyspace([of(), other])
    expect(diff(wanted, found).map(({ name }) => name)).toEqual(['t_v_idx_1'])
    const named = keyspace([of(index('v', { name: 't_v_idx' }))])
    expect(diff(named, found)).toMatchObject([
      {
        safety: 'impossible',
        reason:
          'index t_v_idx on t does not exist in the cluster, and an index on t_m ("v") has that name',
      },
    ])
  })

  it('cannot be made on columns that are not as declared', () => {
    expect(
      said(
        table('t', key, ['m map<text, int>'], { indexes: [index('m', { on: 'keys' })] }),
        table('t', key, ['m list<int>']),
      ),
    ).toEqual([
      ...impossible(
        'changeColumnType',
        't.m is declared as map<text, int> and is list<int> in the cluster',
      ),
      ...impossible(
        'createIndex',
        'index t_m_idx on t does not exist in the cluster, and its column is stored otherwise than declared',
      ),
    ])
  })

  it('go before the columns that they are on', () => {
    const kinds = said(table('t', key), of(there('t_v_idx', 'v'))).map(([kind]) => kind)
    expect(kinds).toEqual(['dropIndex', 'dropColumn', 'dropColumn'])
  })
})

describe('options', () => {
  const with_ = (options: TableModel['options']) => table('t', key, [], { options })

  it.each([
    [{ gc_grace_seconds: 1 }, { gc_grace_seconds: 1, comment: 'not named' }],
    [
      { compaction: { class: 'LeveledCompactionStrategy', sstable_size_in_mb: 80 } },
      {
        compaction: {
          class: 'LeveledCompactionStrategy',
          max_threshold: '32',
          min_threshold: '4',
          sstable_size_in_mb: '80',
        },
      },
    ],
    [
      { compression: { sstable_compression: 'org.apache.cassandra.io.compress.LZ4Compressor' } },
      { compression: { chunk_length_in_kb: '16', class: 'LZ4Compressor' } },
    ],
    [{ compression: { enabled: false } }, { compression: { enabled: 'false' } }],
    [{ caching: { keys: 'ALL' } }, { caching: { keys: 'ALL', rows_per_partition: 'NONE' } }],
    [{ speculative_retry: '99PERCENTILE' }, { speculative_retry: '99p' }],
    [{ additional_write_policy: 'min(p99, 50ms)' }, { additional_write_policy: 'MIN(99p,50ms)' }],
    [{ read_repair: 'none' }, { read_repair: 'NONE' }],
    [{ cdc: true, memtable: 'default' }, {}],
  ])('%j is %j', (declared, stored) => {
    expect(said(with_(declared as never), with_(stored as never))).toEqual([])
  })

  it.each([
    [{ allow_auto_snapshot: false }, { allow_auto_snapshot: true }],
    [{ incremental_backups: false }, { incremental_backups: true }],
    [{ memtable: 'trie' }, { memtable: 'default' }],
    [{ cdc: true }, { cdc: false }],
    [
      { compression: { class: 'LZ4Compressor' } },
      { compression: { class: 'LZ4Compressor', chunk_length_in_kb: '64' } },
    ],
  ])('%j is not %j', (declared, stored) => {
    const changes = said(with_(declared), with_(stored))
    expect(changes.map(([kind]) => kind)).toEqual(['changeOption'])
  })

  it('are compared with the defaults of the server that is asked', () => {
    const old = {
      ...server,
      defaultOptions: { compression: { chunk_length_in_kb: '64', class: 'LZ4Compressor' } },
    }
    const compression = { class: 'LZ4Compressor' }
    const changes = (length: string) =>
      diff(
        keyspace([with_({ compression })]),
        keyspace([with_({ compression: { ...compression, chunk_length_in_kb: length } })], [], {
          server: old,
        }),
      ).length
    expect([changes('64'), changes('16')]).toEqual([0, 1])
  })

  it('are altered where they differ', () => {
    expect(
      said(
        with_({ comment: `it's`, compaction: { class: 'LeveledCompactionStrategy' } }),
        with_({
          comment: '',
          compaction: { class: 'LeveledCompactionStrategy', sstable_size_in_mb: '80' },
        }),
      ),
    ).toEqual([
      [
        'changeOption',
        'safe',
        `option comment of t is declared as 'it''s' and is '' in the cluster`,
        `ALTER TABLE "shop"."t" WITH comment = 'it''s'`,
      ],
      [
        'changeOption',
        'safe',
        `option compaction of t is declared as {'class': 'LeveledCompactionStrategy'} ` +
          `and is {'class': 'LeveledCompactionStrategy', 'sstable_size_in_mb': '80'} in the cluster`,
        `ALTER TABLE "shop"."t" WITH compaction = {'class': 'LeveledCompactionStrategy'}`,
      ],
    ])
  })
})

describe('user-defined types', () => {
  it('are made, each after those that it holds, and get their fields', () => {
    const wanted = keyspace(
      [],
      [userType('inner', { n: 'int', m: 'int' }), userType('outer', { i: 'frozen<inner>' })],
    )
    expect(diff(wanted, keyspace([], [userType('inner', { n: 'int', x: 'int' })]))).toMatchObject([
      { kind: 'addField', type: 'inner', name: 'm', cql: 'ALTER TYPE "shop"."inner" ADD "m" int' },
      { kind: 'createType', type: 'outer', safety: 'safe' },
      {
        kind: 'dropField',
        safety: 'destructive',
        cql: '',
        reason: 'no class maps field inner.x; it stays, because no statement removes a field',
      },
    ])
  })

  it('get no fields while they are in a partition key', () => {
    const types = [userType('inner', { n: 'int' }), userType('outer', { i: 'frozen<inner>' })]
    const tables = [table('t', { partition: ['a frozen<outer>'] })]
    const grown = [userType('inner', { n: 'int', m: 'int' }), ...types.slice(1)]
    expect(diff(keyspace(tables, grown), keyspace(tables, types))).toMatchObject([
      {
        safety: 'impossible',
        reason:
          'field inner.m does not exist in the cluster, and a type in the partition key of t cannot get fields',
      },
    ])
    const base = table('t', { partition: ['b int'] }, ['a frozen<outer>'])
    const { columns } = table('v', { partition: ['a frozen<outer>'], clustering: ['b int'] })
    const views = [{ keyspace: 'shop', name: 'v', from: 't', columns, options: {} }]
    const [change] = diff(keyspace([base], grown), keyspace([base], types, { views }))
    expect(change?.reason).toBe(
      'field inner.m does not exist in the cluster, and a type in the partition key of v cannot get fields',
    )
  })

  it('do not change their fields', () => {
    expect(
      diff(
        keyspace([], [userType('u', { n: 'int' })]),
        keyspace([], [userType('u', { n: 'text' })]),
      ),
    ).toMatchObject([
      {
        kind: 'changeField',
        safety: 'impossible',
        reason: 'field u.n is declared as int and is text in the cluster',
      },
    ])
  })
})

it('leaves tables and types that nothing maps alone', () => {
  expect(diff(keyspace([]), keyspace([table('t', key)], [userType('u', { n: 'int' })]))).toEqual([])
})
