import { Module } from '@nestjs/common'
import { CoodieModule } from 'coodie/nestjs'
import { AirportsModule } from '../airports/airports.module'
import { flights } from '../settings'
import { Departure } from './departure'
import { DeparturesController } from './departures.controller'
import { DeparturesService } from './departures.service'

@Module({
  imports: [AirportsModule, CoodieModule.forFeature([Departure], flights)],
  controllers: [DeparturesController],
  providers: [DeparturesService],
})
export class DeparturesModule {}
