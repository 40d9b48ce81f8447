import { type ChildProcess, fork, spawn } from 'node:child_process'
import { join } from 'node:path'
import { type ContenderName, isNodeName } from '../contenders'
import type { Answer, RequestName, Requests } from './messages'

const folder = join(__dirname, '..')

/** Python of the virtual environment that `npm run bench:peers` makes. */
export const python = join(folder, '.venv', 'bin', 'python')

/** The process of one contender. */
export class ContenderProcess {
  readonly #child: ChildProcess
  readonly #waiting = new Map<
    number,
    { readonly resolve: (answer: object) => void; readonly reject: (error: Error) => void }
  >()
  #last = 0

  constructor(readonly name: ContenderName) {
    this.#child = isNodeName(name)
      ? fork(join(folder, 'worker.cjs'))
      : spawn(python, ['-W', 'ignore', join(folder, 'peers', 'worker.py')], {
          stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        })
    this.#child.on('message', (message: Answer) => this.#answered(message))
    const end = (reason: string) => this.#ended(`the process of ${name} ended: ${reason}`)
    this.#child.on('error', (error) => end(error.message))
    this.#child.on('exit', (code, signal) => end(`code ${String(code ?? signal)}`))
  }

  /** Asks the process for something. Throws what went wrong in it. */
  async ask<N extends RequestName>(
    name: N,
    request: Requests[N]['request'],
  ): Promise<Requests[N]['answer']> {
    const id = ++this.#last
    const answer = new Promise<object>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#child.send({ id, name, ...request }, (error) => error && reject(error))
    })
    return await answer
  }

  /** Closes the contender; ends its process when it does not end by itself. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000)
    await this.ask('close', {}).catch(() => this.#child.kill())
    await ended
    clearTimeout(timer)
  }

  #answered(message: Answer): void {
    const waiting = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    if ('error' in message) waiting?.reject(new Error(`${this.name}: ${message.error}`))
    else waiting?.resolve(message.answer)
  }

  #ended(reason: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(reason))
    this.#waiting.clear()
  }
}
