import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { FromProgram, ToProgram } from './messages'

/** The time in milliseconds that a process may live on after it destroyed its data sources, on a busy machine. */
const maxLinger = 5_000

/** The end of a program. */
export interface Ending<R> {
  readonly report: R
  /** The milliseconds from the report, which follows `destroy()`, to the end of the process. */
  readonly lingered: number
}

/** A program of this folder in a process of its own. */
export class ProgramProcess<S, R> {
  readonly #child: ChildProcess
  readonly #ready: Promise<void>
  readonly #ending: Promise<Ending<R>>

  constructor(
    name: string,
    settings: S,
    /** The seconds after which the process is killed. */
    maxSeconds: number,
    /** Does what the program asks for. */
    private readonly answer: (what: string) => void | Promise<void> = () => undefined,
  ) {
    this.#child = fork(join(__dirname, '../program.cjs'), [name], {
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      execArgv: ['--expose-gc'],
    })
    const said: string[] = []
    this.#child.stderr?.on('data', (data) => said.push(String(data)))
    let becomeReady: () => void = () => undefined
    this.#ready = new Promise((resolve) => (becomeReady = resolve))
    this.#ending = new Promise((resolve, reject) => {
      let done: { readonly report: R; readonly at: number } | undefined
      let linger: NodeJS.Timeout | undefined
      const limit = setTimeout(() => this.kill(), maxSeconds * 1000)
      this.#child.on('message', (message: FromProgram<R>) => {
        if (message.kind === 'ready') becomeReady()
        else if (message.kind === 'ask') void this.#answer(message.what, reject)
        else {
          done = { report: message.report, at: performance.now() }
          linger = setTimeout(() => this.#child.kill('SIGKILL'), maxLinger)
        }
      })
      this.#child.on('exit', (code, signal) => {
        clearTimeout(linger)
        clearTimeout(limit)
        if (done !== undefined && code === 0) {
          resolve({ report: done.report, lingered: performance.now() - done.at })
          return
        }
        reject(new Error(`the program ${name} ${how()}\n${said.join('')}`))
        function how(): string {
          if (signal !== 'SIGKILL') return `ended with ${String(signal ?? code)}`
          return done === undefined
            ? `was killed, after ${maxSeconds} s at the latest`
            : `still ran ${maxLinger / 1000} s after it destroyed its data sources`
        }
      })
    })
    this.#ending.catch(() => undefined)
    this.#send({ kind: 'start', settings })
  }

  /** Resolves when the load of the program begins. Throws if its process ends before. */
  async ready(): Promise<void> {
    await Promise.race([this.#ready, this.#ending])
  }

  /** Ends the load and returns the report. Throws if the process ended otherwise than by itself after `destroy()`. */
  async stop(): Promise<Ending<R>> {
    this.#send({ kind: 'stop' })
    return this.#ending
  }

  /** Returns the report. Throws if the process ended otherwise than by itself after `destroy()`. */
  async end(): Promise<Ending<R>> {
    return this.#ending
  }

  /** Ends the process by force, unless it has ended. */
  kill(): void {
    this.#child.kill('SIGKILL')
  }

  async #answer(what: string, reject: (error: unknown) => void): Promise<void> {
    try {
      await this.answer(what)
      this.#send({ kind: 'answer' })
    } catch (error) {
      reject(error)
      this.kill()
    }
  }

  #send(message: ToProgram<S>): void {
    if (this.#child.connected) this.#child.send(message)
  }
}
