// A Nest application in CommonJS: the decorators are called as a compiler would.
const {
  CoodieHealthIndicator,
  CoodieModule,
  InjectDataSource,
  InjectRepository,
} = require('coodie/nestjs')
const coodie = require('coodie')
const { Inject, Injectable, Module } = require('@nestjs/common')
const { NestFactory } = require('@nestjs/core')
const { HealthCheckService, TerminusModule } = require('@nestjs/terminus')
const { application } = require('./nest-application.cjs')

const nest = { Inject, Injectable, Module, NestFactory, HealthCheckService, TerminusModule }
const ours = { CoodieHealthIndicator, CoodieModule, InjectDataSource, InjectRepository }

application(nest, ours, coodie)
  .then((told) => console.log(JSON.stringify(told)))
  .catch((error) => {
    console.error(error)
    process.exitCode = 1
  })
