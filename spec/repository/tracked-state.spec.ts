import { TrackedState } from '../../lib/repository/tracking/tracked-state'

const snapshot = (value: unknown) => ({ columns: [], values: [value] })
const doubtful = (state: TrackedState) => [...state.doubtful]

it('doubts the columns of a write until it was applied', () => {
  const state = new TrackedState(snapshot(0))
  const write = state.begin(['a', 'b'])
  expect(doubtful(state)).toEqual(['a', 'b'])
  expect(state.snapshot).toEqual(snapshot(0))
  state.markApplied(write, snapshot(1))
  expect(doubtful(state)).toEqual([])
  expect(state.snapshot).toEqual(snapshot(1))
})

it('doubts those of one that failed until another wrote them', () => {
  const state = new TrackedState(snapshot(0))
  state.begin(['a', 'b'])
  state.markApplied(state.begin(['b', 'c']), snapshot(1))
  expect(doubtful(state)).toEqual(['a'])
  state.markApplied(state.begin(['a']), snapshot(2))
  expect(doubtful(state)).toEqual([])
})

it('does not go back when an earlier write is told later', () => {
  const state = new TrackedState(snapshot(0))
  const first = state.begin(['a'])
  state.markApplied(state.begin(['a', 'b']), snapshot(2))
  state.markApplied(first, snapshot(1))
  expect(state.snapshot).toEqual(snapshot(2))
})

it('still doubts a later write', () => {
  const state = new TrackedState(snapshot(0))
  const first = state.begin(['a'])
  state.begin(['a'])
  state.markApplied(first, snapshot(1))
  expect(doubtful(state)).toEqual(['a'])
})
