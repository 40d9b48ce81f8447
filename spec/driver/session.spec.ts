import { createServer, type AddressInfo } from 'node:net'
import { type DriverClient, Session } from '../../lib/driver/session'
import { StatementLog } from '../../lib/driver/observe/statement-log'
import { ExecutionError, StatementError } from '../../lib/errors/errors'

const log = new StatementLog()

/** A port that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('Session.open, with no server', () => {
  it('names the contact point that refuses', async () => {
    const port = await closedPort()
    const opening = Session.open(
      { contactPoints: ['127.0.0.1'], localDataCenter: 'dc1', protocolOptions: { port } },
      log,
    )
    const error = await opening.catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ExecutionError)
    expect(error).toMatchObject({
      kind: 'connection',
      message:
        `no server could be reached at 127.0.0.1:${port}: connect ECONNREFUSED 127.0.0.1:${port}; ` +
        'are contactPoints and port right, and is the server running?',
    })
  })

  it('says what is wrong with the options', async () => {
    await expect(
      Session.open({ contactPoints: ['127.0.0.1'], protocolOptions: { maxVersion: 99 } }, log),
    ).rejects.toMatchObject({
      kind: 'connection',
      message:
        'the connection options cannot be used: protocolOptions.maxVersion provided (99) is invalid',
    })
  })

  it('refuses a client of another copy of the driver', async () => {
    const foreign = { execute: () => undefined, connect: () => undefined }
    const error = await Session.open(foreign as unknown as DriverClient, log).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(StatementError)
    expect(error).toMatchObject({
      message:
        'the client belongs to another copy of cassandra-driver; use one copy for both, ' +
        'or give the DataSource connection options instead of a client',
    })
  })
})
