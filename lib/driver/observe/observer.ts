import { type ExecuteTrace, isTraced, traced } from './diagnostics'
import type { ResultPage } from '../execution'
import type { Observation } from './observation'
import type { StatementLog } from './statement-log'
import type { Telemetry } from './telemetry'

/** Who looks at requests: the log, the tracing channel, OpenTelemetry. */
export class Observer {
  constructor(
    private readonly log: StatementLog,
    private readonly telemetry: Telemetry | undefined,
  ) {}

  /** False: nobody looks, and nothing needs to be measured. */
  get isOn(): boolean {
    return this.log.isOn || this.telemetry !== undefined || isTraced()
  }

  /** Runs it: with a span and metrics, traced where anybody listens, and logged. */
  observe(observation: Observation, run: () => Promise<ResultPage>): Promise<ResultPage> {
    const { telemetry } = this
    const observed = () => this.#traced(observation, run)
    return telemetry === undefined ? observed() : telemetry.observe(observation, observed)
  }

  #traced(observation: Observation, run: () => Promise<ResultPage>): Promise<ResultPage> {
    const { cql, entity } = observation
    const trace: ExecuteTrace = { cql, entity }
    const measured = () => this.#measured(observation, trace, run)
    return isTraced() ? traced(trace, measured) : measured()
  }

  async #measured(
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
