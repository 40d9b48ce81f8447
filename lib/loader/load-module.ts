import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { types } from 'node:util'

/** The codes of Node's errors for a file that is an ES module and that `require` cannot load. */
const needsImport = new Set(['ERR_REQUIRE_ESM', 'ERR_REQUIRE_ASYNC_MODULE'])

/**
 * Loads a CommonJS module or an ES module from the disk; a bundler leaves these calls alone. A `version` loads the file again if it was loaded before with another one.
 */
export async function loadModule(file: string, version = ''): Promise<unknown> {
  // `require` first: it is what loaders of TypeScript and test runners hook into.
  if (!file.endsWith('.mjs')) {
    try {
      const load = createRequire(file)
      if (version !== '') delete load.cache[load.resolve(file)]
      return load(file) as unknown
    } catch (error) {
      if (!needsImport.has(String((error as { code?: unknown } | null)?.code))) throw error
    }
  }
  const { href } = pathToFileURL(file)
  const url = version === '' ? href : `${href}?${version}`
  return (await import(/* webpackIgnore: true */ url)) as unknown
}

/**
 * Returns the default export of a module, or the module itself if it is a CommonJS module without one. An ES module
 * that was compiled to CommonJS has its default export under `default` twice when it is imported.
 */
export function defaultExportOf(module: unknown): unknown {
  const { default: first, __esModule: isCompiled } = (module ?? {}) as {
    default?: unknown
    __esModule?: unknown
  }
  if (first === undefined)
    return isCompiled === true || types.isModuleNamespaceObject(module) ? undefined : module
  const { default: second } = (first ?? {}) as { default?: unknown }
  return second ?? first
}
