import { Module } from '@nestjs/common'
import { TerminusModule } from '@nestjs/terminus'
import { CoodieHealthIndicator } from 'coodie/nestjs'
import { HealthController } from './health.controller'

@Module({
  imports: [TerminusModule],
  controllers: [HealthController],
  providers: [CoodieHealthIndicator],
})
export class HealthModule {}
