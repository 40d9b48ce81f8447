import { Refusal } from '../codec/codec'
import { valueError } from './value-error'
import type { EntityMetadata } from '../metadata/entity-metadata'
import type { Selector } from '../statement/statement'
import { ValueError } from '../errors/errors'
import { type Reading, type RowClass, rowClassOf, rowClassesOf } from './row-classes'
import { type CodeGeneration, compile, quote } from './compile'

/** Reads rows into entities. A second implementation over the frame's bytes has the same result. */
export interface RowReader<T = unknown> {
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
  if (classes === undefined) return { fromDriverRow: compiled(rowClassOf(entity, reading)) }
  const { property, name, codec } = classes.column
  const byValue = new Map([...classes.byValue].map(([value, one]) => [value, compiled(one)]))
  const otherwise =
    classes.otherwise === undefined ? unknownClass(entity, property) : compiled(classes.otherwise)
  return {
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
): FromDriverRow {
  const refuse = (at: number, error: unknown): never => {
    const property = selectors[at]?.property ?? ''
    throw error instanceof Refusal ? valueError(entity, property, error) : error
  }
  const Target = target as new () => Record<string, unknown>
  const prototype = target.prototype as object
  const create = isProjection
    ? () => Object.create(prototype) as Record<string, unknown>
    : () => new Target()
  const steps = { create, selectors, unread, refuse }
  return mode === 'generated' ? generated(steps) : composed(steps)
}

interface Steps {
  readonly create: () => Record<string, unknown>
  readonly selectors: readonly Selector[]
  readonly unread: readonly string[]
  readonly refuse: (at: number, error: unknown) => never
}

type FromDriverRow = RowReader['fromDriverRow']

function generated({ create, selectors, unread, refuse }: Steps): FromDriverRow {
  const lines = selectors.map(
    ({ name, property }, i) =>
      `at = ${i}; value = row[${quote(name)}]; entity[${quote(property)}] = ` +
      `value === null || value === undefined ? codecs[${i}].absent() : codecs[${i}].fromDriver(value);`,
  )
  return compile<FromDriverRow>(
    `return function read(row) {
  const entity = create();
  let at = 0, value;
  try {
    ${lines.join('\n    ')}
  } catch (error) { refuse(at, error) }
  ${unread.map((property) => `entity[${quote(property)}] = undefined;`).join('\n  ')}
  return entity
}`,
    { create, codecs: selectors.map(({ codec }) => codec), refuse },
  )
}

function composed({ create, selectors, unread, refuse }: Steps): FromDriverRow {
  return (row) => {
    const entity = create()
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
