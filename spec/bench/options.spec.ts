import { parseOptions } from '../../bench/run/options'

describe('the command line of the benchmark', () => {
  it('measures all contenders in Node in 9 rounds', () => {
    expect(parseOptions([])).toEqual({
      save: undefined,
      compare: undefined,
      isQuick: false,
      only: undefined,
      rounds: 9,
      seed: 1,
      contenders: ['driver', 'again', 'mapper', 'express', 'coodie', 'prepared'],
    })
  })

  it('takes each of its options', () => {
    const args = '--save a-1.2 --compare b --quick --only ^get --rounds 2 --seed 7'.split(' ')
    expect(parseOptions([...args, '--contenders', 'driver, coodie'])).toEqual({
      save: 'a-1.2',
      compare: 'b',
      isQuick: true,
      only: '^get',
      rounds: 2,
      seed: 7,
      contenders: ['driver', 'coodie'],
    })
    expect(parseOptions(['--quick']).rounds).toBe(3)
  })

  it('has the contenders in Python with --peers', () => {
    expect(parseOptions(['--peers']).contenders).toEqual([
      'driver',
      'coodie',
      'python-driver',
      'python-coodie',
      'cqlengine',
    ])
  })

  it.each([
    [['--rounds', '0'], '--rounds must be a whole number from 1'],
    [['--seed', 'x'], "--seed must be a whole number from 0; it is 'x'"],
    [['--save', '../x'], "--save is a name of letters, digits, '.', '_' and '-'"],
    [['--only', '('], '--only is not a regular expression'],
    [
      ['--contenders', 'typeorm'],
      "there is no contender 'typeorm'; there are driver, again, mapper",
    ],
    [['--fast'], "Unknown option '--fast'"],
  ])('refuses %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(message)
  })
})
