import { boundedCodec } from '../../codec/bounded'
import { directedCodec } from '../../codec/vectors'
import { DeclarationError, type DeclarationProblem } from '../../errors/errors'
import { buildColumn } from './build-column'
import { buildConstruction } from './build-construction'
import { buildComputed } from './build-computed'
import { buildHooks } from './build-hooks'
import { buildInheritance } from './build-inheritance'
import { buildIndex, isDirected, refuseDuplicates } from './build-index'
import { buildUserType } from './build-user-type'
import { checkTracking, versionProperty } from './build-version'
import { checkView, viewedEntity } from './build-view'
import { checkCounters } from './check-counters'
import { type Class, type Declarations, nameOf, noDeclarations } from '../declaration'
import { type DeclaredColumn, readColumn } from './column-options'
import { type Problem, chainOf, declaredProperties, optionOf } from './declared-properties'
import { deepFreeze } from './deep-freeze'
import type { ColumnMetadata, EntityMetadata } from '../entity-metadata'
import { kindOrder, propertiesOf } from './merge-columns'
import { type NamingStrategy, applyNaming } from '../naming-strategy'
import { placeOf } from './place-of'
import { type DeclaredIndex, readIndexes } from './read-indexes'
import { sizeBoundsOf } from './size-bounds'
import { tableOptions } from '../table-options'
import { UserTypes } from './user-types'

/** The only registry of metadata, by class and naming strategy. */
const built = new WeakMap<Class, Map<NamingStrategy, EntityMetadata>>()

/**
 * Returns the metadata of a class, which is built once for each naming strategy and deeply frozen.
 * Throws one `DeclarationError` with all problems of the class.
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

function build(target: Class, naming: NamingStrategy): EntityMetadata {
  const entity = nameOf(target)
  const problems: DeclarationProblem[] = []
  const problem: Problem = (where, message) => {
    problems.push({ where: where === '' ? entity : `${entity}.${where}`, message })
  }
  const adopt = (error: DeclarationError) => {
    problems.push(...error.problems.filter((each) => !problems.some((told) => isSame(told, each))))
  }
  const chain = chainOf(target)
  const own = chain.at(-1) ?? noDeclarations()
  if (own.userType !== undefined && own.entity === undefined) {
    problem(
      '',
      `is a user-defined type and has no table; it is the type of a column: @Column(() => ${entity})`,
    )
    throw new DeclarationError(entity, problems)
  }
  const place = placeOf(target, own, problem)
  for (const { property } of chain.flatMap(({ fields }) => fields)) {
    problem(
      String(property),
      'is a field, but the class is not a user-defined type; write @Column()',
    )
  }
  const build = (each: Class) => buildMetadata(each, naming)
  const from = own.view && viewedEntity(place.options.from, build, problem, adopt)
  const userTypes = new UserTypes((each) => buildUserType(each, naming))
  const declared = declaredProperties(
    chain.map(({ columns }) => columns),
    'column',
    problem,
  )
    .map((each) => readColumn(each, problem))
    .map((each) => (from === undefined ? each : named(each, from)))
  // An index on a table does not make one on a view of it.
  const indexed = readIndexes(own.view === undefined ? chain : [own], problem)
  const columns = orderColumns(declared, problem)
    .map((each, ordinal) => buildColumn(each, ordinal, naming, userTypes, problem))
    .filter((column) => column !== undefined)
    .map((column) => (isDirected(column, indexed) ? withDirection(column) : column))
    .map((column) => withBounds(column, indexed))
  checkKeys(declared, columns, problem)
  const byProperty = propertiesOf(columns)
  const table =
    place.options.name ?? (place.target.name === '' ? '' : applyNaming(naming, place.target.name))
  checkName(own.view === undefined ? 'table' : 'view', table, 222, problem)
  const keyspace = from?.keyspace ?? place.options.keyspace
  if (keyspace !== undefined) checkName('keyspace', keyspace, 48, problem)
  const indexes = indexed
    .map((declaration) => buildIndex(declaration, { columns, byProperty, userTypes }, problem))
    .filter((index) => index !== undefined)
  refuseDuplicates(indexes, problem)
  const computed = buildComputed(
    chain.flatMap((declarations) => declarations.computed),
    { columns, byProperty, naming, userTypes },
    problem,
  )
  const options = tableOptions(place.options)
  checkCounters(declared, indexed, options, problem)
  if (own.view !== undefined) checkView({ columns, own, options, from }, problem)
  const version = versionProperty(target, declared, own, problem)
  const tracksChanges = checkTracking(place.options.trackChanges, { own, declared }, problem)
  const construct = isNeverMade(own)
    ? undefined
    : buildConstruction(
        {
          target,
          construct: place.construct,
          properties: [...columns, ...computed].map(({ property }) => property),
          decorator: place.decorator,
        },
        (message) => problem('', message),
      )
  const { columns: all, inheritance } = buildInheritance(
    target,
    { columns, byProperty, computed, indexes, userTypes: userTypes.all },
    construct,
    { build, known: (each) => built.get(each)?.get(naming), problem, adopt },
  )
  const hooks = buildHooks(
    chain.map((declarations) => declarations.hooks),
    problem,
  )
  problems.push(...userTypes.problems)
  if (problems.length > 0) throw new DeclarationError(entity, problems)
  return deepFreeze({
    kind: own.view === undefined ? 'table' : 'view',
    target,
    name: entity,
    keyspace,
    table,
    from,
    inheritance,
    ...all,
    partitionKey: all.columns.filter(({ kind }) => kind === 'partitionKey'),
    clusteringKey: all.columns.filter(({ kind }) => kind === 'clustering'),
    key: all.columns.filter(({ isKey }) => isKey),
    validate: place.options.validate,
    hasCounters: all.columns.some(({ isCounter }) => isCounter),
    hasStatics: all.columns.some(({ kind }) => kind === 'static'),
    hasOwnTtls: all.columns.some(({ ttl }) => ttl !== undefined),
    version: version === undefined ? undefined : all.byProperty[version],
    tracksChanges,
    construct,
    options,
    hooks,
  })
}

/** Tells the base of a table with several classes that has no rows of its own, and may be abstract. */
function isNeverMade({ inheritance }: Declarations): boolean {
  return (
    inheritance !== undefined &&
    optionOf(inheritance, 'value') === undefined &&
    optionOf(inheritance, 'unknown') !== 'base'
  )
}

