import { Controller, Get } from '@nestjs/common'
import { ApiTags } from '@nestjs/swagger'
import { HealthCheck, type HealthCheckResult, HealthCheckService } from '@nestjs/terminus'
import { CoodieHealthIndicator } from 'coodie/nestjs'
import { flights } from '../settings'

@ApiTags('health')
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly coodie: CoodieHealthIndicator,
  ) {}

  /** 200 when both data sources answer, else 503. */
  @Get()
  @HealthCheck()
  check(): Promise<HealthCheckResult> {
    return this.health.check([
      () => this.coodie.pingCheck('airports', { timeout: 1_000 }),
      () => this.coodie.pingCheck('flights', { dataSource: flights, timeout: 1_000 }),
    ])
  }
}
