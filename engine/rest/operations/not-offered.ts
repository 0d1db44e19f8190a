// Operations of level 8.8 that this engine does not have, each with the reason that callers get.
import { missingOperation, type Method, type Operation } from '../operation.ts';

type Row = readonly [operationId: string, method: Method, path: string];

const rows = (why: string, operations: readonly Row[]): Operation[] => operations.map(([operationId, method, path]) => missingOperation(operationId, method, path, why));

/** Rights, users and groups of a role, a group or a tenant. */
const members = (of: string, path: string, kinds: readonly (readonly [noun: string, plural: string, parameter: string])[]): Row[] =>
  kinds.flatMap(([noun, plural, parameter]): Row[] => [
    [`assign${noun}To${of}`, 'PUT', `${path}/${plural}/{${parameter}}`],
    [`unassign${noun}From${of}`, 'DELETE', `${path}/${plural}/{${parameter}}`],
  ]);

const USER = ['User', 'users', 'username'] as const;
const CLIENT = ['Client', 'clients', 'clientId'] as const;
const MAPPING_RULE = ['MappingRule', 'mapping-rules', 'mappingRuleId'] as const;
const GROUP = ['Group', 'groups', 'groupId'] as const;

export const missingOperations: readonly Operation[] = [
  ...rows('users are accounts of Stellwerk, not of the engine.', [
    ['createUser', 'POST', '/users'],
    ['searchUsers', 'POST', '/users/search'],
    ['getUser', 'GET', '/users/{username}'],
    ['updateUser', 'PUT', '/users/{username}'],
    ['deleteUser', 'DELETE', '/users/{username}'],
    ['createAdminUser', 'POST', '/setup/user'],
  ]),
  ...rows('the engine has no sign-in of its own, so it has no groups; candidate groups are plain names.', [
    ['createGroup', 'POST', '/groups'],
    ['searchGroups', 'POST', '/groups/search'],
    ['getGroup', 'GET', '/groups/{groupId}'],
    ['updateGroup', 'PUT', '/groups/{groupId}'],
    ['deleteGroup', 'DELETE', '/groups/{groupId}'],
    ['searchUsersForGroup', 'POST', '/groups/{groupId}/users/search'],
    ['searchClientsForGroup', 'POST', '/groups/{groupId}/clients/search'],
    ['searchRolesForGroup', 'POST', '/groups/{groupId}/roles/search'],
    ['searchMappingRulesForGroup', 'POST', '/groups/{groupId}/mapping-rules/search'],
    ...members('Group', '/groups/{groupId}', [USER, CLIENT, MAPPING_RULE]),
  ]),
  ...rows('the engine has no sign-in of its own, so it has no roles.', [
    ['createRole', 'POST', '/roles'],
    ['searchRoles', 'POST', '/roles/search'],
    ['getRole', 'GET', '/roles/{roleId}'],
    ['updateRole', 'PUT', '/roles/{roleId}'],
    ['deleteRole', 'DELETE', '/roles/{roleId}'],
    ['searchUsersForRole', 'POST', '/roles/{roleId}/users/search'],
    ['searchClientsForRole', 'POST', '/roles/{roleId}/clients/search'],
    ['searchGroupsForRole', 'POST', '/roles/{roleId}/groups/search'],
    ['searchMappingRulesForRole', 'POST', '/roles/{roleId}/mapping-rules/search'],
    ['assignRoleToUser', 'PUT', '/roles/{roleId}/users/{username}'],
    ['unassignRoleFromUser', 'DELETE', '/roles/{roleId}/users/{username}'],
    ['assignRoleToClient', 'PUT', '/roles/{roleId}/clients/{clientId}'],
    ['unassignRoleFromClient', 'DELETE', '/roles/{roleId}/clients/{clientId}'],
    ['assignRoleToGroup', 'PUT', '/roles/{roleId}/groups/{groupId}'],
    ['unassignRoleFromGroup', 'DELETE', '/roles/{roleId}/groups/{groupId}'],
    ['assignRoleToMappingRule', 'PUT', '/roles/{roleId}/mapping-rules/{mappingRuleId}'],
    ['unassignRoleFromMappingRule', 'DELETE', '/roles/{roleId}/mapping-rules/{mappingRuleId}'],
  ]),
  ...rows('the engine has no sign-in of its own, so there is nothing to map or to authorize.', [
    ['createMappingRule', 'POST', '/mapping-rules'],
    ['searchMappingRule', 'POST', '/mapping-rules/search'],
    ['getMappingRule', 'GET', '/mapping-rules/{mappingRuleId}'],
    ['updateMappingRule', 'PUT', '/mapping-rules/{mappingRuleId}'],
    ['deleteMappingRule', 'DELETE', '/mapping-rules/{mappingRuleId}'],
    ['createAuthorization', 'POST', '/authorizations'],
    ['searchAuthorizations', 'POST', '/authorizations/search'],
    ['getAuthorization', 'GET', '/authorizations/{authorizationKey}'],
    ['updateAuthorization', 'PUT', '/authorizations/{authorizationKey}'],
    ['deleteAuthorization', 'DELETE', '/authorizations/{authorizationKey}'],
  ]),
  ...rows('there is one tenant, <default>.', [
    ['createTenant', 'POST', '/tenants'],
    ['searchTenants', 'POST', '/tenants/search'],
    ['getTenant', 'GET', '/tenants/{tenantId}'],
    ['updateTenant', 'PUT', '/tenants/{tenantId}'],
    ['deleteTenant', 'DELETE', '/tenants/{tenantId}'],
    ['searchUsersForTenant', 'POST', '/tenants/{tenantId}/users/search'],
    ['searchClientsForTenant', 'POST', '/tenants/{tenantId}/clients/search'],
    ['searchGroupIdsForTenant', 'POST', '/tenants/{tenantId}/groups/search'],
    ['searchRolesForTenant', 'POST', '/tenants/{tenantId}/roles/search'],
    ['searchMappingRulesForTenant', 'POST', '/tenants/{tenantId}/mapping-rules/search'],
    ...members('Tenant', '/tenants/{tenantId}', [USER, CLIENT, MAPPING_RULE, GROUP]),
    ['assignRoleToTenant', 'PUT', '/tenants/{tenantId}/roles/{roleId}'],
    ['unassignRoleFromTenant', 'DELETE', '/tenants/{tenantId}/roles/{roleId}'],
  ]),
];
