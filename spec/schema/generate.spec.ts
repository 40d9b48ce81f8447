import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import fc from 'fast-check'
import type { CqlType } from '../../lib/cql/cql-type'
import type { NativeName } from '../../lib/cql/native-types'
import { parseMask } from '../../lib/schema/model/mask'
import { generateClasses } from '../../lib/schema/generate/generate-classes'
import type { ColumnModel, KeyspaceModel, TableModel } from '../../lib/schema/model/table-model'
import { arbitraryKeyspaces } from './arbitrary-keyspace'
import { server } from './models'

const root = join(__dirname, '../..')
const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs')

const native = (name: NativeName): CqlType => ({ kind: 'native', name })
const odd = `'org.apache.cassandra.db.marshal.Odd'`
const frozen = (of: CqlType): CqlType => ({ kind: 'frozen', of })
const userType = (name: string): CqlType => ({ kind: 'udt', name })

function column(name: string, type: CqlType, more: Partial<ColumnModel> = {}): ColumnModel {
  return { name, type, kind: 'regular', position: -1, order: 'asc', ...more }
}

const id = column('id', native('uuid'), { kind: 'partitionKey', position: 0 })

function table(more: Partial<TableModel>): TableModel {
  return { keyspace: 'shop', name: 'products', columns: [id], indexes: [], options: {}, ...more }
}

function keyspace(more: Partial<KeyspaceModel>): KeyspaceModel {
  return { name: 'shop', types: [], tables: [], views: [], server, ...more }
}

function sourceOf(model: KeyspaceModel, naming: 'snake_case' | 'exact' = 'snake_case'): string {
  const [file] = generateClasses(model, { naming })
  return file?.source ?? ''
}

/** What prettier makes of a source. */
function formatted(source: string): string {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [prettier, '--config', join(root, '.prettierrc.json'), '--stdin-filepath', 'entities.ts'],
    { input: source, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`${stderr}\n${source}`)
  return stdout
}

