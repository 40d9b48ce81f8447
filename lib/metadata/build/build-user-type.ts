import { typeNames } from '../../cql/native-types'
import { DeclarationError, type DeclarationProblem } from '../../errors/errors'
import { buildConstruction } from './build-construction'
import { buildType } from './build-type'
import { readClassOptions } from './class-options'
import { type TypedProperty, readField } from './column-options'
import type { Class } from '../declaration'
import { type Problem, chainOf, declaredProperties, tellRepeated } from './declared-properties'
import { deepFreeze } from './deep-freeze'
import { refuseMinified } from './refuse-minified'
import { type NamingStrategy, applyNaming } from '../naming-strategy'
import type { FieldMetadata, UserTypeMetadata } from '../user-type'
import { UserTypes } from './user-types'

/** The built types by class and naming strategy. */
const built = new WeakMap<Class, Map<NamingStrategy, UserTypeMetadata>>()

const field = { role: 'field', isCounter: false } as const

const taken: ReadonlySet<string> = new Set(typeNames)

/**
 * Returns the metadata of a class with `@UserDefinedType()`; `within` are the classes whose fields are being built.
 * Throws one `DeclarationError` with all problems of the class.
 */
export function buildUserType(
  target: Class,
  naming: NamingStrategy = 'snake_case',
  within: readonly Class[] = [],
): UserTypeMetadata {
  const ofTarget = built.get(target) ?? new Map<NamingStrategy, UserTypeMetadata>()
  built.set(target, ofTarget)
  const metadata = ofTarget.get(naming) ?? build(target, naming, within)
  ofTarget.set(naming, metadata)
  return metadata
}

function build(target: Class, naming: NamingStrategy, within: readonly Class[]): UserTypeMetadata {
  const entity = target.name === '' ? 'an anonymous class' : target.name
  const problems: DeclarationProblem[] = []
  const problem: Problem = (where, message) => {
    problems.push({ where: where === '' ? entity : `${entity}.${where}`, message })
  }
  if (within.includes(target)) {
    const circle = [...within.slice(within.indexOf(target)), target].map(({ name }) => name)
    problem(
      '',
      `contains itself (${circle.join(', ')}), which Cassandra refuses; store a key in its place`,
    )
    throw new DeclarationError(entity, problems)
  }
  const chain = chainOf(target)
  const own = chain.at(-1)
  const userTypes = new UserTypes((each) => buildUserType(each, naming, [...within, target]))
  if (own !== undefined) tellRepeated(own, problem)
  if (own?.entity !== undefined) {
    problem(
      '',
      'is an entity and a user-defined type; keep one of @Entity() and @UserDefinedType()',
    )
  }
  for (const { property } of chain.flatMap(({ columns }) => columns)) {
    problem(String(property), 'is a column, but the class is a user-defined type; write @Field()')
  }
  for (const { method } of chain.flatMap(({ hooks }) => hooks)) {
    problem(
      String(method),
      'is a hook, but the class is a user-defined type; hooks are of entities',
    )
  }
  const declared = declaredProperties(
    chain.map(({ fields }) => fields),
    'field',
    problem,
  )
  if (declared.length === 0) problem('', 'has no fields; put @Field() on at least one property')
  const fields = declared
    .map((declaration) => readField(declaration, problem))
    .map((declared) => buildField(declared, naming, userTypes, problem))
    .filter((field) => field !== undefined)
  checkFieldNames(fields, problem)
  const options = readClassOptions('UserDefinedType', own?.userType, (message) =>
    problem('', message),
  )
  const name = options.name ?? (target.name === '' ? '' : applyNaming(naming, target.name))
  refuseMinified(target, options, "@UserDefinedType('address')", (message) => problem('', message))
  if (name === '') problem('', 'has no name; write @UserDefinedType(name)')
  if (taken.has(name)) problem('', `the type name '${name}' is one of CQL's own; give it another`)
  const construct = buildConstruction(
    {
      target,
      construct: options.construct,
      properties: fields.map(({ property }) => property),
      decorator: '@UserDefinedType',
    },
    (message) => problem('', message),
  )
  problems.push(...userTypes.problems)
  if (problems.length > 0) throw new DeclarationError(entity, problems)
  return deepFreeze({
    target,
    name: entity,
    type: name,
    fields,
    construct,
    userTypes: userTypes.all,
  })
}

function buildField(
  declared: TypedProperty,
  naming: NamingStrategy,
  userTypes: UserTypes,
  problem: Problem,
): FieldMetadata | undefined {
  const { property } = declared
  const name = declared.name ?? applyNaming(naming, property)
  const made = buildType(declared, field, userTypes, (message) => problem(property, message))
  return made === undefined ? undefined : { property, name, ...made, default: declared.default }
}

function checkFieldNames(fields: readonly FieldMetadata[], problem: Problem): void {
  const names = new Map<string, string>()
  for (const { name, property } of fields) {
    const other = names.get(name)
    if (other === undefined) names.set(name, property)
    else problem(property, `has the field name '${name}' of '${other}'; give one of them another`)
  }
}
