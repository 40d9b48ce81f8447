import type { INestApplication } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger'
import { AppModule } from './app.module'
import type { Cluster } from './settings'

/** The application, with its OpenAPI document at /api-json and a page for people at /api; it does not listen yet. */
export async function createService(cluster: Cluster): Promise<INestApplication> {
  const app = await NestFactory.create(AppModule.on(cluster), { logger: ['error', 'warn'] })
  const about = new DocumentBuilder()
    .setTitle('Departures')
    .setDescription('US airports and their flights of January to March 2001.')
    .setVersion('1.0')
    .build()
  SwaggerModule.setup('api', app, () => SwaggerModule.createDocument(app, about))
  return app
}