describe('the classes of a keyspace', () => {
  it('have what decorators can say', () => {
    const tables = [
      table({
        name: 'order_items',
        columns: [
          column('tenant', native('text'), { kind: 'partitionKey', position: 0 }),
          column('day', native('date'), { kind: 'partitionKey', position: 1 }),
          column('at', native('timestamp'), { kind: 'clustering', position: 0, order: 'desc' }),
          column('unit', native('text'), { kind: 'static' }),
          column('stock', { kind: 'map', key: native('text'), value: native('int') }),
          column('home', userType('address')),
          column('others', { kind: 'list', of: frozen(userType('address')) }),
          column('pair', frozen({ kind: 'tuple', of: [native('int'), frozen(userType('geo'))] })),
          column('embedding', { kind: 'vector', of: native('float'), dimension: 3 }),
        ],
        indexes: [
          { name: 'order_items_stock_idx', column: 'stock', on: 'keys', using: 'sai', options: {} },
          { name: 'by_value', column: 'stock', on: 'values', using: undefined, options: {} },
          {
            name: 'nearest',
            column: 'embedding',
            on: undefined,
            using: 'StorageAttachedIndex',
            options: { similarity_function: 'dot_product' },
          },
        ],
        options: { comment: "it's", gc_grace_seconds: 864_000, default_time_to_live: 60 },
      }),
      table({
        name: 'hits',
        columns: [id, column('views', native('counter'), { kind: 'counter' })],
      }),
    ]
    const types = [
      { keyspace: 'shop', name: 'geo', fields: [{ name: 'lat', type: native('double') }] },
      {
        keyspace: 'shop',
        name: 'address',
        fields: [
          { name: 'street', type: native('text') },
          { name: 'place', type: frozen(userType('geo')) },
        ],
      },
    ]
    const views = [
      {
        keyspace: 'shop',
        name: 'items_by_unit',
        from: 'order_items',
        columns: [
          column('at', native('timestamp'), { kind: 'partitionKey', position: 0 }),
          column('tenant', native('text'), { kind: 'clustering', position: 0 }),
          column('day', native('date'), { kind: 'clustering', position: 1 }),
        ],
        options: { gc_grace_seconds: 60 },
      },
      {
        keyspace: 'shop',
        name: 'some_items',
        from: 'order_items',
        columns: [],
        options: {},
        filter: `"tenant" = 'a'`,
      },
    ]
    expect(sourceOf(keyspace({ types, tables, views }))).toBe(`import {
  ClusteringKey,
  Column,
  CounterColumn,
  Entity,
  Field,
  frozen,
  Index,
  list,
  LocalDate,
  MaterializedView,
  PartitionKey,
  StaticColumn,
  tuple,
  UserDefinedType,
  Uuid,
} from 'coodie'

@UserDefinedType('geo')
export class Geo {
  @Field('double') lat?: number | null
}

@UserDefinedType('address')
export class Address {
  @Field('text') street?: string | null
  @Field(frozen(() => Geo)) place?: Geo | null
}

// The view some_items has only rows where "tenant" = 'a'; it cannot be declared.
@Entity({ name: 'order_items', comment: "it's", defaultTimeToLive: 60 })
export class OrderItems {
  @PartitionKey('text') tenant!: string
  @PartitionKey('date') day!: LocalDate
  @ClusteringKey('timestamp', { order: 'desc' }) at!: Date
  @StaticColumn('text') unit?: string | null
  @Index({ using: 'sai', on: 'keys' })
  @Index({ name: 'by_value' })
  @Column('map<text, int>')
  stock!: Map<string, number>
  @Column(() => Address) home?: Address | null
  @Column(list(frozen(() => Address))) others!: Address[]
  @Column(
    tuple(
      'int',
      frozen(() => Geo),
    ),
  )
  pair?: [number | null, Geo | null] | null
  @Index({ name: 'nearest', using: 'sai', similarity: 'dot_product' })
  @Column('vector<float, 3>')
  embedding?: number[] | null
}

@Entity('hits')
export class Hits {
  @PartitionKey('uuid') id!: Uuid
  @CounterColumn() views?: bigint | null
}

@MaterializedView({ name: 'items_by_unit', from: () => OrderItems, gcGraceSeconds: 60 })
export class ItemsByUnit {
  @PartitionKey('timestamp') at!: Date
  @ClusteringKey('text') tenant!: string
  @ClusteringKey('date') day!: LocalDate
}
`)
  })

  it('have properties with names of their own, and say where those are not the columns’', () => {
    const names = ['created_at', 'createdAt', 'URL', 'first name', '2nd', 'constructor', 'é', '--']
    const columns = [id, ...names.map((name) => column(name, native('text')))]
    const source = sourceOf(keyspace({ tables: [table({ columns })] }))
    expect(source.split('\n').slice(5, -2)).toEqual([
      `  @Column('text') createdAt?: string | null`,
      `  @Column('text', { name: 'createdAt' }) createdAt2?: string | null`,
      `  @Column('text', { name: 'URL' }) url?: string | null`,
      `  @Column('text', { name: 'first name' }) firstName?: string | null`,
      `  @Column('text', { name: '2nd' }) _2nd?: string | null`,
      `  @Column('text', { name: 'constructor' }) constructor2?: string | null`,
      `  @Column('text') é?: string | null`,
      `  @Column('text', { name: '--' }) column?: string | null`,
    ])
  })

  it('keep the names of columns under the strategy ‘exact’', () => {
    const columns = [id, column('created_at', native('text')), column('a b', native('text'))]
    const source = sourceOf(keyspace({ tables: [table({ columns })] }), 'exact')
    expect(source).toContain(`  @Column('text') created_at?: string | null`)
    expect(source).toContain(`  @Column('text', { name: 'a b' }) aB?: string | null`)
  })

  it('have names that nothing else in the file has', () => {
    const names = ['index', 'Index', 'map', 'user_data', 'userData', '2fa']
    const model = keyspace({
      tables: names.map((name) => table({ name })),
      types: [{ keyspace: 'shop', name: 'date', fields: [{ name: 'a', type: native('int') }] }],
    })
    const [file] = generateClasses(model, { naming: 'snake_case' })
    expect(file?.classes).toEqual([
      'DateType',
      'IndexTable',
      'IndexTable2',
      'MapTable',
      'UserData',
      'UserDataTable',
      '_2fa',
    ])
  })

  it('stand in files of their own when asked, importing each other', () => {
    const types = [
      { keyspace: 'shop', name: 'home_address', fields: [{ name: 'a', type: native('int') }] },
    ]
    const tables = [table({ columns: [id, column('home', userType('home_address'))] })]
    const files = generateClasses(keyspace({ types, tables }), {
      naming: 'snake_case',
      files: 'perClass',
      importExtension: '.js',
    })
    expect(files.map(({ path }) => path)).toEqual(['home-address.ts', 'products.ts'])
    expect(files[1]?.source.split('\n').slice(0, 2)).toEqual([
      `import { Column, Entity, PartitionKey, Uuid } from 'coodie'`,
      `import { HomeAddress } from './home-address.js'`,
    ])
  })

  it('are those that are asked for, with what they hold', () => {
    const field = [{ name: 'a', type: native('int') }]
    const model = keyspace({
      types: [
        { keyspace: 'shop', name: 'used', fields: field },
        { keyspace: 'shop', name: 'unused', fields: field },
      ],
      tables: [table({ columns: [id, column('u', userType('used'))] }), table({ name: 'others' })],
    })
    const [file] = generateClasses(model, { naming: 'snake_case', tables: ['products'] })
    expect(file?.classes).toEqual(['Used', 'Products'])
    expect(() => generateClasses(model, { naming: 'snake_case', tables: ['product'] })).toThrow(
      `keyspace 'shop' has no table or view 'product'; did you mean 'products'?`,
    )
  })

  it('say what they leave out', () => {
    const columns = [
      id,
      column('odd', userType(odd)),
      column('strange', { kind: 'list', of: frozen(userType('strange')) }),
      column('v', native('int'), {
        mask: { function: 'Odd', arguments: [] },
      }),
    ]
    const indexes = [
      { name: 'i', column: 'a, b', on: undefined, using: 'X', options: {} },
      { name: 'o', column: 'odd', on: undefined, using: 'X', options: {} },
    ]
    const types = [
      { keyspace: 'shop', name: 'strange', fields: [{ name: 'f', type: userType(odd) }] },
    ]
    const tables = [table({ columns, indexes, extensions: ['x'] })]
    expect(sourceOf(keyspace({ tables, types }))).toBe(
      `import { Column, Entity, PartitionKey, Uuid } from 'coodie'

// The index i on a, b cannot be declared.
// The index o on odd cannot be declared.
// The extensions x cannot be declared.
@Entity('products')
export class Products {
  @PartitionKey('uuid') id!: Uuid
  // The column odd is 'org.apache.cassandra.db.marshal.Odd', which cannot be declared.
  // The column strange is list<frozen<"strange">>, which cannot be declared.
  // The mask Odd of v cannot be declared.
  @Column('int') v?: number | null
}
`,
    )
  })

  it('are comments where no class can declare the key, and so are views of them', () => {
    const key = column('at', userType(odd), { kind: 'clustering', position: 0 })
    const views = [
      {
        keyspace: 'shop',
        name: 'by_at',
        from: 'products',
        columns: [
          { ...id, kind: 'clustering' as const },
          { ...key, kind: 'partitionKey' as const },
        ],
        options: {},
      },
    ]
    const model = keyspace({
      tables: [table({ columns: [id, key] }), table({ name: 'other' })],
      views,
    })
    const [file] = generateClasses(model, { naming: 'snake_case' })
    const warnings = ['table products', 'view by_at'].map(
      (name) =>
        `The ${name} cannot be declared: its key column at is ${odd}, which cannot be declared.`,
    )
    expect(file).toEqual({
      path: 'entities.ts',
      classes: ['Other'],
      warnings,
      source: `import { Entity, PartitionKey, Uuid } from 'coodie'

// ${warnings[0]}
// @Entity('products')
// export class Products {
//   @PartitionKey('uuid') id!: Uuid
//   // The column at is ${odd}, which cannot be declared.
// }

@Entity('other')
export class Other {
  @PartitionKey('uuid') id!: Uuid
}

// ${warnings[1]}
// @MaterializedView({ name: 'by_at', from: () => Products })
// export class ByAt {
//   @ClusteringKey('uuid') id!: Uuid
//   // The column at is ${odd}, which cannot be declared.
// }
`,
    })
    const [own] = generateClasses(model, { naming: 'snake_case', files: 'perClass' })
    expect(own).toMatchObject({ path: 'products.ts', classes: [], warnings: warnings.slice(0, 1) })
    expect(own?.source).toMatch(/^\/\/ The table products [\s\S]*\n\/\/ \}\n\nexport \{\}\n$/u)
    expect(formatted(`${file?.source}\n${own?.source}`)).toBe(`${file?.source}\n${own?.source}`)
  })

  it('count a type with a field that cannot be declared as no key', () => {
    const fields = [
      { name: 'a', type: native('int') },
      { name: 'b', type: userType(odd) },
    ]
    const types = [{ keyspace: 'shop', name: 'half', fields }]
    const key = column('at', frozen(userType('half')), { kind: 'clustering', position: 0 })
    const value = column('at', frozen(userType('half')))
    const classes = (columns: readonly ColumnModel[]) =>
      generateClasses(keyspace({ types, tables: [table({ columns })] }), { naming: 'exact' })[0]
        ?.classes
    expect(classes([id, key])).toEqual(['Half'])
    expect(classes([id, value])).toEqual(['Half', 'Products'])
  })

  it('have masks, static counters, and only options that differ from the defaults of the server', () => {
    const columns = [
      id,
      column('c', native('int'), { kind: 'clustering', position: 0 }),
      column('posts', native('counter'), { kind: 'static' }),
      column('email', native('text'), { mask: parseMask(`mask_inner(1, NULL, '#')`, 'shop') }),
      column('percentile99_9', native('double')),
    ]
    const indexes = [
      {
        name: 'products_email_idx',
        column: 'email',
        on: undefined,
        using: 'org.apache.cassandra.index.sai.StorageAttachedIndex',
        options: { case_sensitive: 'false', normalize: 'false', ascii: 'true', x: '1.5' },
      },
    ]
    const options = {
      ...server.defaultOptions,
      allow_auto_snapshot: false,
      bloom_filter_fp_chance: 0.1,
      compaction: {
        class: 'LeveledCompactionStrategy',
        max_threshold: '32',
        min_threshold: '4',
        tombstone_threshold: '0.2',
        unchecked_tombstone_compaction: 'true',
      },
      compression: { chunk_length_in_kb: '64', class: 'LZ4Compressor' },
      caching: { keys: 'ALL', rows_per_partition: '10' },
      incremental_backups: false,
    }
    expect(sourceOf(keyspace({ tables: [table({ columns, indexes, options })] }))).toContain(`
@Entity({
  name: 'products',
  allowAutoSnapshot: false,
  caching: { rows_per_partition: 10 },
  compaction: {
    class: 'LeveledCompactionStrategy',
    tombstone_threshold: 0.2,
    unchecked_tombstone_compaction: true,
  },
  compression: { chunk_length_in_kb: 64, class: 'LZ4Compressor' },
  incrementalBackups: false,
})
export class Products {
  @PartitionKey('uuid') id!: Uuid
  @ClusteringKey('int') c!: number
  @CounterColumn({ static: true }) posts?: bigint | null
  @Index({ using: 'sai', options: { ascii: true, case_sensitive: false, x: 1.5 } })
  @Column('text', { masked: "mask_inner(1, null, '#')" })
  email?: string | null
  @Column('double') percentile99_9?: number | null
}
`)
    const other = { ...server, defaultOptions: options }
    const same = keyspace({ tables: [table({ options })], server: other })
    expect(sourceOf(same)).toContain(`@Entity('products')`)
  })

  it('say of a view that it has all columns of its table', () => {
    const views = [
      {
        keyspace: 'shop',
        name: 'v',
        from: 'products',
        columns: [id],
        options: {},
        hasAllColumns: true,
      },
    ]
    expect(sourceOf(keyspace({ tables: [table({})], views }))).toContain(
      '// The view selects all columns of its table; those below are the ones it has now.\n@Mat',
    )
  })

  it('are written as prettier writes them', () => {
    // A class in a thousand is laid out otherwise than by prettier: unions inside of arrays of tuples.
    const seed = Number(process.env['COODIE_SEED'] ?? 1)
    const models = fc.sample(arbitraryKeyspaces(true), { numRuns: 25, seed })
    const whole = models.map((model) => sourceOf({ ...model, server })).join('\n')
    try {
      expect(formatted(whole)).toBe(whole)
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error })
    }
  })
})
