import type { FactoryProvider, InjectionToken, ValueProvider } from '@nestjs/common'
import type { ModulesContainer } from '@nestjs/core'
import {
  type Class,
  type DataSource,
  ReadRepository,
  StatementError,
  getEntityMetadata,
  getRepositoryEntity,
} from '../index'
import { defaultName, getDataSourceToken } from './data-source-token'
import { getRepositoryToken, requireClass } from './repository-token'

/** By this a module provides what it registered; each application collects its own. */
const featureToken = Symbol.for('coodie.feature')

/** The classes that a module registered with a data source. */
interface Feature {
  readonly dataSource: string
  readonly classes: readonly Class[]
}

/** The providers of `forFeature`: one of each repository, and what was registered. */
export function featureProviders(
  classes: readonly Class[],
  dataSource: string = defaultName,
): readonly (FactoryProvider | ValueProvider)[] {
  if (!Array.isArray(classes)) {
    throw new StatementError('CoodieModule.forFeature needs an array of classes')
  }
  for (const [i, each] of classes.entries()) {
    requireClass(`CoodieModule.forFeature, at index ${i},`, each)
  }
  const repositories = [...new Set(classes as readonly Class[])].map((each) => ({
    provide: getRepositoryToken(each, dataSource),
    useFactory: async (db: DataSource) => {
      try {
        return repositoryOf(db, each)
      } catch (error) {
        // The start has failed, and nobody would close what is open by now.
        await db.destroy()
        throw error
      }
    },
    inject: [getDataSourceToken(dataSource)],
  }))
  const feature: Feature = Object.freeze({ dataSource, classes: Object.freeze([...classes]) })
  return [...repositories, { provide: featureToken, useValue: feature }]
}

/** The entities of all features of a data source, in the modules of an application. */
export function entitiesOfFeatures(
  modules: ModulesContainer,
  dataSource: string,
): readonly Class[] {
  return [...modules.values()]
    .map(({ providers }) => providers.get(featureToken as InjectionToken)?.instance)
    .filter((found): found is Feature => (found as Feature | undefined)?.dataSource === dataSource)
    .flatMap(({ classes }) => classes)
    .map((each) => (isRepository(each) ? getRepositoryEntity(each) : each))
}

function isRepository(target: Class): target is Class<ReadRepository<object>> {
  return target.prototype instanceof ReadRepository
}

function repositoryOf(db: DataSource, target: Class): ReadRepository<object> {
  if (isRepository(target)) return db.getCustomRepository(target)
  const { kind, hasCounters } =
    db.entityMetadatas.find((each) => each.target === target) ?? getEntityMetadata(target)
  if (kind === 'view') return db.getViewRepository(target)
  return hasCounters ? db.getCounterRepository(target) : db.getRepository(target)
}
