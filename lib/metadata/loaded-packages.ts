import { createRequire } from 'node:module'
import { dirname, join, sep } from 'node:path'

/*
 * Packages whose decorators stand on the same classes as ours, and which an application may or may not have. Only the
 * copy that the application loaded knows what its decorators recorded, so it is looked up among the loaded modules; a
 * package that nobody loaded is not used, and is not loaded here either.
 */

/** This file; undefined in a bundle of ES modules, which has no file names. */
const ownFile = typeof __filename === 'string' ? __filename : undefined

/** A copy of a package that has been loaded. */
export interface LoadedPackage {
  /** The folder of the package; in a bundle, its name. */
  readonly folder: string
  /** Returns what a file of the package exports, by its path without extension, such as `cjs/index`. */
  readonly load: (file: string) => unknown
}

/** Returns the copies of a package that have been loaded, by a file that each of them loads. */
export function loadedCopies(name: string, file: string): readonly LoadedPackage[] {
  const end = ['node_modules', name, ...`${file}.js`.split('/')].join(sep)
  const loaded = typeof require === 'function' ? require.cache : undefined
  return Object.keys(loaded ?? {})
    .filter((path) => path.endsWith(`${sep}${end}`))
    .map((path) => {
      const folder = path.slice(0, path.length - file.length - '.js'.length - sep.length)
      const load = createRequire(join(folder, 'package.json'))
      return { folder, load: (each) => load(`./${each}.js`) as unknown }
    })
}

/**
 * Returns true if Node loaded this file as it is. In a bundle, or under a loader that keeps no list of modules, nobody
 * can tell which modules are loaded, and a package must be required by its name.
 */
export function knowsLoadedModules(): boolean {
  if (ownFile === undefined || typeof require !== 'function') return false
  const own = (require.cache as NodeJS.Dict<NodeJS.Module> | undefined)?.[ownFile]
  const exported = own?.exports as { readonly knowsLoadedModules?: unknown } | undefined
  return exported?.knowsLoadedModules === knowsLoadedModules
}

/** Returns true if the application, or this package, could load a package. */
export function isInstalled(name: string): boolean {
  const main = typeof require === 'function' ? require.main?.filename : undefined
  return [ownFile, main, join(process.cwd(), 'index.js')].some((from) => {
    if (from === undefined) return false
    try {
      createRequire(join(dirname(from), 'index.js')).resolve(name)
      return true
    } catch {
      return false
    }
  })
}
