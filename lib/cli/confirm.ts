import { CommandError } from './command-error'
import { visible } from './visible'

/**
 * Asks before data is lost, unless `--yes` was given. Throws `CommandError` if the answer is no, or if the command does
 * not run in a terminal.
 */
export async function confirm(
  consequence: string,
  question: string,
  isSure: boolean | undefined,
): Promise<void> {
  if (isSure === true) return
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new CommandError(1, `${consequence} Not a terminal: pass --yes to confirm.`)
  }
  const prompts = await import('@clack/prompts')
  const answer = await prompts.confirm({
    message: visible(`${consequence} ${question}`),
    initialValue: false,
  })
  if (answer !== true) throw new CommandError(1, 'nothing was changed')
}
