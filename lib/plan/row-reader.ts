import { Refusal } from '../codec/codec'
import { FrameReader } from '../driver/direct-rows'
import { ValueError } from '../errors/errors'
import { valueError } from './value-error'
import type { Class } from '../metadata/declaration'
import type { EntityMetadata } from '../metadata/entity-metadata'
import { type Reading, type RowClass, rowClassOf, rowClassesOf } from './row-classes'
import { type CodeGeneration, compile, quote } from './compile'
import { type RowSteps, compileRowsDecoder } from './rows-decoder'

/** Reads rows into entities, in one of two ways with equal results. */
export interface RowReader<T = unknown> {
  /** From the bytes of their frame, where the driver lets us. */
  readonly frames: FrameReader
  /** From a row that the driver decoded, under whatever `encoding` options. */
  fromDriverRow(row: Readonly<Record<string, unknown>>): T
}

/** Compiles the selectors of a statement into one function; of a table that holds several classes, one for each. */
export function compileRowReader(
  entity: EntityMetadata,
  reading: Reading,
  mode: CodeGeneration,
): RowReader {
  const classes = rowClassesOf(entity, reading)
  const compiled = (one: RowClass) => compileRowClass(entity.entity, one, mode)
  if (classes === undefined) return compiled(rowClassOf(entity, reading))
  const { property, name, codec } = classes.column
  const byValue = new Map(
    [...classes.byValue].map(([value, one]) => [value, compiled(one).fromDriverRow]),
  )
  const otherwise =
    classes.otherwise === undefined
      ? unknownClass(entity, property)
      : compiled(classes.otherwise).fromDriverRow
  return {
    // What tells the class may come after other columns of the row.
    frames: new FrameReader(() => undefined),
    fromDriverRow(row) {
      const value = row[name]
      const isAbsent = value === null || value === undefined
      return (byValue.get(isAbsent ? null : codec.fromDriver(value)) ?? otherwise)(row)
    },
  }
}

function unknownClass({ entity, inheritance }: EntityMetadata, property: string): FromDriverRow {
  const known = inheritance?.classes.map((each) => each.entity).join(', ')
  return () => {
    throw new ValueError(
      entity,
      property,
      `a row has the value of no class (there are: ${known}), or none; import the class that it is one of, ` +
        `or make it ${entity} itself: @TableInheritance({ unknown: 'base' })`,
    )
  }
}

function compileRowClass(
  entity: string,
  { target, selectors, isProjection, unread }: RowClass,
  mode: CodeGeneration,
): RowReader {
  const refuse = (at: number, error: unknown): never => {
    const property = selectors[at]?.property ?? ''
    throw error instanceof Refusal ? valueError(entity, property, error) : error
  }
  const Target = isProjection ? shellOf(target) : (target as RowSteps['Target'])
  const steps: RowSteps = { Target, selectors, unread }
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

function generated({ Target, selectors, unread }: RowSteps, refuse: Refuse): FromDriverRow {
  const lines = selectors.map(
    ({ name, property }, i) =>
      `at = ${i}; value = row[${quote(name)}]; entity[${quote(property)}] = ` +
      `value === null || value === undefined ? codecs[${i}].absent() : codecs[${i}].fromDriver(value);`,
  )
  return compile<FromDriverRow>(
    `return function read(row) {
  const entity = new Target();
  let at = 0, value;
  try {
    ${lines.join('\n    ')}
  } catch (error) { refuse(at, error) }
  ${unread.map((property) => `entity[${quote(property)}] = undefined;`).join('\n  ')}
  return entity
}`,
    { Target, codecs: selectors.map(({ codec }) => codec), refuse },
  )
}

function composed({ Target, selectors, unread }: RowSteps, refuse: Refuse): FromDriverRow {
  return (row) => {
    const entity = new Target()
    selectors.forEach(({ name, property, codec }, at) => {
      const value = row[name]
      try {
        entity[property] =
          value === null || value === undefined ? codec.absent() : codec.fromDriver(value)
      } catch (error) {
        refuse(at, error)
      }
    })
    for (const property of unread) entity[property] = undefined
    return entity
  }
}
