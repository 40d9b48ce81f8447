import { posix } from 'node:path'
import { type Module, readModule } from './read-module'

/** The house, from the roof down: a folder imports only from floors below its own. '' is lib itself. */
export const floors: readonly (readonly string[])[] = [
  ['nestjs', 'cli', 'testing'],
  [''],
  ['data-source'],
  ['migration'],
  ['repository', 'schema'],
  ['validation'],
  ['plain'],
  ['plan'],
  ['decorators', 'statement'],
  ['metadata'],
  ['codec'],
  ['driver'],
  ['cql', 'loader'],
  ['errors'],
]

/** Entry points of their own stand on few things: on the public names, or on the driver alone. */
const foundations: Readonly<Record<string, readonly string[]>> = {
  nestjs: ['index', 'migration/index'],
  cli: ['index', 'migration/index', 'loader/', 'errors/first-line'],
  testing: ['driver/', 'errors/'],
}

const drawers = new Set(['utils', 'util', 'helpers', 'helper', 'common', 'types', 'misc', 'shared'])
/** `driver/types` holds the driver's value classes; everywhere else the name says nothing. */
const named = new Set(['driver/types'])
const maxLines = 400
const maxFiles = 30

/** All that is wrong with a tree of files, by path below lib: one readable line each. */
export function findViolations(sources: ReadonlyMap<string, string>): readonly string[] {
  const modules = new Map([...sources].map(([path, source]) => [path, readModule(source)]))
  return [
    ...[...sources].flatMap(([path, source]) => shapeOf(path, source)),
    ...[...modules].flatMap(([path, { imports }]) => imports.flatMap((each) => judge(path, each))),
    ...cycles(modules),
    ...circlesOfFolders(modules),
    ...crowdedFolders(sources.keys()),
    ...publicNames(modules),
  ]
}

const folderOf = (path: string) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : '')
const floorOf = (folder: string) => floors.findIndex((folders) => folders.includes(folder))
const roomOf = (folder: string) => (folder === '' ? 'the root of lib' : `${folder}/`)

function shapeOf(path: string, source: string): readonly string[] {
  const problems: string[] = []
  const lines = source.split('\n').length - (source.endsWith('\n') ? 1 : 0)
  if (lines > maxLines) problems.push(`${path} has ${lines} lines; ${maxLines} is the most`)
  if (floorOf(folderOf(path)) === -1) problems.push(`${path} is in a folder that has no floor`)
  const parts = path.replace(/\.ts$/u, '').split('/')
  for (const [i, part] of parts.entries()) {
    if (drawers.has(part) && !named.has(parts.slice(0, i + 1).join('/')))
      problems.push(`${path}: '${part}' is a drawer; name what is inside`)
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

/** The files that each file imports. */
function importsOf(modules: ReadonlyMap<string, Module>): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...modules].map(([path, { imports }]) => [
      path,
      imports
        .filter((imported) => imported.startsWith('.'))
        .map((imported) => resolve(path, imported))
        .flatMap((target) => [`${target}.ts`, `${target}/index.ts`])
        .filter((file) => modules.has(file)),
    ]),
  )
}

/** Every circle of files once, as the files on it. */
function cycles(modules: ReadonlyMap<string, Module>): readonly string[] {
  return circles(importsOf(modules)).map((circle) => `a circle of imports: ${circle.join(' -> ')}`)
}

/** Inside a room, subfolders and the files beside them import each other one way only. */
function circlesOfFolders(modules: ReadonlyMap<string, Module>): readonly string[] {
  const imports = importsOf(modules)
  const folders = new Set([...modules.keys()].flatMap(foldersAbove))
  return [...folders].flatMap((folder) => {
    const inside = `${folder}/`
    const unitOf = (path: string) => path.slice(inside.length).split('/')[0] as string
    const units = new Map<string, Set<string>>()
    for (const [path, targets] of imports) {
      if (!path.startsWith(inside)) continue
      const unit = unitOf(path)
      const others = units.get(unit) ?? new Set<string>()
      units.set(unit, others)
      for (const target of targets) {
        if (target.startsWith(inside) && unitOf(target) !== unit) others.add(unitOf(target))
      }
    }
    return circles(units)
      .filter((circle) => circle.some((unit) => !unit.endsWith('.ts')))
      .map((circle) => `${inside} has a circle of folders: ${circle.join(' -> ')}`)
  })
}

/** 'a/b/c.ts' is below 'a' and 'a/b'. */
function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
}

function crowdedFolders(paths: Iterable<string>): readonly string[] {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const folder = posix.dirname(path)
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  return [...counts]
    .filter(([, count]) => count > maxFiles)
    .map(([folder, count]) => `${folder}/ has ${count} files; ${maxFiles} is the most`)
}

function circles(edges: ReadonlyMap<string, Iterable<string>>): readonly (readonly string[])[] {
  const found: (readonly string[])[] = []
  const finished = new Set<string>()
  const trail: string[] = []
  const visit = (node: string) => {
    if (finished.has(node)) return
    const start = trail.indexOf(node)
    if (start !== -1) {
      found.push([...trail.slice(start), node])
      return
    }
    trail.push(node)
    for (const next of edges.get(node) ?? []) visit(next)
    trail.pop()
    finished.add(node)
  }
  for (const node of edges.keys()) visit(node)
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
