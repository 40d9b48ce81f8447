import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isNodeName, nodeContenders } from '../contenders'
import type { Contender, Extras, Operation } from '../contenders/contender'
import { measure } from '../measure/measure'
import { micro } from '../measure/micro'
import { replay } from '../measure/replay'
import { comparable } from '../models/values'
import type { Answer, Request, RequestName, Requests, Versions } from './messages'

type Handlers = {
  [N in RequestName]: (request: Requests[N]['request']) => Promise<Requests[N]['answer']>
}

/** Answers the run's requests with one contender, until it is closed. */
export function serve(): void {
  let contender: Contender | undefined
  let operation: Operation = () => undefined
  let next = 0
  let undo = () => {}
  const opened = (): Contender => {
    if (contender === undefined) throw new Error('the contender is not open')
    return contender
  }
  const extras = (): Extras => {
    const found = opened().extras
    if (found === undefined) throw new Error('the contender has no such measure')
    return found
  }

  const handlers: Handlers = {
    open: async ({ contender: name, place }) => {
      if (!isNodeName(name)) throw new Error(`${name} is not a contender in Node`)
      contender = await nodeContenders[name].open(place)
      return { versions: versionsOf(name) }
    },
    prepare: async ({ group, given, isReplayed }) => {
      const made = await opened().operation(group, given)
      if (typeof made !== 'function') return made
      operation = made
      const result = comparable(await operation(0))
      if (!isReplayed) {
        next = 1
        return { result }
      }
      undo = await replay(opened().client, () => operation(0))
      return { result: comparable(await operation(0)) }
    },
    measure: async ({ count, width }) => {
      const measured = await measure(operation, { from: next, count, width })
      next += count
      return measured
    },
    micro: async ({ seconds }) => ({ wall: await micro(operation, seconds) }),
    finish: async () => {
      undo()
      undo = () => {}
      next = 0
      operation = () => undefined
      return {}
    },
    prepared: async ({ calls }) => extras().countPrepared(calls),
    heap: async () => ({ samples: await extras().heldHeap() }),
    startUp: async ({ entities }) => extras().startUp(entities),
    close: async () => {
      await contender?.close()
      return {}
    },
  }

  process.on('message', (request: Request) => {
    const handler = handlers[request.name] as (given: object) => Promise<object>
    handler(request).then(
      (answer) => send({ id: request.id, answer }, request.name === 'close'),
      (error: unknown) =>
        send({
          id: request.id,
          error: error instanceof Error ? String(error.stack) : String(error),
        }),
    )
  })
}

function send(answer: Answer, isLast = false): void {
  process.send?.(answer, () => {
    if (isLast) process.disconnect()
  })
}

function versionsOf(name: string): Versions {
  const packages = ['cassandra-driver', ...(name === 'express' ? ['express-cassandra'] : [])]
  if (name === 'coodie' || name === 'prepared') packages.push('coodie')
  return Object.fromEntries(packages.map((one) => [one, versionOf(one)]))
}

function versionOf(name: string): string {
  let folder = dirname(require.resolve(name))
  for (;;) {
    try {
      const read = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
        name?: string
        version: string
      }
      if (read.name === name) return read.version
    } catch {
      // It is in a folder further up.
    }
    if (folder === dirname(folder)) return 'unknown'
    folder = dirname(folder)
  }
}
