import type { Contender, Place } from './contender'

/** A contender of the Node process, by what the report calls it. */
interface NodeContender {
  readonly title: string
  readonly open: (place: Place) => Promise<Contender>
}

/**
 * The contenders in Node. Each is loaded in a process of its own: express-cassandra alone slows everyone in
 * its process.
 */
export const nodeContenders = {
  driver: {
    title: 'cassandra-driver',
    open: (place) => (require('./driver') as typeof import('./driver')).open(place),
  },
  /** The bare driver once more: its ratio to the bare driver is the error of the measurement. */
  again: {
    title: 'driver again',
    open: (place) => (require('./driver') as typeof import('./driver')).open(place),
  },
  mapper: {
    title: 'driver Mapper',
    open: (place) => (require('./mapper') as typeof import('./mapper')).open(place),
  },
  express: {
    title: 'express-cassandra',
    open: (place) => (require('./express') as typeof import('./express')).open(place),
  },
  coodie: {
    title: 'coodie',
    open: (place) => (require('./coodie') as typeof import('./coodie')).open(place),
  },
  prepared: {
    title: 'coodie (prepared)',
    open: (place) => (require('./prepared') as typeof import('./prepared')).open(place),
  },
} as const satisfies Record<string, NodeContender>

/** The contenders in Python: `npm run bench:peers`. */
export const pythonContenders = {
  'python-driver': { title: 'Python cassandra-driver' },
  'python-coodie': { title: 'Python coodie' },
  cqlengine: { title: 'Python cqlengine' },
} as const

export type NodeName = keyof typeof nodeContenders
export type PythonName = keyof typeof pythonContenders
export type ContenderName = NodeName | PythonName

export const titles = Object.fromEntries(
  Object.entries({ ...nodeContenders, ...pythonContenders }).map(([name, { title }]) => [
    name,
    title,
  ]),
) as Readonly<Record<ContenderName, string>>

export function isNodeName(name: ContenderName): name is NodeName {
  return name in nodeContenders
}
