// Reads the files of a deployment before it is queued: XML and JSON in, models or a sentence with every problem out.
import { z } from 'zod';
import { parseDrg } from '../decision/index.ts';
import { readDiagram } from '../model/read-diagram.ts';
import { reject } from '../processing/step.ts';
import type { Decision } from '../processing/step.ts';
import type { ReadResource, Resource } from './records.ts';

type Read = { readonly ok: true; readonly resources: readonly ReadResource[] } | Extract<Decision, { ok: false }>;
type ReadOne = ReadResource | { readonly error: string };

export async function readResources(resources: readonly Resource[]): Promise<Read> {
  if (resources.length === 0) return refuse('Expected to deploy at least one resource, but none given');
  const read: ReadResource[] = [];
  const problems: string[] = [];
  for (const resource of resources) {
    const found = await readOne(resource);
    if ('error' in found) problems.push(`'${resource.name}': ${found.error}`);
    else read.push(found);
  }
  if (problems.length === 0) return { ok: true, resources: read };
  return refuse(`Expected to deploy new resources, but encountered the following errors:\n${problems.join('\n')}`);
}

function refuse(reason: string): Extract<Decision, { ok: false }> {
  const refusal = reject('INVALID_ARGUMENT', reason);
  if (refusal.ok) throw new Error('A refusal cannot be an acceptance.');
  return refusal;
}

async function readOne({ name, content }: Resource): Promise<ReadOne> {
  if (/\.(bpmn|bpmn20\.xml)$/i.test(name)) {
    const diagram = await readDiagram(content);
    return 'error' in diagram ? diagram : { kind: 'bpmn', name, content, processes: diagram.processes };
  }
  if (/\.dmn$/i.test(name)) return readDecisions(name, content);
  if (/\.form$/i.test(name)) return readForm(name, content);
  return { error: `unknown resource type: expected a file that ends with .bpmn, .dmn or .form` };
}

async function readDecisions(name: string, content: string): Promise<ReadOne> {
  const drg = await parseDrg(content);
  if ('error' in drg) return drg;
  const decisions = drg.decisions.map(({ id, name: decisionName, versionTag }) => ({ id, name: decisionName, versionTag: versionTag ?? null }));
  return { kind: 'dmn', name, content, drgId: drg.id, drgName: drg.name, namespace: drg.namespace, decisions };
}

const formFile = z.looseObject({ id: z.string().min(1), versionTag: z.string().optional() });

function readForm(name: string, content: string): ReadOne {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    return { error: `is not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
  const form = formFile.safeParse(parsed);
  if (!form.success) return { error: `is no form: expected an object with an id, found ${z.prettifyError(form.error)}` };
  return { kind: 'form', name, content, formId: form.data.id, versionTag: form.data.versionTag ?? null };
}
