// The same in ESM. What is imported first is evaluated first: here coodie, before Nest.
import {
  CoodieHealthIndicator,
  CoodieModule,
  InjectDataSource,
  InjectRepository,
} from 'coodie/nestjs'
import * as coodie from 'coodie'
import { Inject, Injectable, Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { HealthCheckService, TerminusModule } from '@nestjs/terminus'
import { application } from './nest-application.cjs'

const nest = { Inject, Injectable, Module, NestFactory, HealthCheckService, TerminusModule }
const ours = { CoodieHealthIndicator, CoodieModule, InjectDataSource, InjectRepository }
console.log(JSON.stringify(await application(nest, ours, coodie)))
