import type { InjectionToken } from '@nestjs/common'
import { type Class, ReadRepository, StatementError } from '../index'
import { defaultName } from './data-source-token'

/** `Symbol.for`, so that two copies of the package agree. The tokens are kept on the class. */
const key = Symbol.for('coodie.repositoryTokens')

interface WithTokens {
  readonly [key]: Map<string, symbol>
}

/**
 * Returns the token of the repository of an entity, for `overrideProvider` and custom providers. Two classes of one
 * name have different tokens. A custom repository is injected by its class, or by such a token if its data source has
 * a name. Throws `StatementError` if the argument is not a class.
 *
 * ```ts
 * Test.createTestingModule({ providers: [{ provide: getRepositoryToken(Product), useValue: {} }] })
 * ```
 */
export function getRepositoryToken(
  target: Class,
  dataSource: string = defaultName,
): InjectionToken {
  requireClass('getRepositoryToken', target)
  if (dataSource === defaultName && target.prototype instanceof ReadRepository) {
    return target as InjectionToken
  }
  if (!Object.hasOwn(target, key)) Object.defineProperty(target, key, { value: new Map() })
  const tokens = (target as unknown as WithTokens)[key]
  const of = dataSource === defaultName ? target.name : `${target.name}, ${dataSource}`
  const token = tokens.get(dataSource) ?? Symbol(`Repository(${of})`)
  tokens.set(dataSource, token)
  return token
}

/** Throws `StatementError` if the target is not a class, with the likely reason. */
export function requireClass(where: string, target: unknown): asserts target is Class {
  if (typeof target === 'function') return
  const circle =
    target === undefined || target === null
      ? '. Its file is probably imported in a circle: it imports the file that names it here. ' +
        'Move the shared parts into another file'
      : ''
  throw new StatementError(
    `${where} needs a class with @Entity(), @MaterializedView() or @EntityRepository(), got ` +
      `${String(target)}${circle}`,
  )
}
