import 'reflect-metadata'
import {
  ChildEntity,
  Column,
  Entity,
  PartitionKey,
  TableInheritance,
  getEntityMetadata,
} from '../../lib'
import type { TypedName } from '../../lib/driver/internals/data-type'
import type { CodeGeneration } from '../../lib/plan/compile'
import { compileRowReader } from '../../lib/plan/row-reader'
import { similaritySelector } from '../../lib/statement/clause/nearest-clause'

@Entity('animals')
@TableInheritance({ column: 'kind' })
class Animal {
  @PartitionKey('int') id!: number
  @Column('text') name?: string | null
  @Column('text') kind!: string
}
@ChildEntity('cat')
class Cat extends Animal {
  @Column('int') lives?: number | null
}
@ChildEntity('dog')
class Dog extends Animal {
  @Column('text') breed?: string | null
}

const codes = { int: 0x09, text: 0x0d, float: 0x08 }
/** In an order in which what tells the class is neither first nor last. */
const columns: readonly TypedName[] = (
  [
    ['name', 'text'],
    ['lives', 'int'],
    ['kind', 'text'],
    ['breed', 'text'],
    ['id', 'int'],
  ] as const
).map(([name, type]) => ({ name, type: { code: codes[type] } }))

function cell(value: string | number | null): Buffer {
  const bytes =
    typeof value === 'number' ? Buffer.from([0, 0, 0, value]) : Buffer.from(value ?? '', 'utf8')
  const length = Buffer.alloc(4)
  length.writeInt32BE(value === null ? -1 : bytes.length)
  return Buffer.concat([length, bytes])
}

const frame = (rows: readonly (readonly (string | number | null)[])[]) =>
  Buffer.concat(rows.flat().map(cell))

const modes: readonly CodeGeneration[] = ['generated', 'closures']

describe.each(modes)('rows of several classes, %s', (mode) => {
  // Dog and Cat are known to their base by now.
  const animals = () => {
    void [Cat, Dog]
    return getEntityMetadata(Animal)
  }

  it('come from the bytes of their frame, whatever stands before what tells their class', () => {
    const metadata = animals()
    const { frames } = compileRowReader(
      metadata,
      { selectors: metadata.columns, isProjection: false },
      mode,
    )
    const bytes = frame([
      ['Tom', 9, 'cat', null, 1],
      [null, null, 'dog', 'Poodle', 2],
      ['Kit', null, 'cat', null, 3],
    ])
    const rows: object[] = []
    const end = frames.compile(columns)?.(bytes, 0, 3, rows, bytes.length)
    expect(end).toBe(bytes.length)
    expect(rows).toEqual([
      Object.assign(new Cat(), { id: 1, name: 'Tom', kind: 'cat', lives: 9 }),
      Object.assign(new Dog(), { id: 2, name: null, kind: 'dog', breed: 'Poodle' }),
      Object.assign(new Cat(), { id: 3, name: 'Kit', kind: 'cat', lives: null }),
    ])
    expect(rows.map(({ constructor }) => constructor)).toEqual([Cat, Dog, Cat])
    expect(rows.map((row) => Object.keys(row).sort())).toEqual([
      ['id', 'kind', 'lives', 'name'],
      ['breed', 'id', 'kind', 'name'],
      ['id', 'kind', 'lives', 'name'],
    ])
  })

  it('are left to the driver when one is of no class', () => {
    const metadata = animals()
    const reading = { selectors: metadata.columns, isProjection: false }
    const decode = compileRowReader(metadata, reading, mode).frames.compile(columns)
    const bytes = frame([['Ray', null, 'fish', null, 1]])
    expect(() => decode?.(bytes, 0, 1, [], bytes.length)).toThrow('is that of no class')
  })

  it('are left to the driver when a column has another type than declared', () => {
    const metadata = animals()
    const reading = { selectors: metadata.columns, isProjection: false }
    const others = columns.map((column) =>
      column.name === 'breed' ? { ...column, type: { code: codes.int } } : column,
    )
    expect(compileRowReader(metadata, reading, mode).frames.compile(others)).toBeUndefined()
  })
})

@Entity('things')
class Thing {
  @PartitionKey('int') id!: number
}

it.each(modes)('what is read beside an entity comes with it, %s', (mode) => {
  const metadata = getEntityMetadata(Thing)
  const beside = similaritySelector(metadata)
  const { frames } = compileRowReader(
    metadata,
    { selectors: metadata.columns, isProjection: false, beside },
    mode,
  )
  const decode = frames.compile([
    { name: 'id', type: { code: codes.int } },
    { name: 'similarity', type: { code: codes.float } },
  ])
  const half = Buffer.from([0, 0, 0, 4, 0x3f, 0, 0, 0])
  const rows: unknown[] = []
  const bytes = Buffer.concat([cell(7), half])
  decode?.(bytes, 0, 1, rows, bytes.length)
  expect(rows).toEqual([{ entity: Object.assign(new Thing(), { id: 7 }), similarity: 0.5 }])
})
