import { CommandError } from './command-error'

/**
 * Asks before something is lost. Throws `CommandError` when the answer is no, and where nobody can be asked: `--yes` says so
 * beforehand.
 */
export async function confirm(question: string, isSure: boolean | undefined): Promise<void> {
  if (isSure === true) return
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new CommandError(1, `${question} Nobody is here to ask; say --yes`)
  }
  const prompts = await import('@clack/prompts')
  const answer = await prompts.confirm({ message: question, initialValue: false })
  if (answer !== true) throw new CommandError(1, 'nothing was changed')
}
