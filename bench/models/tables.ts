import type { Table } from './table'

/** The tables of the benchmark. */
export const tables = {
  products: {
    columns: {
      id: 'uuid',
      name: 'text',
      brand: 'text',
      category: 'text',
      price: 'float',
      tags: 'list<text>',
      description: 'text',
    },
    partitionKey: ['id'],
    indexed: ['brand', 'category'],
  },
  events: {
    columns: { id: 'uuid', event_type: 'text', payload: 'text' },
    partitionKey: ['id'],
  },
  users: {
    columns: {
      id: 'uuid',
      username: 'text',
      email: 'text',
      full_name: 'text',
      registration_date: 'timestamp',
      roles: 'list<text>',
      picture_id: 'uuid',
      api_token: 'text',
    },
    partitionKey: ['id'],
    indexed: ['username', 'email', 'api_token'],
  },
  test_runs: {
    columns: {
      build_id: 'text',
      start_time: 'timestamp',
      id: 'uuid',
      release_id: 'uuid',
      group_id: 'uuid',
      test_id: 'uuid',
      assignee: 'uuid',
      status: 'text',
      investigation_status: 'text',
      heartbeat: 'int',
      end_time: 'timestamp',
      build_job_url: 'text',
      scylla_version: 'text',
    },
    partitionKey: ['build_id'],
    clusteringKey: { start_time: 'desc' },
    indexed: ['id', 'release_id', 'group_id', 'test_id', 'assignee'],
  },
  run_events: {
    columns: {
      id: 'uuid',
      release_id: 'uuid',
      group_id: 'uuid',
      test_id: 'uuid',
      run_id: 'uuid',
      user_id: 'uuid',
      kind: 'text',
      body: 'text',
      created_at: 'timestamp',
    },
    partitionKey: ['id'],
    indexed: ['release_id', 'group_id', 'test_id', 'run_id', 'user_id', 'kind'],
  },
  notifications: {
    columns: {
      receiver: 'uuid',
      id: 'timeuuid',
      type: 'text',
      state: 'int',
      sender: 'uuid',
      source_type: 'text',
      source_id: 'uuid',
      title: 'text',
      content: 'text',
    },
    partitionKey: ['receiver'],
    clusteringKey: { id: 'desc' },
  },
  comments: {
    columns: {
      id: 'uuid',
      posted_at: 'bigint',
      test_run_id: 'uuid',
      user_id: 'uuid',
      release_id: 'uuid',
      message: 'text',
      mentions: 'list<uuid>',
      reactions: 'map<text, int>',
    },
    partitionKey: ['id'],
    clusteringKey: { posted_at: 'desc' },
    indexed: ['test_run_id', 'user_id', 'release_id'],
  },
  vector_products: {
    columns: { id: 'uuid', name: 'text', embedding: 'vector<float, 16>' },
    partitionKey: ['id'],
    vectors: ['embedding'],
  },
  readings: {
    columns: { sensor: 'uuid', at: 'timestamp', value: 'double', unit: 'text' },
    partitionKey: ['sensor'],
    clusteringKey: { at: 'asc' },
  },
  counters: {
    columns: { page: 'text', views: 'counter' },
    partitionKey: ['page'],
  },
} as const satisfies Record<string, Table>

export type TableName = keyof typeof tables
