import { holdsUserType, isCollection } from '../cql/type-tree'
import { Refusal } from '../codec/codec'
import { readingTexts } from '../codec/read-text'
import { type TypedName, fieldOrdersIn } from '../driver/internals/data-type'
import { FrameReader, type RowsDecoder } from '../driver/internals/direct-rows'
import { ValueError } from '../errors/errors'
import { declaredTypesOf } from './declared-types-of'
import { valueError } from './value-error'
import type { Class } from '../metadata/declaration'
import { RowSource } from '../metadata/absent-columns'
import type { ColumnMetadata, EntityMetadata } from '../metadata/entity-metadata'
import { type Reading, type RowClass, rowClassOf, rowClassesOf } from './row-classes'
import { type CodeGeneration, compile, quote } from './compile'
import { int32 } from './cell-sources'
import { noteAbsent, stamp, stampCode, stampTools } from './row-stamp'
import { type RowSteps, compileRowsDecoder } from './rows-decoder'

/** Reads rows into entities, in one of two ways with equal results. */
export interface RowReader<T = unknown> {
  /** From the bytes of their frame, where the driver lets us. */
  readonly frames: FrameReader
  /** From a row that the driver decoded, under whatever `encoding` options, and the columns of its result. */
  readonly fromDriverRow: (
    row: Readonly<Record<string, unknown>>,
    columns: readonly TypedName[],
  ) => T
}

/**
 * Compiles the selectors of a statement into a reader. It decodes no frame whose columns have other types than declared:
 * such an answer comes as rows of the driver, and is refused.
 */
export function compileRowReader(
  metadata: EntityMetadata,
  reading: Reading,
  mode: CodeGeneration,
  types = declaredTypesOf(metadata, [], [...reading.selectors, reading.beside]),
): RowReader {
  const { frames, fromDriverRow } = compileRows(metadata, reading, mode)
  const compileRight = (columns: readonly TypedName[]): RowsDecoder | undefined => {
    if (types.findWrongColumn(columns) !== undefined) return undefined
    const decode = frames.compile(columns)
    return (
      decode &&
      ((bytes, at, count, rows, end) =>
        readingTexts(bytes, end, () => decode(bytes, at, count, rows, end)))
    )
  }
  return { frames: new FrameReader(compileRight), fromDriverRow }
}

/** Compiles the selectors of a statement into one function; of a table that holds several classes, one for each. */
function compileRows(metadata: EntityMetadata, reading: Reading, mode: CodeGeneration): RowReader {
  const classes = rowClassesOf(metadata, reading)
  const names = new Set(reading.selectors.map(({ name }) => name))
  const compiled = (one: RowClass) => compileRowClass(metadata, one, names, mode)
  if (classes === undefined) return compiled(rowClassOf(metadata, reading))
  const { property, name, codec } = classes.column
  const byValue = new Map([...classes.byValue].map(([value, one]) => [value, compiled(one)]))
  const otherwise = classes.otherwise && compiled(classes.otherwise)
  const unknown = unknownClass(metadata, property)
  return {
    frames: new FrameReader((columns) =>
      compileClassesDecoder(classes.column, byValue, otherwise, columns),
    ),
    fromDriverRow(row, columns) {
      const value = row[name]
      const isAbsent = value === null || value === undefined
      const reader = byValue.get(isAbsent ? null : codec.fromDriver(value)) ?? otherwise
      return (reader?.fromDriverRow ?? unknown)(row, columns)
    },
  }
}

/**
 * Looks in every row for what tells its class, which may come after other columns. A row of no class is left to the
 * driver, and refused when it comes from there.
 */
function compileClassesDecoder(
  { name, codec }: ColumnMetadata,
  byValue: ReadonlyMap<unknown, RowReader>,
  otherwise: RowReader | undefined,
  columns: readonly TypedName[],
): RowsDecoder | undefined {
  const decoders = new Map<unknown, RowsDecoder>()
  for (const [value, reader] of byValue) {
    const decode = reader.frames.compile(columns)
    if (decode === undefined) return undefined
    decoders.set(value, decode)
  }
  const decodeOther = otherwise?.frames.compile(columns)
  const place = columns.findIndex((column) => column.name === name)
  const one: unknown[] = []
  return (bytes, start, count, rows, end) => {
    let at = start
    for (let i = 0; i < count; i++) {
      let cell = at
      for (let before = 0; before < place; before++) cell += 4 + Math.max(int32(bytes, cell), 0)
      const length = int32(bytes, cell)
      const value = length < 0 ? null : codec.decode(bytes, cell + 4, length)
      const decode = decoders.get(value) ?? decodeOther
      if (decode === undefined) throw new Refusal('is that of no class')
      at = decode(bytes, at, 1, one, end)
      rows[i] = one[0]
    }
    return at
  }
}

