import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  Optional,
  StreamableFile,
} from '@nestjs/common'
import { type Observable, map } from 'rxjs'
import { type DataSource, type PlainOptions, ReadRepository } from '../index'
import { getDataSourceToken } from './data-source-token'

/** The metadata of `@SerializeOptions()` of Nest. */
const serializeOptions = 'class_serializer:options'

/**
 * Makes any response JSON-safe: entities, copies of entities, pages, and values such as Uuid, bigint, Map, Set and Buffer
 * anywhere inside. Entities become what `toPlain` makes of them, with `@Exclude` and `@Expose` of class-transformer and the
 * groups of `@SerializeOptions({ groups })`. A bigint becomes text, a Map an object, a Set an array, a Buffer base64 text.
 * A copy by spread has lost its class, and so its `@Exclude`. Files, streams and a Buffer as the whole response pass.
 *
 * ```ts
 * // in the providers of a module: { provide: APP_INTERCEPTOR, useClass: CoodieJsonInterceptor }
 * app.useGlobalInterceptors(new CoodieJsonInterceptor(db))
 * ```
 */
@Injectable()
export class CoodieJsonInterceptor implements NestInterceptor {
  constructor(
    @Optional() @Inject(getDataSourceToken()) private readonly dataSource?: DataSource | undefined,
  ) {}

  /** Converts the response of a handler; called by Nest. */
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const given: unknown =
      Reflect.getMetadata(serializeOptions, context.getHandler()) ??
      Reflect.getMetadata(serializeOptions, context.getClass())
    const groups = (given as PlainOptions | undefined)?.groups
    const convert = new JsonSafe(this.dataSource, groups === undefined ? {} : { groups })
    return next.handle().pipe(map((response: unknown) => convert.response(response)))
  }
}

type Converter = (entity: object) => unknown

/** Converts the values of one response. */
class JsonSafe {
  readonly #converters = new Map<unknown, Converter | undefined>()

  constructor(
    private readonly dataSource: DataSource | undefined,
    private readonly options: PlainOptions,
  ) {}

  response(value: unknown): unknown {
    return isRaw(value) ? value : this.value(value)
  }

  value(value: unknown): unknown {
    if (typeof value === 'bigint') return String(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((each) => this.value(each))
    if (Buffer.isBuffer(value)) return value.toString('base64')
    if (ArrayBuffer.isView(value)) return Array.from(value as Float32Array)
    if (value instanceof Set) return Array.from(value, (each) => this.value(each))
    if (value instanceof Map) {
      return Object.fromEntries(
        Array.from(value, ([key, each]) => [String(this.value(key)), this.value(each)]),
      )
    }
    const convert = this.#converterOf(value.constructor)
    if (convert !== undefined) return convert(value)
    if ('toJSON' in value && typeof value.toJSON === 'function') {
      return this.value((value.toJSON as () => unknown)())
    }
    return Object.fromEntries(
      Object.entries(value).map(([property, each]) => [property, this.value(each)]),
    )
  }

  /** Returns `toPlain` of the repository of a class; undefined for a class that is not an entity of the data source. */
  #converterOf(target: unknown): Converter | undefined {
    if (!this.#converters.has(target)) this.#converters.set(target, this.#findConverter(target))
    return this.#converters.get(target)
  }

  #findConverter(target: unknown): Converter | undefined {
    const db = this.dataSource
    const metadata = db?.entityMetadatas?.find((each) => each.target === target)
    if (db === undefined || metadata === undefined) return undefined
    const repository: unknown =
      metadata.kind === 'view'
        ? db.getViewRepository(metadata.target)
        : metadata.hasCounters
          ? db.getCounterRepository(metadata.target)
          : db.getRepository(metadata.target)
    return repository instanceof ReadRepository
      ? (entity) => repository.toPlain(entity, this.options)
      : undefined
  }
}

/** Tests whether Nest sends a response unchanged: a file, a stream, or bytes. */
function isRaw(value: unknown): boolean {
  if (value instanceof StreamableFile || Buffer.isBuffer(value)) return true
  return (
    typeof value === 'object' &&
    value !== null &&
    'pipe' in value &&
    typeof value.pipe === 'function'
  )
}
