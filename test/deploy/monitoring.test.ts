/** The dashboard and the alerts name figures that the product gives, and labels that they have. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMetrics } from '../../api/metrics.ts';
import { jobEndings } from '../../workers/runtime/job-counter.ts';
import { openBench } from '../ledger/fixture.ts';
import { readText, readYaml } from './read-yaml.ts';

const Dashboard = z.looseObject({ panels: z.array(z.looseObject({ title: z.string(), targets: z.array(z.object({ expr: z.string(), refId: z.string(), legendFormat: z.string() })).optional() })) });
const Rules = z.object({ groups: z.array(z.object({ name: z.string(), rules: z.array(z.object({ alert: z.string(), expr: z.string(), for: z.string().optional(), labels: z.object({ severity: z.string() }), annotations: z.object({ summary: z.string(), action: z.string() }) })) })) });

const queries = [
  ...Dashboard.parse(JSON.parse(readText('deploy/monitoring/dashboard.json'))).panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => [title, expr] as const)),
  ...Rules.parse(readYaml('deploy/monitoring/alerts.yaml')[0]).groups.flatMap(({ rules }) => rules.map(({ alert, expr }) => [alert, expr] as const)),
];

/** What a running product answers at /metrics: names of figures, and the labels that their definition gives them. */
async function figures(): Promise<Set<string>> {
  const { ledger } = await openBench();
  const metrics = createMetrics({ ledger, engine: () => ({ commands: 1 }), workers: () => ({}) });
  const text = await metrics.text();
  metrics.close();
  const names = [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].flatMap(([, name = '', type]) => (type === 'histogram' ? [name, `${name}_bucket`, `${name}_count`, `${name}_sum`] : [name]));
  return new Set(names);
}

describe('dashboard and alerts', () => {
  it.each(queries)('"%s" asks for figures that exist', async (_title, expr) => {
    const known = await figures();
    const asked = [...expr.matchAll(/\b((?:stellwerk|process|nodejs)_\w+)/g)].map(([name]) => name);
    expect(asked.length > 0 || expr.startsWith('count(up{')).toBe(true);
    for (const name of asked) expect(known, name).toContain(name);
  });

  it('ask for outcomes that there are', () => {
    const outcomes: readonly string[] = [...jobEndings, 'running', 'stored', 'failed', 'dropped', 'waiting'];
    const asked = queries.flatMap(([, expr]) => [...expr.matchAll(/stellwerk_jobs\{outcome=~?"([^"]+)"/g)].flatMap(([, value = '']) => value.split('|')));
    expect(asked.filter((value) => !([...jobEndings, 'running'] as string[]).includes(value))).toEqual([]);
    const all = queries.flatMap(([, expr]) => [...expr.matchAll(/outcome=~?"([^"]+)"/g)].flatMap(([, value = '']) => value.split('|')));
    expect(all.length).toBeGreaterThan(2);
    expect(all.filter((value) => !outcomes.includes(value))).toEqual([]);
  });

  it('show every figure of ours', async () => {
    const ours = [...(await figures())].filter((name) => name.startsWith('stellwerk_') && !/_(bucket|count|sum)$/.test(name));
    const all = queries.map(([, expr]) => expr).join(' ');
    expect(ours.filter((name) => !all.includes(name))).toEqual([]);
    expect(ours.length).toBeGreaterThan(8);
  });
});
