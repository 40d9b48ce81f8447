import { createRequire } from 'node:module'
import { StatementError } from '../../errors/errors'

/** What is used of a span of OpenTelemetry. */
export interface Span {
  setAttributes(attributes: Attributes): unknown
  setStatus(status: { readonly code: number; readonly message?: string }): unknown
  end(): void
}

export type Attributes = Readonly<Record<string, string | number | boolean>>

/** What is used of a tracer. */
export interface Tracer {
  startActiveSpan<T>(
    name: string,
    options: { readonly kind: number; readonly attributes: Attributes },
    run: (span: Span) => T,
  ): T
}

/** What is used of a histogram. */
export interface Histogram {
  record(value: number, attributes: Attributes): void
}

/** What is used of a counter. */
export interface Counter {
  add(value: number): void
}

interface InstrumentOptions {
  readonly description: string
  readonly unit: string
  readonly advice?: { readonly explicitBucketBoundaries: number[] }
}

/** What is used of a meter. */
export interface Meter {
  createHistogram(name: string, options: InstrumentOptions): Histogram
  createCounter(name: string, options: InstrumentOptions): Counter
  createUpDownCounter(name: string, options: InstrumentOptions): Counter
}

/**
 * Where spans and metrics go: providers of OpenTelemetry. Without one of them there are no spans, or no metrics.
 * `true` in place of both is those that the process has registered.
 */
export interface TelemetryProviders {
  readonly tracerProvider?: { getTracer(name: string, version?: string): object } | undefined
  readonly meterProvider?: { getMeter(name: string, version?: string): object } | undefined
}

interface Api {
  readonly trace: NonNullable<TelemetryProviders['tracerProvider']>
  readonly metrics: NonNullable<TelemetryProviders['meterProvider']>
}

const load = createRequire(__filename)

/** The tracer and the meter. Throws `StatementError` where `@opentelemetry/api` is needed and not there. */
export function openTelemetry(option: true | TelemetryProviders): {
  readonly tracer: Tracer | undefined
  readonly meter: Meter | undefined
} {
  const { tracerProvider, meterProvider } = option === true ? registered() : option
  const version = ownVersion()
  return {
    tracer: tracerProvider?.getTracer('coodie', version) as Tracer | undefined,
    meter: meterProvider?.getMeter('coodie', version) as Meter | undefined,
  }
}

/** Undefined where the package was bundled into something else. */
function ownVersion(): string | undefined {
  try {
    return (load('../../package.json') as { version: string }).version
  } catch {
    return undefined
  }
}

function registered(): TelemetryProviders {
  try {
    const { trace, metrics } = load('@opentelemetry/api') as Api
    return { tracerProvider: trace, meterProvider: metrics }
  } catch (error) {
    throw new StatementError(
      'telemetry: true needs @opentelemetry/api: npm install @opentelemetry/api; ' +
        'or give the providers: telemetry: { tracerProvider, meterProvider }',
      { cause: error },
    )
  }
}
