import { FrameWriter, type MarkerTypes, headerLength, maxBytesOf } from './frame-writer'

/**
 * Marks the options of a query or batch whose request may be written in one piece: all of its parameters come from
 * coodie's codecs, checked.
 */
export const ownRequest = Symbol('coodie.ownRequest')

/** The options of a query or batch whose request is written in one piece. */
export interface OwnRequestOptions {
  readonly [ownRequest]?: boolean | undefined
}
interface Encoder {
  readonly protocolVersion: number
}
interface Long {
  getHighBits(): number
  getLowBits(): number
}
interface RequestOptions {
  getRawQueryOptions?(): OwnRequestOptions | null | undefined
  isQueryTracing(): boolean
  getCustomPayload(): unknown
  getFetchSize(): number
  getPageState(): Buffer | null | undefined
  getConsistency(): number
  getSerialConsistency(): number | null | undefined
}

/** The used members of the driver's requests. */
interface Request {
  length: number
  readonly options: RequestOptions
  readonly timestamp: Long | null | undefined
}
interface Prepared {
  readonly queryId: Buffer
  readonly meta: MarkerTypes
  readonly params: readonly unknown[]
}
interface ExecuteRequest extends Request, Prepared {
  readonly consistency: number
  readonly namedParameters: boolean
}
interface BatchRequest extends Request {
  readonly queries: readonly Partial<Prepared>[]
  readonly type: number
}

type Write<R> = (this: R, encoder: Encoder, streamId: number) => Buffer
interface RequestClass<R> {
  readonly prototype: R & { write: Write<R>; [written]?: boolean }
}

/** Writes one kind of request. */
interface Layout<R> {
  /** Returns the statements of a request, each as the types of its markers. */
  statements(request: R): Iterable<MarkerTypes>
  /** Says if all of them are written as the driver writes them; undefined until all were compared. */
  isKnown(request: R, compared: Compared): boolean | undefined
  /** Returns the whole frame, or undefined if only the driver can write it. */
  write(request: R, version: number, streamId: number): Buffer | undefined
}

/** Statements by the result of the comparison: equal bytes, or not. */
type Compared = WeakMap<MarkerTypes, boolean>

const written = Symbol.for('coodie.directRequests')

/**
 * Makes marked requests of this kind be written in one piece; the driver makes a buffer for every length and every
 * value and joins them. The first request of each prepared statement is written both ways and compared. If the bytes
 * differ, and for every unknown case, the driver writes the request.
 */
export function writeInOnePiece(request: unknown, raw: OwnRequestOptions): void {
  if (raw[ownRequest] !== true) return
  if ((request as { readonly [written]?: boolean })[written] !== undefined) return
  if (Array.isArray((request as Partial<BatchRequest>).queries)) {
    enable<BatchRequest>(request, new BatchLayout())
  } else enable<ExecuteRequest>(request, new ExecuteLayout())
}

function enable<R extends Request>(request: unknown, layout: Layout<R>): void {
  const { prototype } = (request as object).constructor as unknown as RequestClass<R>
  const original: Write<R> = prototype.write
  const isKnown = Object.hasOwn(prototype, 'write') && original.length === 2
  Object.defineProperty(prototype, written, { value: isKnown })
  if (!isKnown) return
  const compared: Compared = new WeakMap()
  prototype.write = function write(encoder, streamId) {
    const { options } = this
    const { protocolVersion: version } = encoder
    const isKnownSame =
      options.getRawQueryOptions?.()?.[ownRequest] === true &&
      (version === 3 || version === 4) &&
      !options.isQueryTracing() &&
      !options.getCustomPayload() &&
      layout.isKnown(this, compared)
    if (isKnownSame === false) return original.call(this, encoder, streamId)
    const ours = layout.write(this, version, streamId)
    if (ours !== undefined) {
      this.length = ours.length - headerLength
      if (isKnownSame === true) return ours
    }
    const theirs = original.call(this, encoder, streamId)
    if (ours !== undefined) {
      for (const each of layout.statements(this)) compared.set(each, ours.equals(theirs))
    }
    return theirs
  }
}

