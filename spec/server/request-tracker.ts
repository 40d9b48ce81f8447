import { type ExecutionOptions, tracker } from 'cassandra-driver'

/** The driver's typings call it an interface; it is a class, and only its instances are taken. */
const { RequestTracker } = tracker as unknown as {
  readonly RequestTracker: new () => tracker.RequestTracker
}

/** Records the requests that the driver executes: `new DataSource({ requestTracker })`. */
export class SeenRequests extends RequestTracker {
  readonly options: ExecutionOptions[] = []
  readonly queries: string[] = []

  override onSuccess(
    _host: unknown,
    query: unknown,
    _params: unknown,
    options: ExecutionOptions,
  ): void {
    this.queries.push(String(query))
    this.options.push(options)
  }

  /** The options with which the last request was executed. */
  last(): ExecutionOptions {
    const options = this.options.at(-1)
    if (options === undefined) throw new Error('nothing was executed')
    return options
  }
}
