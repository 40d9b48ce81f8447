import { pathToFileURL } from 'node:url'
import { globSync } from 'tinyglobby'
import { StatementError } from './errors/errors'
import { type Class, ownDeclarations } from './metadata/declaration'

/** The classes themselves, and the entities that the files behind the globs export. */
export async function loadEntities(
  entities: readonly (Class | string)[],
): Promise<readonly Class[]> {
  const classes = new Set<Class>()
  for (const entity of entities) {
    if (typeof entity !== 'string') {
      classes.add(entity)
      continue
    }
    const files = globSync(entity, { absolute: true, ignore: ['**/*.d.ts', '**/node_modules/**'] })
    if (files.length === 0) {
      throw new StatementError(`entities: no file matches '${entity}'`)
    }
    for (const file of [...files].sort()) {
      const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>
      for (const exported of exportsOf(module)) {
        if (ownDeclarations(exported)?.entity !== undefined) classes.add(exported)
      }
    }
  }
  return [...classes]
}

/** The classes that a module exports; what CommonJS exports stands under `default` too. */
function exportsOf(module: Readonly<Record<string, unknown>>): readonly Class[] {
  const inner: unknown = module['default']
  return [
    ...Object.values(module),
    ...(typeof inner === 'object' && inner !== null ? Object.values(inner) : []),
  ].filter((each): each is Class => typeof each === 'function')
}
