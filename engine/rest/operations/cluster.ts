// Cluster, licence, authentication: what clients ask before anything else.
import { json, noContent } from '../answer.ts';
import { operation } from '../operation.ts';
import { TENANT_ID } from '../search/row.ts';

/** The level of the API that is spoken. */
const API_LEVEL = '8.8.0';

export const clusterOperations = [
  operation({
    operationId: 'getTopology', method: 'GET', path: '/topology',
    answer: () =>
      json({
        brokers: [{ nodeId: 0, host: 'localhost', port: 0, partitions: [{ partitionId: 1, role: 'leader', health: 'healthy' }], version: API_LEVEL }],
        clusterSize: 1,
        partitionsCount: 1,
        replicationFactor: 1,
        gatewayVersion: API_LEVEL,
        lastCompletedChangeId: '-1',
      }),
  }),
  operation({ operationId: 'getStatus', method: 'GET', path: '/status', answer: () => noContent }),
  operation({
    operationId: 'getLicense', method: 'GET', path: '/license',
    answer: () => json({ validLicense: true, licenseType: 'apache-2.0', isCommercial: false }),
  }),
  operation({
    operationId: 'getAuthentication', method: 'GET', path: '/authentication/me',
    answer: () =>
      json({ tenants: [{ name: 'Default', tenantId: TENANT_ID }], groups: [], roles: [], salesPlanType: '', c8Links: {}, canLogout: false }),
  }),
];
