import { DeclarationError, type DeclarationProblem } from '../errors/errors'
import {
  type Class,
  type ColumnDeclaration,
  type Declarations,
  ownDeclarations,
} from './declaration'
import { buildColumn, checkKeyOptions } from './build-column'
import { buildComputed } from './build-computed'
import { buildIndex } from './build-index'
import type { ColumnMetadata, EntityMetadata } from './entity-metadata'
import { type NamingStrategy, applyNaming } from './naming-strategy'
import { tableOptions } from './table-options'

/** Built metadata by class and naming strategy: the one registry. */
const built = new WeakMap<Class, Map<NamingStrategy, EntityMetadata>>()

/**
 * The metadata of a class: built once for each naming strategy, deeply frozen.
 * Throws one `DeclarationError` with everything that is wrong with the class.
 */
export function buildMetadata(
  target: Class,
  naming: NamingStrategy = 'snake_case',
): EntityMetadata {
  if (typeof target !== 'function') {
    throw new DeclarationError('an entity', [
      {
        where: 'an entity',
        message: `must be a class, got ${target === undefined ? 'undefined: is it imported in a circle?' : typeof target}`,
      },
    ])
  }
  let ofTarget = built.get(target)
  if (ofTarget === undefined) {
    ofTarget = new Map()
    built.set(target, ofTarget)
  }
  let metadata = ofTarget.get(naming)
  if (metadata === undefined) {
    metadata = build(target, naming)
    ofTarget.set(naming, metadata)
  }
  return metadata
}

/** What each kind of column comes after. */
const kindOrder = ['partitionKey', 'clustering', 'static', 'regular'] as const

function build(target: Class, naming: NamingStrategy): EntityMetadata {
  const entity = target.name === '' ? 'an anonymous class' : target.name
  const problems: DeclarationProblem[] = []
  const problem = (where: string, message: string) => {
    problems.push({ where: where === '' ? entity : `${entity}.${where}`, message })
  }
  const chain = chainOf(target)
  const own = chain.at(-1)
  if (own?.entity === undefined) {
    problem('', 'is not an entity; put @Entity() on the class')
  }
  const declared = columnsOf(chain, problem)
  const columns = orderColumns(declared, problem)
    .map((declaration, ordinal) => buildColumn(declaration, ordinal, naming, problem))
    .filter((column) => column !== undefined)
  checkKeys(declared, columns, problem)
  const byProperty = Object.create(null) as Record<string, ColumnMetadata>
  for (const column of columns) byProperty[column.property] = column
  const table = own?.entity?.name ?? (target.name === '' ? '' : applyNaming(naming, target.name))
  checkName('table', table, 222, problem)
  if (own?.entity?.keyspace !== undefined) checkName('keyspace', own.entity.keyspace, 48, problem)
  const indexes = chain
    .flatMap(({ indexes: declarations }) => declarations)
    .map((declaration) => buildIndex(declaration, byProperty, problem))
    .filter((index) => index !== undefined)
  const computed = buildComputed(
    chain.flatMap((declarations) => declarations.computed),
    { columns, byProperty, naming },
    problem,
  )
  const options = tableOptions(own?.entity?.options ?? {}, (message) => problem('', message))
  if (problems.length > 0) throw new DeclarationError(entity, problems)
  return deepFreeze({
    target,
    entity,
    keyspace: own?.entity?.keyspace,
    table,
    columns,
    partitionKey: columns.filter(({ kind }) => kind === 'partitionKey'),
    clusteringKey: columns.filter(({ kind }) => kind === 'clustering'),
    computed,
    indexes,
    options,
    byProperty,
  })
}

type Problem = (property: string, message: string) => void

/** The declarations of a class and its bases, the base first. */
function chainOf(target: Class): readonly Declarations[] {
  const chain: Declarations[] = []
  for (
    let each: unknown = target;
    typeof each === 'function' && each !== Function.prototype;
    each = Object.getPrototypeOf(each)
  ) {
    const declarations = ownDeclarations(each as Class)
    if (each === target) {
      chain.unshift(declarations ?? { entity: undefined, columns: [], indexes: [], computed: [] })
    } else if (declarations !== undefined) chain.unshift(declarations)
  }
  return chain
}

type NamedColumn = ColumnDeclaration & { readonly property: string }

/** The columns of all classes: a redeclared one takes the place of its base's. */
function columnsOf(chain: readonly Declarations[], problem: Problem): readonly NamedColumn[] {
  const columns = new Map<string, NamedColumn>()
  for (const { columns: declarations } of chain) {
    const ofThisClass = new Set<string>()
    for (const declaration of declarations) {
      const { property } = declaration
      if (typeof property !== 'string') {
        problem(String(property), 'a column needs a property with a name, not a symbol')
        continue
      }
      if (ofThisClass.has(property)) {
        problem(property, 'is declared as a column twice; keep one of the decorators')
        continue
      }
      ofThisClass.add(property)
      columns.set(property, { ...declaration, property })
    }
  }
  return [...columns.values()]
}

function orderColumns(declared: readonly NamedColumn[], problem: Problem): readonly NamedColumn[] {
  return kindOrder.flatMap((kind) => {
    const ofKind = declared.filter(({ role }) => role === kind)
    if (ofKind.every(({ position }) => position === undefined)) return ofKind
    const taken = new Set<number>()
    for (const { property, position } of ofKind) {
      if (position === undefined) {
        problem(property, 'needs a position too, since other parts of the same key have one')
      } else if (!Number.isInteger(position) || position < 0) {
        problem(property, 'the position must be a whole number from 0')
      } else if (taken.has(position)) {
        problem(property, `position ${position} is taken by another part of the key`)
      } else taken.add(position)
    }
    return [...ofKind].sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
  })
}

function checkKeys(
  declared: readonly NamedColumn[],
  columns: readonly ColumnMetadata[],
  problem: Problem,
): void {
  const has = (role: string) => declared.some((column) => column.role === role)
  if (!has('partitionKey')) {
    problem('', 'has no partition key; put @PartitionKey() on at least one property')
  }
  for (const { property, role } of declared) {
    if (role === 'static' && !has('clustering')) {
      problem(property, 'is static, which needs a clustering key; make it a plain @Column()')
    }
  }
  const names = new Map<string, string>()
  for (const { name, property } of columns) {
    const other = names.get(name)
    if (other === undefined) names.set(name, property)
    else problem(property, `has the column name '${name}' of '${other}'; give one of them another`)
  }
  for (const declaration of declared) checkKeyOptions(declaration, problem)
}

function checkName(what: 'table' | 'keyspace', name: string, longest: number, problem: Problem) {
  if (name === '') problem('', 'has no name; write @Entity({ name })')
  else if (!/^\w+$/u.test(name)) {
    problem(
      '',
      `the ${what} name '${name}' is not one that Cassandra takes: only letters, digits and _ are`,
    )
  } else if (name.length > longest) {
    problem(
      '',
      `the ${what} name has ${name.length} characters; Cassandra takes ${longest} at most`,
    )
  }
}

/** Freezes plain data; classes and codecs inside are shared and stay as they are. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== Array.prototype && prototype !== null) {
    return value
  }
  Object.freeze(value)
  for (const each of Object.values(value)) deepFreeze(each)
  return value
}