/** `<id> <consistency> <flags> <params> <page size> <page state> <serial consistency> <timestamp>` */
class ExecuteLayout implements Layout<ExecuteRequest> {
  readonly #writer = new FrameWriter()

  statements({ meta }: ExecuteRequest) {
    return [meta]
  }

  isKnown({ queryId, meta, namedParameters }: ExecuteRequest, compared: Compared) {
    return queryId instanceof Uint8Array && !namedParameters ? compared.get(meta) : false
  }

  write(request: ExecuteRequest, version: number, streamId: number): Buffer | undefined {
    const { params, options, queryId, timestamp } = request
    const writer = this.#writer
    const pageState = options.getPageState() ?? undefined
    writer.begin(64 + queryId.length + (pageState?.length ?? 0) + maxBytesOf(params))
    writer.short(queryId.length)
    writer.bytes(queryId)
    writer.short(request.consistency)
    const fetchSize = options.getFetchSize()
    const serialConsistency = options.getSerialConsistency()
    const hasTimestamp = timestamp !== null && timestamp !== undefined
    writer.byte(
      (params.length > 0 ? 0x01 : 0) |
        (fetchSize > 0 ? 0x04 : 0) |
        (pageState === undefined ? 0 : 0x08) |
        (serialConsistency ? 0x10 : 0) |
        (hasTimestamp ? 0x20 : 0),
    )
    if (params.length > 0 && !writer.parameters(params, request.meta, version)) return undefined
    if (fetchSize > 0) writer.int(fetchSize)
    if (pageState !== undefined) {
      writer.int(pageState.length)
      writer.bytes(pageState)
    }
    if (serialConsistency) writer.short(serialConsistency)
    if (hasTimestamp) long(writer, timestamp)
    return writer.end(version, streamId, 0x0a)
  }
}

/** `<kind> <n> (<prepared> <id> <params>)… <consistency> <flags> <serial consistency> <timestamp>` */
class BatchLayout implements Layout<BatchRequest> {
  readonly #writer = new FrameWriter()

  statements({ queries }: BatchRequest) {
    return queries.flatMap(({ meta }) => meta ?? [])
  }

  isKnown({ queries }: BatchRequest, compared: Compared) {
    let isKnown: boolean | undefined = true
    let last: MarkerTypes | undefined
    for (const { queryId, meta } of queries) {
      if (queryId === undefined || meta === undefined) return false
      if (meta === last) continue
      last = meta
      const isSame = compared.get(meta)
      if (isSame === false) return false
      if (isSame === undefined) isKnown = undefined
    }
    return isKnown
  }

  write(request: BatchRequest, version: number, streamId: number): Buffer | undefined {
    const { options, timestamp, type } = request
    const queries = request.queries as readonly Prepared[]
    const writer = this.#writer
    let max = 32
    for (const { params, queryId } of queries) max += 3 + queryId.length + maxBytesOf(params)
    writer.begin(max)
    writer.byte(type)
    writer.short(queries.length)
    for (const { params, queryId, meta } of queries) {
      writer.byte(1)
      writer.short(queryId.length)
      writer.bytes(queryId)
      if (!writer.parameters(params, meta, version)) return undefined
    }
    writer.short(options.getConsistency())
    const serialConsistency = options.getSerialConsistency()
    const hasTimestamp = timestamp !== null && timestamp !== undefined
    writer.byte((serialConsistency ? 0x10 : 0) | (hasTimestamp ? 0x20 : 0))
    if (serialConsistency) writer.short(serialConsistency)
    if (hasTimestamp) long(writer, timestamp)
    return writer.end(version, streamId, 0x0d)
  }
}

function long(writer: FrameWriter, value: Long): void {
  writer.int(value.getHighBits())
  writer.int(value.getLowBits())
}
