import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface CommandOptions {
  readonly cwd: string
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>
  /** In milliseconds; 0 is no limit. */
  readonly timeout?: number
}

/** Runs a command and returns its output. If it fails, the error contains what the command printed. */
export async function outputOf(
  command: string,
  args: readonly string[],
  { cwd, env = {}, timeout = 0 }: CommandOptions,
): Promise<string> {
  const options = {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
    timeout,
    maxBuffer: 1 << 26,
  }
  const { stdout } = await run(command, args, options).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`${command} ${args.join(' ')}\n${error.stdout ?? ''}${error.stderr ?? ''}`)
    },
  )
  return stdout
}
