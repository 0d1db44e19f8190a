// Runs npm scripts side by side, as many at a time as there are cores, in the order given: node test/ci/side-by-side.ts SCRIPT…
// What each wrote stands together under its name, once it has ended. Fails when one of them failed; the others are run to their end.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

const npm = process.env['npm_execpath'];
if (npm === undefined) throw new Error('Expected to be started by npm, which says where it is in npm_execpath; call npm run check');
const scripts = process.argv.slice(2);
if (scripts.length === 0) throw new Error('Expected the names of npm scripts, found none: node test/ci/side-by-side.ts SCRIPT…');

const failed: string[] = [];
const waiting = scripts.values();
// They share one iterator: each takes the next that nobody has.
await Promise.all(Array.from({ length: availableParallelism() }, async () => {
  for (const script of waiting) {
    const started = performance.now();
    const { code, output } = await run(npm, script);
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(`── ${script}: ${code === 0 ? 'done' : `FAILED (${code})`} after ${seconds} s\n${output}`.trimEnd());
    if (code !== 0) failed.push(script);
  }
}));
if (failed.length > 0) {
  console.log(`── FAILED: ${failed.join(', ')}`);
  process.exitCode = 1;
}

/** `code` is the exit code, or the name of the signal that ended it. */
function run(npmFile: string, script: string): Promise<{ code: number | string; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [npmFile, 'run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'] });
    const parts: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => parts.push(part));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? signal ?? 'unknown', output: Buffer.concat(parts).toString('utf8') }));
  });
}
