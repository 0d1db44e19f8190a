// Command line of the local model server: prints one line of JSON with its address when it is ready.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startModelServer } from './start-model-server.ts';
import { startTracing } from './tracing.ts';

const usage = `node models/server/main.ts [--port 4601] [--folder models] [--host 127.0.0.1] [--load all] [--exit-with-stdin]
  --load             versions to load at the start: all, or names with commas between them. Families none of whose
                     versions is named are loaded whole; the others load by POST /v2/repository/models/<name>/load
  --exit-with-stdin  end when standard input closes: a parent that dies takes the server along`;

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4601' },
    folder: { type: 'string', default: path.join(import.meta.dirname, '..') },
    host: { type: 'string', default: '127.0.0.1' },
    load: { type: 'string', default: 'all' },
    'exit-with-stdin': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) process.stdout.write(`${usage}\n`);
else await run();

async function run(): Promise<void> {
  const port = z.coerce.number().int().min(0).max(65_535).safeParse(values.port);
  if (!port.success) return fail(`--port must be a number from 0 to 65535, found ${values.port}`);
  try {
    const tracing = startTracing(process.env);
    const server = await startModelServer({ port: port.data, folder: values.folder, host: values.host, load: values.load === 'all' ? 'all' : values.load.split(',') });
    const stop = (): void => void server.close().then(() => tracing.stop()).finally(() => process.exit(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
    if (values['exit-with-stdin']) process.stdin.once('end', stop).once('error', stop).resume();
    process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
