import { Module } from '@nestjs/common'
import { CoodieModule } from 'coodie/nestjs'
import { Airport } from './airport'
import { AirportsController } from './airports.controller'
import { AirportsService } from './airports.service'

@Module({
  imports: [CoodieModule.forFeature([Airport])],
  controllers: [AirportsController],
  providers: [AirportsService],
  exports: [AirportsService],
})
export class AirportsModule {}