function unknownClass({ name, inheritance }: EntityMetadata, property: string): FromDriverRow {
  const known = inheritance?.classes.map((each) => each.name).join(', ')
  return () => {
    throw new ValueError(
      name,
      property,
      `a row has no value, or the value of no known class (${known}); import its class, ` +
        `or make it ${name} itself: @TableInheritance({ unknown: 'base' })`,
    )
  }
}

function compileRowClass(
  metadata: EntityMetadata,
  { target, construct, selectors, isProjection, unread, beside, table }: RowClass,
  names: ReadonlySet<string>,
  mode: CodeGeneration,
): RowReader {
  const refuse = (at: number, error: unknown): never => {
    const property = selectors[at]?.property ?? ''
    throw error instanceof Refusal ? valueError(metadata.name, property, error) : error
  }
  const finish = isProjection ? undefined : construct?.make
  const Target = isProjection
    ? shellOf(target)
    : finish === undefined
      ? (target as RowSteps['Target'])
      : shellOf(Object)
  const own = new Set(selectors.map(({ name }) => name))
  const others = new Set([...names].filter((name) => !own.has(name)))
  const stamp = {
    isOnAll: metadata.columns.some(({ type }) => isCollection(type)),
    source: table && new RowSource(table, metadata, selectors),
    isAgain: finish !== undefined,
  }
  const steps: RowSteps = { Target, finish, selectors, unread, others, beside, stamp }
  return {
    fromDriverRow: mode === 'generated' ? generated(steps, refuse) : composed(steps, refuse),
    frames: new FrameReader((columns) => compileRowsDecoder(steps, columns, mode)),
  }
}

/** Makes instances of the class without calling its constructor. */
function shellOf(target: Class): RowSteps['Target'] {
  const shell = function Shell() {} as unknown as RowSteps['Target']
  ;(shell as { prototype: unknown }).prototype = target.prototype
  return shell
}

type Refuse = (at: number, error: unknown) => never

type FromDriverRow = RowReader['fromDriverRow']

function generated(
  { Target, finish, selectors, unread, stamp: given }: RowSteps,
  refuse: Refuse,
): FromDriverRow {
  const mark = stampCode(given)
  const lines = selectors.map(
    ({ name, property, codec }, i) =>
      `at = ${i}; value = row[${quote(name)}]; ` +
      `if (value === null || value === undefined) { ` +
      `entity[${quote(property)}] = codecs[${i}].absent(); ${mark.absent(name)} } ` +
      `else entity[${quote(property)}] = codecs[${i}].fromDriver(value` +
      `${holdsUserType(codec.type) ? `, fieldOrdersIn(columns, ${quote(name)})` : ''});`,
  )
  return compile<FromDriverRow>(
    `${mark.before}
return function read(row, columns) {
  ${finish === undefined ? 'const' : 'let'} entity = new Target();
  ${mark.begin}
  let at = 0, value;
  try {
    ${lines.join('\n    ')}
  } catch (error) { refuse(at, error) }
  ${unread.map((property) => `entity[${quote(property)}] = undefined;`).join('\n  ')}
  ${finish === undefined ? '' : 'entity = finish(entity);'}
  ${mark.end}
  return entity
}`,
    {
      Target,
      finish,
      codecs: selectors.map(({ codec }) => codec),
      refuse,
      source: given.source,
      fieldOrdersIn,
      ...stampTools,
    },
  )
}

function composed(
  { Target, finish, selectors, unread, stamp: given }: RowSteps,
  refuse: Refuse,
): FromDriverRow {
  const holdsTypes = selectors.map(({ codec }) => holdsUserType(codec.type))
  return (row, columns) => {
    const entity = new Target()
    const masks: number[] = []
    selectors.forEach(({ name, property, codec }, at) => {
      const value = row[name]
      const isAbsent = value === null || value === undefined
      if (isAbsent) noteAbsent(given.source, masks, name)
      const orders = holdsTypes[at] === true ? fieldOrdersIn(columns, name) : undefined
      try {
        entity[property] = isAbsent ? codec.absent() : codec.fromDriver(value, orders)
      } catch (error) {
        refuse(at, error)
      }
    })
    for (const property of unread) entity[property] = undefined
    const made = finish === undefined ? entity : finish(entity)
    stamp(given, made, masks)
    return made
  }
}
