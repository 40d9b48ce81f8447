import { Refusal } from '../../codec/codec'
import { DeclarationError } from '../../errors/errors'
import { didYouMean } from '../../errors/did-you-mean'
import type { Construction } from '../construction'
import { readClassOptions } from './class-options'
import { isKeyDecorator } from './column-options'
import { type Class, type ColumnDeclaration, type Declarations, nameOf } from '../declaration'
import { type Problem, chainOf, columnDeclarationOf, optionOf } from './declared-properties'
import type {
  DiscriminatorValue,
  EntityMetadata,
  InheritanceMetadata,
  InheritedClass,
} from '../entity-metadata'
import { type Columns, mergeColumns } from './merge-columns'
import { baseOf, isDerived } from '../single-table'

/** Builds the metadata of the other classes. */
interface Builder {
  readonly build: (target: Class) => EntityMetadata
  /** Returns metadata that is already built. */
  readonly known: (target: Class) => EntityMetadata | undefined
  readonly problem: Problem
  /** Reports the problems of another class. */
  readonly adopt: (error: DeclarationError) => void
}

interface Family {
  readonly columns: Columns
  readonly inheritance: InheritanceMetadata | undefined
}

/**
 * Builds the columns of a class that shares its table: its own and those of classes derived from it, which its reads
 * return too. Any other class has its own columns only.
 */
export function buildInheritance(
  target: Class,
  own: Columns,
  construct: Construction | undefined,
  builder: Builder,
): Family {
  const base = familyOf(target)
  if (base === undefined) return { columns: own, inheritance: undefined }
  const { problem } = builder
  const derived = [...new Set(base.declarations.children)]
    .filter((each) => isDerived(each, target))
    .flatMap((each) => builtOf(each, builder))
  if (target !== base.target) {
    refuseKeys(target, base.declarations, problem)
    refuseLate(target, base.target, builder)
  }
  const columns = mergeColumns(target, own, derived, problem)
  if (columns.columns.some(({ isCounter }) => isCounter)) {
    problem('', 'has counters, and Cassandra cannot store the class of a row beside counters')
  }
  const inheritance = inheritanceOf(target, base, { own, columns, derived, construct }, problem)
  return { columns, inheritance }
}

interface Base {
  readonly target: Class
  readonly declarations: Declarations
}

/** Returns the base of the table that a class shares, which can be the class itself. */
function familyOf(target: Class): Base | undefined {
  const own = chainOf(target).at(-1)
  if (own?.inheritance !== undefined) return { target, declarations: own }
  return own?.child === undefined ? undefined : baseOf(target)
}

function builtOf(target: Class, { build, adopt }: Builder): readonly EntityMetadata[] {
  try {
    return [build(target)]
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error
    adopt(error)
    return []
  }
}

function refuseKeys(target: Class, base: Declarations, problem: Problem): void {
  const chain = chainOf(target)
  for (const { property, decorator } of chain.slice(chain.indexOf(base) + 1).flatMap(columnsOf)) {
    if (isKeyDecorator(decorator)) {
      problem(
        String(property),
        'is in the key of a @ChildEntity(), and the base declares the key for all classes; declare it there',
      )
    }
  }
}

function columnsOf({ columns }: Declarations): readonly ColumnDeclaration[] {
  return columns
}

/** Refuses a class that was declared after its base was built, since the base would not know it. */
function refuseLate(target: Class, base: Class, { known, problem }: Builder): void {
  for (let each = target; each !== base;) {
    each = Object.getPrototypeOf(each) as Class
    const { inheritance, name } = known(each) ?? {}
    if (inheritance === undefined) continue
    if (inheritance.classes.some((one) => one.target === target)) continue
    problem(
      '',
      `was declared after ${name} was first used, and would be missing there; import it before`,
    )
    return
  }
}

interface Built {
  readonly own: Columns
  readonly columns: Columns
  readonly derived: readonly EntityMetadata[]
  readonly construct: Construction | undefined
}

function inheritanceOf(
  target: Class,
  base: Base,
  { own, columns, derived, construct }: Built,
  problem: Problem,
): InheritanceMetadata | undefined {
  const given = readClassOptions('TableInheritance', base.declarations.inheritance, (message) =>
    problem('', message),
  )
  const property = String(given.column)
  const column = columns.byProperty[property]
  if (column === undefined) {
    problem(
      '',
      `@TableInheritance(): '${property}' is not a column of the class` +
        `${didYouMean(property, Object.keys(columns.byProperty))}; name the property that tells the class of a row`,
    )
    return undefined
  }
  checkDiscriminator(target, property, problem)
  const declared = target === base.target ? given.value : valueOf(target)
  const value =
    declared === undefined && target === base.target
      ? undefined
      : checkedValue(column.codec, declared)
  if (value instanceof Refusal) {
    problem('', `its value for '${property}' does not fit the column: ${value.message}`)
    return undefined
  }
  const self = {
    target,
    name: nameOf(target),
    properties: [...own.columns, ...own.computed].map((each) => each.property),
    construct,
  }
  const classes = [
    ...(value === undefined ? [] : [{ ...self, value }]),
    ...derived.flatMap(({ target: each, inheritance }) =>
      (inheritance?.classes ?? []).filter((one) => one.target === each),
    ),
  ]
  refuseTwins(classes, problem)
  return {
    base: target === base.target ? self : baseClass(base.target),
    column,
    value,
    unknown: given.unknown ?? 'error',
    classes,
  }
}

/** Refuses options of the column that tells the class: it is always read and lives as long as its row. */
function checkDiscriminator(target: Class, property: string, problem: Problem): void {
  const declaration = columnDeclarationOf(target, property)
  const reasons = {
    select: 'is always read',
    ttl: 'must not expire before its row',
    transformer: 'is stored as it is',
    default: 'is set by the class: @TableInheritance({ value }) is for the base',
  } as const
  for (const option of ['select', 'ttl', 'transformer', 'default'] as const) {
    const given = optionOf(declaration, option)
    if (given === undefined || given === true) continue
    problem(property, `tells the class of a row and ${reasons[option]}; leave ${option} out`)
  }
}

/** Returns the value that a class with `@ChildEntity(value)` has in the column that tells its rows. */
function valueOf(target: Class): unknown {
  return optionOf(chainOf(target).at(-1)?.child, 'value')
}

function checkedValue(
  codec: EntityMetadata['columns'][number]['codec'],
  given: unknown,
): DiscriminatorValue | Refusal {
  if (given === undefined || given === null) return new Refusal('it has no value; give it one')
  try {
    const value = codec.check(given)
    if (isPlain(value)) return value
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
  return new Refusal('it must be a text, a number or a boolean')
}

function isPlain(value: unknown): value is DiscriminatorValue {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value)
}

function refuseTwins(classes: InheritanceMetadata['classes'], problem: Problem): void {
  const byValue = new Map<DiscriminatorValue, string>()
  for (const { value, name } of classes) {
    const other = byValue.get(value)
    if (other !== undefined) {
      problem('', `${other} and ${name} have the same value; give one of them another`)
    }
    byValue.set(value, name)
  }
}

function baseClass(target: Class): InheritedClass {
  const properties = chainOf(target).flatMap(({ columns, computed }) =>
    [...columns, ...computed].map(({ property }) => String(property)),
  )
  return {
    target,
    name: nameOf(target),
    properties: [...new Set(properties)],
    construct: undefined,
  }
}
