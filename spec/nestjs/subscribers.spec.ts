import { Injectable } from '@nestjs/common'
import { Test } from '@nestjs/testing'
import {
  Column,
  DataSource,
  Entity,
  type EntityEvent,
  type EntitySubscriber,
  EventSubscriber,
  PartitionKey,
} from '../../lib'
import { CoodieModule } from '../../lib/nestjs'
import { connection, useKeyspace } from '../server/keyspace'

@Entity('users')
class User {
  @PartitionKey('text') name!: string
  @Column('int') age?: number
}

@Injectable()
class Journal {
  readonly lines: string[] = []
}

@Injectable()
@EventSubscriber(User)
class UserSubscriber implements EntitySubscriber<User> {
  constructor(
    db: DataSource,
    private readonly journal: Journal,
  ) {
    db.addSubscriber(this)
  }

  afterInsert({ entity }: EntityEvent<User>): void {
    this.journal.lines.push(entity.name)
  }
}

const keyspace = useKeyspace()

it('lets a provider subscribe, with what is injected into it', async () => {
  const module = await Test.createTestingModule({
    imports: [
      CoodieModule.forRoot({
        ...connection(),
        keyspace: keyspace.name,
        synchronize: true,
        autoLoadEntities: true,
      }),
      CoodieModule.forFeature([User]),
    ],
    providers: [Journal, UserSubscriber],
  }).compile()
  const users = module.get(DataSource).getRepository(User)
  await users.insert(users.create({ name: 'Ann', age: 1 }))
  expect(module.get(Journal).lines).toEqual(['Ann'])
  await module.close()
})
