import { type DynamicModule, Module } from '@nestjs/common'
import { APP_FILTER, APP_PIPE } from '@nestjs/core'
import { CoodieModule } from 'coodie/nestjs'
import { AirportsModule } from './airports/airports.module'
import { DeparturesModule } from './departures/departures.module'
import { HealthModule } from './health/health.module'
import { BadRequestFilter } from './http/bad-request.filter'
import { CoodieErrorFilter } from './http/coodie-error.filter'
import { validationPipe } from './http/validation.pipe'
import { type Cluster, connection, flights } from './settings'

@Module({
  imports: [AirportsModule, DeparturesModule, HealthModule],
  providers: [
    { provide: APP_PIPE, useFactory: validationPipe },
    { provide: APP_FILTER, useClass: BadRequestFilter },
    { provide: APP_FILTER, useClass: CoodieErrorFilter },
  ],
})
export class AppModule {
  /** The application on a cluster. */
  static on(cluster: Cluster): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CoodieModule.forRoot(connection(cluster, 'airports')),
        CoodieModule.forRoot({ name: flights, ...connection(cluster, flights) }),
      ],
    }
  }
}
