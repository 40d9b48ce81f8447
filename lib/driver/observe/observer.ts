import { type ExecuteTrace, isTraced, traced } from './diagnostics'
import type { ResultPage } from '../execution'
import type { Observation } from './observation'
import type { StatementLog } from './statement-log'
import type { Telemetry } from './telemetry'

/** Reports requests to the log, the tracing channel and OpenTelemetry. */
export class Observer {
  constructor(
    private readonly log: StatementLog,
    private readonly telemetry: Telemetry | undefined,
  ) {}

  /** Says if requests are reported at all. Otherwise nothing needs to be measured. */
  get isOn(): boolean {
    return this.log.isOn || this.telemetry !== undefined || isTraced()
  }

  /** Runs a request with a span and metrics, traces it if the channel has subscribers, and logs it. */
  observe(observation: Observation, run: () => Promise<ResultPage>): Promise<ResultPage> {
    const { telemetry } = this
    const observed = () => this.#trace(observation, run)
    return telemetry === undefined ? observed() : telemetry.observe(observation, observed)
  }

  #trace(observation: Observation, run: () => Promise<ResultPage>): Promise<ResultPage> {
    const { cql, entity } = observation
    const trace: ExecuteTrace = { cql, entity }
    const measured = () => this.#measure(observation, trace, run)
    return isTraced() ? traced(trace, measured) : measured()
  }

  async #measure(
    { cql, entity, isSchema, started = performance.now() }: Observation,
    trace: ExecuteTrace,
    run: () => Promise<ResultPage>,
  ): Promise<ResultPage> {
    let page: ResultPage | undefined
    let error: Error | undefined
    try {
      page = await run()
      return page
    } catch (thrown) {
      error = thrown as Error
      throw thrown
    } finally {
      const duration = performance.now() - started
      trace.duration = duration
      if (page !== undefined) trace.rows = page.rows.length
      this.log.executed({ cql, entity, duration, rows: page?.rows.length, error }, isSchema)
    }
  }
}
