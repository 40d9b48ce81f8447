import type { Client } from 'cassandra-driver'
import { controlConnectionOf } from './client-members'
import { type OwnRequestOptions, writeInOnePiece } from './direct-requests'
import {
  type Connection,
  type ReadOptions,
  decodesSample,
  frameReader,
  hookParser,
} from './direct-rows'
import { type GuardedOptions, findReasonNotToSend } from './request-guard'

type HookedOptions = GuardedOptions & ReadOptions & OwnRequestOptions

interface ExecutionOptions {
  getRawQueryOptions?(): HookedOptions | null | undefined
}
type Callback = (error: Error) => void
type SendStream = (
  this: Connection,
  request: unknown,
  options: ExecutionOptions | null,
  callback: Callback,
) => unknown
interface ConnectionClass {
  readonly prototype: { sendStream: SendStream; [hooked]?: Hooks }
}

/** The parts of the driver that are as known, so that they could be hooked. */
export interface Hooks {
  /** Requests are checked before they are sent. */
  readonly guardsRequests: boolean
  /** Rows can be decoded from the bytes of their frames, and requests written in one piece. */
  readonly decodesRows: boolean
}

const none: Hooks = { guardsRequests: false, decodesRows: false }

const hooked = Symbol('coodie.connections')

/** The operation of a request that was not sent, as far as the driver uses it. */
const unsent = { cancel: () => undefined }

/**
 * Looks at each request of a connected client before it is sent. Requests without options of coodie stay as they are,
 * and a connection's parser is hooked when the first request with a `FrameReader` is sent on it. Changes nothing if the
 * driver differs from the version that this was written for.
 */
export function hookConnections(client: Client): Hooks {
  const connection = controlConnectionOf<{ readonly connection?: Connection }>(client)?.connection
  if (connection === undefined) return none
  const { prototype } = connection.constructor as unknown as ConnectionClass
  if (prototype[hooked] !== undefined) return prototype[hooked]
  const original = prototype.sendStream
  const guardsRequests = typeof original === 'function' && original.length === 3
  const hooks: Hooks = { guardsRequests, decodesRows: guardsRequests && decodesSample(connection) }
  Object.defineProperty(prototype, hooked, { value: hooks })
  if (!guardsRequests) return hooks
  prototype.sendStream = function sendStream(request, options, callback) {
    const raw = options?.getRawQueryOptions?.()
    if (raw !== undefined && raw !== null) {
      const reason = findReasonNotToSend(request, raw)
      if (reason !== undefined) {
        // The driver expects an answer after this call.
        queueMicrotask(() => callback(reason))
        return unsent
      }
      if (hooks.decodesRows && frameReader in raw) hookParser(this)
      writeInOnePiece(request, raw)
    }
    return original.call(this, request, options, callback)
  }
  return hooks
}
