import 'reflect-metadata'
import { Exclude } from 'class-transformer'
import { Column, DataSource, Entity, PartitionKey } from 'coodie'

class User {}
PartitionKey('text')(User.prototype, 'name')
Column('text')(User.prototype, 'password')
Exclude()(User.prototype, 'password')
Entity('users')(User)

const users = new DataSource({
  contactPoints: ['127.0.0.1:1'],
  localDataCenter: 'datacenter1',
  keyspace: 'shop',
  entities: [User],
}).getRepository(User)
console.log(JSON.stringify(users.toPlain(users.create({ name: 'Ann', password: 'secret' }))))