/** Gives a column of a view its name in the table. */
function named(declaration: DeclaredColumn, from: EntityMetadata): typeof declaration {
  const { name = from.byProperty[declaration.property]?.name } = declaration
  return { ...declaration, name }
}

/** Tells whether a problem of a class and one of a derived class are the same. */
function isSame(a: DeclarationProblem, b: DeclarationProblem): boolean {
  const property = ({ where }: DeclarationProblem) => where.split('.').slice(1).join('.')
  return a.message === b.message && property(a) === property(b)
}

function withDirection(column: ColumnMetadata): ColumnMetadata {
  return { ...column, codec: directedCodec(column.codec) }
}

function withBounds(column: ColumnMetadata, indexed: readonly DeclaredIndex[]): ColumnMetadata {
  const bounds = sizeBoundsOf(column, indexed)
  return bounds.length === 0 ? column : { ...column, codec: boundedCodec(column.codec, bounds) }
}

function orderColumns(
  declared: readonly DeclaredColumn[],
  problem: Problem,
): readonly DeclaredColumn[] {
  return kindOrder.flatMap((kind) => {
    const ofKind = declared.filter(({ role }) => role === kind)
    if (ofKind.every(({ position }) => position === undefined)) return ofKind
    const taken = new Set<number>()
    for (const { property, position } of ofKind) {
      if (position === undefined) {
        problem(property, 'needs a position too, since other parts of the same key have one')
      } else if (taken.has(position)) {
        problem(property, `position ${position} is taken by another part of the key`)
      } else taken.add(position)
    }
    return [...ofKind].sort((a, b) => (a.position ?? 0) - (b.position ?? 0))
  })
}

function checkKeys(
  declared: readonly DeclaredColumn[],
  columns: readonly ColumnMetadata[],
  problem: Problem,
): void {
  const has = (role: string) => declared.some((column) => column.role === role)
  if (!has('partitionKey')) {
    problem('', 'has no partition key; put @PartitionKey() on at least one property')
  }
  for (const { property, role, isCounter } of declared) {
    if (role === 'static' && !has('clustering')) {
      problem(
        property,
        `is static, which needs a clustering key; write ${isCounter ? '@CounterColumn()' : '@Column()'}`,
      )
    }
  }
  const names = new Map<string, string>()
  for (const { name, property } of columns) {
    const other = names.get(name)
    if (other === undefined) names.set(name, property)
    else problem(property, `has the column name '${name}' of '${other}'; give one of them another`)
  }
}

function checkName(
  what: 'table' | 'view' | 'keyspace',
  name: string,
  longest: number,
  problem: Problem,
) {
  if (name === '') problem('', 'has no name; write @Entity({ name })')
  else if (!/^\w+$/u.test(name)) {
    problem('', `the ${what} name '${name}' can have letters, digits and _ only`)
  } else if (name.length > longest) {
    problem('', `the ${what} name has ${name.length} characters; the limit is ${longest}`)
  }
}
