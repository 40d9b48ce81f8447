import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'

/**
 * Runs in a Node.js process between this one and the server. It kills the server when the pipe to this process closes,
 * which happens however this process ends, and it ends with the server.
 */
const supervisor = `
const { spawn } = require('node:child_process')
const [command, ...args] = process.argv.slice(1)
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] })
process.stdout.write('')
child.on('error', () => process.exit(127))
child.on('exit', (code) => process.exit(code === null ? 1 : code))
process.stdin.on('data', (data) => data.toString().trim().split('\\n').forEach((signal) => child.kill(signal)))
process.stdin.on('end', () => child.kill('SIGKILL'))
process.stdin.on('error', () => child.kill('SIGKILL'))
`

/** A process that never outlives this one. */
export class SupervisedProcess {
  readonly #process: ChildProcess
  readonly #ended: Promise<void>
  #hasEnded = false

  constructor(command: string, args: readonly string[], logFile: string) {
    const log = openSync(logFile, 'a')
    this.#process = spawn(process.execPath, ['-e', supervisor, command, ...args], {
      stdio: ['pipe', log, log],
      // In a separate group, so that Ctrl-C at the terminal reaches this process first, which can stop it in order.
      detached: true,
    })
    closeSync(log)
    this.#ended = new Promise((resolve) => {
      this.#process.once('exit', () => {
        this.#hasEnded = true
        resolve()
      })
    })
    this.#process.unref()
    const { stdin } = this.#process
    if (stdin !== null) {
      stdin.on('error', () => undefined)
      ;(stdin as unknown as { unref?(): void }).unref?.()
    }
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  /** Stops the process from running until `resume`. Its connections stay open, and nothing answers on them. */
  pause(): void {
    this.#send('SIGSTOP')
  }

  resume(): void {
    this.#send('SIGCONT')
  }

  /** Ends the process in order, and after `patience` milliseconds by force. */
  async stop(patience = 20_000): Promise<void> {
    this.resume()
    await this.#signal('SIGTERM', patience)
  }

  async kill(): Promise<void> {
    await this.#signal('SIGKILL', 5_000)
  }

  async #signal(signal: 'SIGTERM' | 'SIGKILL', patience: number): Promise<void> {
    if (this.#hasEnded) return
    this.#process.ref()
    this.#send(signal)
    const force = setTimeout(() => this.#process.stdin?.end(), patience)
    await this.#ended
    clearTimeout(force)
  }

  #send(signal: NodeJS.Signals): void {
    if (!this.#hasEnded) this.#process.stdin?.write(`${signal}\n`)
  }
}
