import type { EventEmitter } from 'node:events'
import type { Client } from 'cassandra-driver'
import { controlConnectionOf, optionsOf } from './client-members'

interface Connection {
  readonly endpoint: string
}
interface Host {
  removeFromPool(connection: Connection): void
}
type Schedule = Iterator<number, unknown>

/** The used members of the driver's control connection. */
interface Control extends EventEmitter {
  host: Host | null
  connection: Connection | null
  _triedHosts: Record<string, unknown>
  _isShuttingDown: boolean
  _reconnectionSchedule: Schedule
  readonly _reconnectionPolicy: { newSchedule(): Schedule }
  readonly _profileManager: { getDefaultLoadBalancing(): LoadBalancing }
  readonly _contactPoints: Set<string>
  readonly _resolvedContactPoints: Map<string, unknown>
  log(level: string, message: string, error?: unknown): void
  shutdown(): void
  _refresh(): Promise<void>
  _borrowAConnection(hosts: Iterator<Host>): Connection
  _refreshHosts(isInitializing: boolean, isReconnecting: boolean): Promise<void>
  _registerToConnectionEvents(): Promise<void>
  _setHealthListeners(host: Host, connection: Connection): void
  _parseContactPoint(name: string): Promise<void>
  _initializeConnection(): Promise<void>
}
interface LoadBalancing {
  newQueryPlan(
    keyspace: null,
    options: null,
    done: (error: Error | null | undefined, hosts: Iterator<Host>) => void,
  ): void
}

/** The methods with their numbers of parameters. */
const methods = {
  shutdown: 0,
  _refresh: 1,
  _borrowAConnection: 1,
  _refreshHosts: 2,
  _registerToConnectionEvents: 0,
  _setHealthListeners: 2,
  _parseContactPoint: 1,
  _initializeConnection: 0,
} as const satisfies Partial<Record<keyof Control, number>>

function isAsKnown(control: Control | undefined): control is Control {
  return (
    control !== undefined &&
    Object.entries(methods).every(([name, parameters]) => {
      const method = control[name as keyof typeof methods] as unknown
      return typeof method === 'function' && method.length === parameters
    }) &&
    typeof control._reconnectionPolicy?.newSchedule === 'function' &&
    typeof control._profileManager?.getDefaultLoadBalancing === 'function' &&
    control._contactPoints instanceof Set &&
    control._resolvedContactPoints instanceof Map &&
    typeof control._isShuttingDown === 'boolean'
  )
}

/**
 * Replaces the driver's way to a new control connection after it lost one. The driver's own way starts a second refresh
 * while one is under way, listens twice to one connection, throws out of a timer when two refreshes meet (NODEJS-681),
 * which ends the process, and cannot cancel its timer. Calls `onEnd` after each refresh. Changes nothing if the driver
 * differs from the known version.
 */
export function refreshControlConnection(client: Client, onEnd: () => void): void {
  const control = controlConnectionOf<Control>(client)
  const { sni, contactPoints = [] } = (optionsOf(client) ?? {}) as {
    readonly sni?: unknown
    readonly contactPoints?: readonly string[]
  }
  if (!isAsKnown(control)) return
  let running: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  const connect = async (): Promise<void> => {
    const hosts = await planOf(control)
    for (;;) {
      try {
        control.connection = control._borrowAConnection(hosts)
      } catch (error) {
        if (sni !== undefined) throw error
        break
      }
      const { connection } = control
      try {
        await control._refreshHosts(false, true)
        await control._registerToConnectionEvents()
        const { host } = control
        if (host === null) continue
        control._setHealthListeners(host, connection)
        return
      } catch (error) {
        control._triedHosts[connection.endpoint] = error
        const isLost = (error as { isSocketError?: unknown }).isSocketError === true
        if (isLost) control.host?.removeFromPool(connection)
      }
    }
    // The addresses may have changed since (NODEJS-632).
    control._contactPoints.clear()
    control._resolvedContactPoints.clear()
    await Promise.all(contactPoints.map((name) => control._parseContactPoint(name)))
    await control._initializeConnection()
  }

  const run = async (): Promise<void> => {
    control.host = null
    control.connection = null
    control._triedHosts = {}
    try {
      await connect()
      control._reconnectionSchedule = control._reconnectionPolicy.newSchedule()
      control.emit('newConnection', null, control.connection, control.host)
    } catch (error) {
      if (control._isShuttingDown) return
      const delay = control._reconnectionSchedule.next().value as number
      control.log('warning', `no control connection; the next attempt is in ${delay} ms`, error)
      timer = setTimeout(refresh, delay)
      control.emit('newConnection', error)
    } finally {
      onEnd()
    }
  }

  const refresh = (): Promise<void> => {
    if (control._isShuttingDown) return Promise.resolve()
    clearTimeout(timer)
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }

  const shutdown = control.shutdown.bind(control)
  control._refresh = refresh
  control.shutdown = () => {
    shutdown()
    clearTimeout(timer)
  }
}

function planOf({ _profileManager }: Control): Promise<Iterator<Host>> {
  return new Promise((resolve, reject) => {
    _profileManager
      .getDefaultLoadBalancing()
      .newQueryPlan(null, null, (error, hosts) => (error ? reject(error) : resolve(hosts)))
  })
}
