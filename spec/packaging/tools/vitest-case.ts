import { tryTool } from './program'

it('works in vitest', async () => {
  expect(await tryTool()).toEqual({ isTool: true, name: 'Anvil', uses: [] })
}, 60_000)
