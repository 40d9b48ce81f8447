'use strict'

const legacy = process.env.FORM === 'legacy'

module.exports = {
  plugins: [
    ...(legacy ? ['babel-plugin-transform-typescript-metadata'] : []),
    '@babel/plugin-transform-typescript',
    ['@babel/plugin-proposal-decorators', { version: legacy ? 'legacy' : '2023-11' }],
    ...(legacy ? ['@babel/plugin-transform-class-properties'] : []),
    '@babel/plugin-transform-modules-commonjs',
  ],
}
