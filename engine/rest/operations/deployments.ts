// Deployment of diagrams, decision tables and forms, and the resources that came with it.
import { z } from 'zod';
import type { DatabaseSync } from 'node:sqlite';
import type { Deployed } from '../../deployment/records.ts';
import { emptyOk, isProblem, json, text, type Answer } from '../answer.ts';
import { operation, type Call } from '../operation.ts';
import { foreignTenant, invalidArgument, missingField, noSuchEntity } from '../problem.ts';
import { decodeText, readForm } from '../request/form.ts';
import { operationReference } from '../request/fields.ts';
import { numberAt, optionalTextAt, TENANT_ID, textAt } from '../search/row.ts';
import type { Row } from '../search/search.ts';
import { rejected } from './rejection.ts';
import { prepared } from '../search/prepared.ts';

export const deploymentOperations = [
  operation({ operationId: 'createDeployment', method: 'POST', path: '/deployments', answer: deploy }),
  operation({
    operationId: 'deleteResource', method: 'POST', path: '/resources/{resourceKey}/deletion',
    body: z.strictObject({ operationReference }), bodyOptional: true,
    answer: async ({ core, key }) => {
      const result = await core.submit({ type: 'resource.delete', resourceKey: key });
      return result.ok ? emptyOk : rejected('DELETE', result.rejection);
    },
  }),
  operation({
    operationId: 'getResource', method: 'GET', path: '/resources/{resourceKey}',
    answer: ({ db, key, keyText }) => {
      const row = findResource(db, key);
      if (row === undefined) return noSuchEntity('Resource', keyText);
      return json({
        resourceName: textAt(row, 'name'),
        version: numberAt(row, 'version'),
        versionTag: optionalTextAt(row, 'version_tag'),
        resourceId: textAt(row, 'id'),
        tenantId: TENANT_ID,
        resourceKey: keyText,
      });
    },
  }),
  operation({
    operationId: 'getResourceContent', method: 'GET', path: '/resources/{resourceKey}/content',
    answer: ({ db, key, keyText }) => {
      const row = findResource(db, key);
      return row === undefined ? noSuchEntity('Resource', keyText) : text(`${textAt(row, 'media')};charset=utf-8`, textAt(row, 'content'));
    },
  }),
];

async function deploy({ core, request }: Call<undefined, undefined>): Promise<Answer> {
  const form = await readForm(request);
  if (isProblem(form)) return form;
  const tenantId = form.texts('tenantId').at(-1);
  if (tenantId !== undefined && tenantId !== '' && tenantId !== TENANT_ID) return foreignTenant('DeployResources', tenantId);
  const files = form.files('resources');
  if (files.length === 0) return missingField('resources');
  const resources: { name: string; content: string }[] = [];
  for (const { name, bytes } of files) {
    const content = bytes === undefined ? undefined : decodeText(bytes);
    if (content === undefined) return invalidArgument(`Expected the resource '${name}' to be UTF-8 text, but it holds other bytes; save it as UTF-8 and deploy it again`);
    resources.push({ name, content });
  }
  const result = await core.submit({ type: 'deployment.create', resources });
  if (!result.ok) return rejected('CREATE', result.rejection);
  const { deploymentKey, deployed } = result.answer;
  return json({ deploymentKey: String(deploymentKey), tenantId: TENANT_ID, deployments: deployed.map(shown) });
}

function shown(deployed: Deployed): object {
  switch (deployed.kind) {
    case 'process':
      return {
        processDefinition: {
          processDefinitionId: deployed.bpmnProcessId,
          processDefinitionVersion: deployed.version,
          resourceName: deployed.resourceName,
          tenantId: TENANT_ID,
          processDefinitionKey: String(deployed.key),
        },
      };
    case 'decision':
      return {
        decisionDefinition: {
          decisionDefinitionId: deployed.decisionId,
          version: deployed.version,
          name: deployed.name,
          tenantId: TENANT_ID,
          decisionRequirementsId: deployed.decisionRequirementsId,
          decisionDefinitionKey: String(deployed.key),
          decisionRequirementsKey: String(deployed.decisionRequirementsKey),
        },
      };
    case 'decision-requirements':
      return {
        decisionRequirements: {
          decisionRequirementsId: deployed.decisionRequirementsId,
          decisionRequirementsName: deployed.name,
          version: deployed.version,
          resourceName: deployed.resourceName,
          tenantId: TENANT_ID,
          decisionRequirementsKey: String(deployed.key),
        },
      };
    case 'form':
      return {
        form: { formId: deployed.formId, version: deployed.version, resourceName: deployed.resourceName, tenantId: TENANT_ID, formKey: String(deployed.key) },
      };
    default:
      return deployed satisfies never;
  }
}

/** A deployed file by the key of what it defines. */
function findResource(db: DatabaseSync, key: number): Row | undefined {
  return prepared(db, `
    SELECT resource_name AS name, version, version_tag, bpmn_process_id AS id, xml AS content, 'text/xml' AS media
      FROM process_definitions WHERE key = ?1 AND deleted = 0
    UNION ALL
    SELECT resource_name, version, NULL, drg_id, xml, 'text/xml' FROM decision_requirements WHERE key = ?1 AND deleted = 0
    UNION ALL
    SELECT resource_name, version, version_tag, form_id, schema, 'text/plain' FROM forms WHERE key = ?1 AND deleted = 0`).get(key);
}
