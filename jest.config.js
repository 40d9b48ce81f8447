'use strict'

const swc = (transform) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform,
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
    sourceMaps: 'inline',
  },
]
const legacy = swc({
  legacyDecorator: true,
  decoratorMetadata: true,
  useDefineForClassFields: true,
})
const tc39 = swc({ decoratorVersion: '2022-03', useDefineForClassFields: true })

const project = (displayName, folders, transform = legacy) => ({
  displayName,
  testEnvironment: 'node',
  testMatch: folders.map((folder) => `<rootDir>/spec/${folder}/**/*.spec.ts`),
  transform: { '^.+\\.ts$': transform },
  modulePathIgnorePatterns: ['<rootDir>/dist'],
})
const onServer = {
  globalSetup: '<rootDir>/spec/server/setup.ts',
  globalTeardown: '<rootDir>/spec/server/teardown.ts',
}

/** Which folders of spec/ need a real server, and which do not. */
const unit = [
  'architecture',
  'cql',
  'codec',
  'decorators',
  'metadata',
  'statement',
  'plan',
  'errors',
  'driver',
]
const server = ['integration', 'testing', 'packaging', 'example', 'docs']

module.exports = {
  projects: [
    project('unit', unit),
    project('tc39', ['tc39'], tc39),
    project('types', ['types']),
    { ...project('server', server), ...onServer },
  ],
  testTimeout: 60_000,
}
