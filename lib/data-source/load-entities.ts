import { globSync } from 'tinyglobby'
import { CoodieError, StatementError } from '../errors/errors'
import type { Class } from '../metadata/declaration'
import { loadModule } from '../loader/load-module'
import { isEntity } from '../metadata/is-entity'

/** Returns the given classes, and the entities that the files of the globs export. Throws `StatementError` if there are none. */
export async function loadEntities(
  entities: readonly (Class | string)[],
): Promise<readonly Class[]> {
  const classes = new Set<Class>()
  for (const entity of entities) {
    if (typeof entity !== 'string') classes.add(entity)
    else for (const found of await entitiesOf(entity)) classes.add(found)
  }
  return [...classes]
}

async function entitiesOf(glob: string): Promise<readonly Class[]> {
  const files = globSync(glob, { absolute: true, ignore: '**/node_modules/**' })
    .filter((file) => /\.[cm]?[jt]s$/u.test(file) && !/\.d\.[cm]?ts$/u.test(file))
    .sort()
  if (files.length === 0) throw new StatementError(`entities: no file matches '${glob}'`)
  const found: Class[] = []
  for (const file of files) {
    for (const exported of exportsOf(await loadOrExplain(file))) {
      if (isEntity(exported)) found.push(exported)
    }
  }
  if (found.length === 0) {
    throw new StatementError(`entities: the files of '${glob}' export no class with @Entity()`)
  }
  return found
}

type Module = Readonly<Record<string, unknown>>

/** Loads a file. Throws `StatementError` with the name of the file if that fails. */
async function loadOrExplain(file: string): Promise<Module> {
  try {
    return (await loadModule(file)) as Module
  } catch (error) {
    if (error instanceof CoodieError) throw error
    const message = error instanceof Error ? error.message : String(error)
    const [line = ''] = message.split('\n')
    if (line.includes(file)) throw error
    throw new StatementError(`entities: cannot load ${file}: ${line}`, { cause: error })
  }
}

/** Returns the classes that a module exports; those of a CommonJS module are also under `default`. */
function exportsOf(module: Module): readonly Class[] {
  const inner: unknown = module['default']
  return [
    ...Object.values(module),
    ...(typeof inner === 'object' && inner !== null ? Object.values(inner) : []),
  ].filter((each): each is Class => typeof each === 'function')
}
