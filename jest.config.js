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

const project = (displayName, places, transform = legacy) => ({
  displayName,
  testEnvironment: 'node',
  testMatch: places.map(
    (place) => `<rootDir>/spec/${place.endsWith('.spec.ts') ? place : `${place}/**/*.spec.ts`}`,
  ),
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
  'schema',
  'plain',
  'validation',
  'repository',
  'data-source',
  'errors',
  'driver',
  'cli',
  'migration',
  'bench',
  'docs/completeness.spec.ts',
  'docs/types-table.spec.ts',
  'docs/comments.spec.ts',
]
const server = [
  'integration',
  'testing',
  'packaging',
  'example',
  'service',
  'bench-run',
  'docs/documents.spec.ts',
  'docs/doc-comments.spec.ts',
]

/** Specs on the server that run a second time under TC39 decorators: every type in them is written. */
const inBothForms = [
  'everyday',
  'lwt',
  'hooks',
  'dates',
  'versions',
  'custom-repositories',
  'constructors',
].map((name) => `integration/${name}.spec.ts`)

/** Specs on the server that run again where rows are read out of the driver's own, not out of frames. */
const overRows = [
  'everyday',
  'change-tracking',
  'paging',
  'type-matrix',
  'user-types',
  'empty-parts',
  'computed-columns',
  'lwt',
  'hooks',
  'inheritance',
  'nearest',
  'dates',
  'constructors',
  'unfilled',
  'no-tombstones',
]
/** Specs on the server that run again where functions are composed, not generated. */
const asClosures = [
  'everyday',
  'change-operators',
  'change-tracking',
  'type-matrix',
  'transformers',
  'unset',
  'lwt',
  'inheritance',
  'nearest',
  'constructors',
  'unfilled',
  'no-tombstones',
]

const again = (displayName, names, setup) => ({
  ...project(
    displayName,
    names.map((name) => `integration/${name}.spec.ts`),
  ),
  ...onServer,
  setupFiles: [`<rootDir>/spec/server/${setup}.ts`],
})

/** NestJS 12 and some of what it needs are ES modules, which jest has compiled. */
const nest = {
  ...project('nest', ['nestjs']),
  transform: { '^.+\\.[cm]?[jt]s$': legacy },
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/)'],
}

module.exports = {
  projects: [
    project('unit', unit),
    project('tc39', ['tc39'], tc39),
    project('types', ['types']),
    { ...project('server', server), ...onServer },
    { ...project('server-tc39', inBothForms, tc39), ...onServer },
    { ...nest, ...onServer },
    again('server-rows', overRows, 'without-direct-rows'),
    again('server-closures', asClosures, 'without-code-generation'),
    { ...project('cluster', ['cluster']), ...onServer },
  ],
  testTimeout: 60_000,
}
