import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/** The service of entities-example as users start it: a process of its own, asked over HTTP. */
export class ServiceProcess {
  readonly #child: ChildProcess
  #output = ''

  constructor(environment: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, ['entities-example/service/run.mjs'], {
      env: { ...process.env, PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (this.#output += text))
    }
  }

  /** Waits until it listens and says where. */
  async started(): Promise<this> {
    while (!this.#output.includes('Ctrl-C')) {
      if (this.hasEnded) throw new Error(`the service did not start: ${this.#output}`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    return this
  }

  get output(): string {
    return this.#output
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  get url(): string {
    return /http:\/\/\S+(?=\/api )/u.exec(this.#output)?.[0] ?? ''
  }

  /** Asks it. An answer that does not come fails the spec, and does not hang it. */
  async ask(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...(body !== undefined && {
        headers: { 'Content-Type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
      signal: AbortSignal.timeout(15_000),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json') === true
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: isJson ? (JSON.parse(text) as unknown) : text,
    }
  }

  /** Sends a signal, and waits until the process has ended by itself; gives its exit code. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (!this.hasEnded) {
      const ended = once(this.#child, 'exit')
      this.#child.kill(signal)
      const deadline = setTimeout(() => this.#child.kill('SIGKILL'), 30_000)
      await ended
      clearTimeout(deadline)
    }
    return this.#child.exitCode
  }
}

export interface Answer {
  readonly status: number
  readonly retryAfter: string | null
  readonly body: unknown
}
