import { posix } from 'node:path'
import { type Module, readModule } from './read-module'

/** The house, from the roof down: a folder imports only from floors below its own. '' is lib itself. */
const floors: readonly (readonly string[])[] = [
  ['nestjs', 'cli', 'testing'],
  [''],
  ['migration'],
  ['repository', 'schema'],
  ['plan'],
  ['decorators', 'statement'],
  ['metadata'],
  ['codec'],
  ['driver'],
  ['cql'],
  ['errors'],
]

/** Entry points of their own stand on few things: on the public names, or on the driver alone. */
const foundations: Readonly<Record<string, readonly string[]>> = {
  nestjs: ['index', 'migration/index'],
  cli: ['index', 'migration/index'],
  testing: ['driver/', 'errors/'],
}

const drawers = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'types', 'misc', 'shared'])
const longest = 400

/** All that is wrong with a tree of files, by path below lib: one readable line each. */
export function findViolations(sources: ReadonlyMap<string, string>): readonly string[] {
  const modules = new Map([...sources].map(([path, source]) => [path, readModule(source)]))
  return [
    ...[...sources].flatMap(([path, source]) => shapeOf(path, source)),
    ...[...modules].flatMap(([path, { imports }]) => imports.flatMap((each) => judge(path, each))),
    ...cycles(modules),
    ...publicNames(modules),
  ]
}

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')
const floorOf = (folder: string) => floors.findIndex((folders) => folders.includes(folder))
const roomOf = (folder: string) => (folder === '' ? 'the root of lib' : `${folder}/`)

function shapeOf(path: string, source: string): readonly string[] {
  const problems: string[] = []
  const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0)
  if (lines > longest) problems.push(`${path} has ${lines} lines; ${longest} is the most`)
  if (floorOf(folderOf(path)) === -1) problems.push(`${path} is in a folder that has no floor`)
  for (const part of path.replace(/\.ts$/u, '').split('/')) {
    if (drawers.has(part)) problems.push(`${path}: '${part}' is a drawer; name what is inside`)
  }
  return problems
}

function judge(path: string, imported: string): readonly string[] {
  if (!imported.startsWith('.')) {
    return /^cassandra-driver(\/|$)/u.test(imported) && folderOf(path) !== 'driver'
      ? [`${path} imports cassandra-driver, which only driver/ may`]
      : []
  }
  const target = resolve(path, imported)
  if (target.startsWith('..')) return [`${path} imports ${imported}, which is outside lib`]
  const from = folderOf(path)
  const to = folderOf(target)
  if (from === to) return []
  const foundation = foundations[from]
  if (foundation !== undefined) {
    return foundation.some((each) =>
      each.endsWith('/') ? target.startsWith(each) : target === each,
    )
      ? []
      : [`${path} imports ${target}; ${from}/ stands on ${foundation.join(' and ')} alone`]
  }
  const direction = floorOf(to) - floorOf(from)
  if (direction > 0) return []
  return [
    `${path} imports ${direction === 0 ? 'sideways' : 'upwards'} from ${roomOf(to)}: ${target}`,
  ]
}

function resolve(path: string, imported: string): string {
  return posix.join(posix.dirname(path), imported).replace(/\.[jt]s$/u, '')
}

/** Every circle of files once, as the files on it. */
function cycles(modules: ReadonlyMap<string, Module>): readonly string[] {
  const found: string[] = []
  const finished = new Set<string>()
  const trail: string[] = []
  const visit = (path: string) => {
    if (finished.has(path)) return
    const start = trail.indexOf(path)
    if (start !== -1) {
      found.push(`a circle of imports: ${[...trail.slice(start), path].join(' -> ')}`)
      return
    }
    trail.push(path)
    for (const imported of modules.get(path)?.imports ?? []) {
      if (!imported.startsWith('.')) continue
      const target = resolve(path, imported)
      for (const file of [`${target}.ts`, `${target}/index.ts`]) if (modules.has(file)) visit(file)
    }
    trail.pop()
    finished.add(path)
  }
  for (const path of modules.keys()) visit(path)
  return found
}

/** index.ts lists every public name by itself and once, and each has one file that it can come from. */
function publicNames(modules: ReadonlyMap<string, Module>): readonly string[] {
  const index = modules.get('index.ts')
  if (index === undefined) return ['index.ts is missing']
  const problems = index.declared.map((name) => `index.ts declares ${name}; it only lists names`)
  const listed = new Set<string>()
  for (const name of index.passedOn) {
    if (name === '*') problems.push('index.ts exports *; it lists every name')
    else if (listed.has(name)) problems.push(`index.ts exports ${name} twice`)
    listed.add(name)
  }
  for (const name of listed) {
    const homes = [...modules].filter(([, { declared }]) => declared.includes(name))
    if (homes.length > 1) {
      problems.push(
        `${name} is public and exported by ${homes.map(([path]) => path).join(' and ')}`,
      )
    }
  }
  return problems
}
