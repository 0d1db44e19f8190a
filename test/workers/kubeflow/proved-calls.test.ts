// The README's table of calls: each names a test that exists, and each changing path of the clients is in it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const readme = readFileSync(join(root, 'workers/kubeflow/README.md'), 'utf8');
const table = /<!-- calls -->\n([^]*?)\n<!-- \/calls -->/.exec(readme)?.[1] ?? '';
const rows = table.split('\n').slice(2).map((row): [string, string, string] => {
  const [, call = '', file = '', name = ''] = /^\| (.+) \| `(test\/\S+\.ts)`: (.+) \|$/.exec(row) ?? [];
  return [call, file, name];
});

describe('the table of calls', () => {
  it.each(rows)('%s is proved by a test that exists', (call, file, name) => {
    expect(call).not.toBe('');
    expect(readFileSync(join(root, file), 'utf8')).toContain(`('${name}'`);
  });

  it('has a row for every path that the clients of Pipelines and the registry send', () => {
    const sources = ['workers/kubeflow/pipelines/kubeflow-pipelines.ts', 'workers/kubeflow/registry/kubeflow-registry.ts'].map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
    const sent = [...sources.matchAll(/['`](registered_models?|model_versions?|model_artifacts?|serving_environments?|inference_services?|runs|pipelines|upload|upload_version)\b/g)].map(([, path]) => path ?? '');
    expect(new Set(sent).size).toBeGreaterThan(8);
    for (const path of sent) expect(table).toContain(path.startsWith('serving_environment') || path.startsWith('inference_service') ? path.replace(/s?$/, 's') : path);
  });
});
