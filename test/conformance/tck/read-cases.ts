// Reads the models and cases of the DMN Technology Compatibility Kit from its archive.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { compileFeel } from '../../../engine/expression/index.ts';
import { evaluateToValue, newBudget, newContext, type Value } from '../../../engine/expression/values.ts';
import { childOf, childrenOf, readXml, type XmlElement } from './read-xml.ts';

export const environment = { now: Date.parse('2026-01-01T00:00:00Z'), timeZone: 'UTC' };

export type TckResult = { readonly decision: string; readonly expected: Value; readonly isError: boolean };
export type TckCase = {
  readonly suite: string;
  readonly id: string;
  /** What the case calls: decisions by their results, or a decision service or function by name. */
  readonly invokes: string;
  readonly inputs: ReadonlyMap<string, Value>;
  readonly results: readonly TckResult[];
};
export type TckModel = { readonly name: string; readonly xml: string; readonly cases: readonly TckCase[] };

/** All models with their cases; one model may have several files of cases. */
export function readKit(archive: string): TckModel[] {
  const folder = mkdtempSync(join(tmpdir(), 'dmn-tck-'));
  try {
    execFileSync('tar', ['xJf', archive, '-C', folder]);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    const caseFiles = files.filter((file) => /-test-\d+\.xml$/.test(file));
    return files.filter((file) => file.endsWith('.dmn')).map((file) => ({
      name: basename(file, '.dmn'),
      xml: readFileSync(join(folder, file), 'utf8'),
      cases: caseFiles.filter((one) => dirname(one) === dirname(file)).flatMap((one) => readCases(readFileSync(join(folder, one), 'utf8'), basename(file), basename(one, '.xml'))),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readCases(xml: string, model: string, suite: string): TckCase[] {
  const root = readXml(xml);
  const named = childOf(root, 'modelName')?.text.trim();
  if (named !== undefined && named !== model) return [];
  return childrenOf(root, 'testCase').map((element) => ({
    suite,
    id: element.attributes.get('id') ?? '',
    invokes: element.attributes.get('type') ?? 'decision',
    inputs: new Map(childrenOf(element, 'inputNode').map((node) => [node.attributes.get('name') ?? '', valueOf(node)])),
    results: childrenOf(element, 'resultNode').map((node) => ({
      decision: node.attributes.get('name') ?? '',
      isError: node.attributes.get('errorResult') === 'true',
      expected: valueOf(childOf(node, 'expected') ?? node),
    })),
  }));
}

/** A typed value, a list or a context. */
function valueOf(holder: XmlElement): Value {
  const list = childOf(holder, 'list');
  if (list !== undefined) return list.attributes.get('nil') === 'true' ? null : childrenOf(list, 'item').map(valueOf);
  const components = childrenOf(holder, 'component');
  if (components.length > 0) {
    const context = newContext();
    for (const component of components) context[component.attributes.get('name') ?? ''] = valueOf(component);
    return context;
  }
  const value = childOf(holder, 'value');
  return value === undefined || value.attributes.get('nil') === 'true' ? null : scalar(value.text, local(value.attributes.get('type') ?? 'string'));
}

const local = (type: string): string => type.slice(type.indexOf(':') + 1);

const makers: Readonly<Record<string, string>> = { date: 'date', time: 'time', dateTime: 'date and time', duration: 'duration', dayTimeDuration: 'duration', yearMonthDuration: 'duration' };

function scalar(text: string, type: string): Value {
  if (type === 'string') return text;
  if (type === 'boolean') return text.trim() === 'true';
  const maker = makers[type];
  return feel(maker === undefined ? text.trim() : `${maker}("${text.trim()}")`);
}

function feel(source: string): Value {
  const compiled = compileFeel(source);
  if ('error' in compiled) throw new Error(`The kit's value '${source}' cannot be read: ${compiled.error}`);
  const found = evaluateToValue(compiled, { read: () => undefined, environment, budget: newBudget() });
  return found.ok ? found.value : null;
}
