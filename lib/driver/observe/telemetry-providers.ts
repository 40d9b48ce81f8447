import { createRequire } from 'node:module'
import { join } from 'node:path'
import { StatementError } from '../../errors/errors'

/** The used members of a span of OpenTelemetry. */
export interface Span {
  setAttributes(attributes: Attributes): unknown
  setStatus(status: { readonly code: number; readonly message?: string }): unknown
  end(): void
}

export type Attributes = Readonly<Record<string, string | number | boolean>>

/** The used members of a tracer. */
export interface Tracer {
  startActiveSpan<T>(
    name: string,
    options: { readonly kind: number; readonly attributes: Attributes },
    run: (span: Span) => T,
  ): T
}

/** The used members of a histogram. */
export interface Histogram {
  record(value: number, attributes: Attributes): void
}

/** The used members of a counter. */
export interface Counter {
  add(value: number): void
}

interface InstrumentOptions {
  readonly description: string
  readonly unit: string
  readonly advice?: { readonly explicitBucketBoundaries: number[] }
}

/** The used members of a meter. */
export interface Meter {
  createHistogram(name: string, options: InstrumentOptions): Histogram
  createCounter(name: string, options: InstrumentOptions): Counter
  createUpDownCounter(name: string, options: InstrumentOptions): Counter
}

/**
 * Providers of OpenTelemetry, which receive spans and metrics. Without `tracerProvider` there are no spans, without
 * `meterProvider` no metrics. `true` instead of this object uses the providers that the process has registered.
 */
export interface TelemetryProviders {
  /** The provider of tracers: makes spans. */
  readonly tracerProvider?: { getTracer(name: string, version?: string): object } | undefined
  /** The provider of meters: makes metrics. */
  readonly meterProvider?: { getMeter(name: string, version?: string): object } | undefined
}

interface Api {
  readonly trace: NonNullable<TelemetryProviders['tracerProvider']>
  readonly metrics: NonNullable<TelemetryProviders['meterProvider']>
}

// In a bundle of ES modules there is no file name; the packages are then those of the application.
const load = createRequire(
  typeof __filename === 'string' ? __filename : join(process.cwd(), 'index.js'),
)

/** Returns the tracer and the meter. Throws `StatementError` if `@opentelemetry/api` is needed and not installed. */
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

/** Returns the version of this package, or undefined if it was bundled into something else. */
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
