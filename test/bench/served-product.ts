/** The product as a process of its own: what it uses is its own, and not that of the one who measures. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';
import { productParts, type Split } from './profile-split.ts';

const program = join(import.meta.dirname, 'serve-product.ts');

const Ready = z.object({
  url: z.string(),
  modelServerUrl: z.string(),
  apiKey: z.string(),
  engineKey: z.object({ secret: z.string() }),
  users: z.array(z.object({ name: z.string(), password: z.string() })),
});

const Usage = z.object({ cpuMs: z.number(), statements: z.number(), durableCommits: z.number(), lightCommits: z.number() });
/** What the process has used since its start: CPU of all its threads, statements and commits of its SQLite files. */
export type Usage = z.infer<typeof Usage>;

const Memory = z.object({ heapMb: z.number(), rssMb: z.number(), externalMb: z.number(), /** Pages that V8 holds, used or not. */ v8Mb: z.number() });
/** Right after a garbage collection. */
export type Memory = z.infer<typeof Memory>;

const Split = z.record(z.enum(productParts), z.number());

export type ServedProduct = z.infer<typeof Ready> & {
  usage(): Promise<Usage>;
  memory(): Promise<Memory>;
  /** From here to `split` the main thread is profiled. */
  profile(): Promise<void>;
  split(): Promise<Split>;
  close(): Promise<void>;
};

/** Starts it with the demo's releases on an empty folder and a free port. */
export async function serveProduct(dataDir: string): Promise<ServedProduct> {
  const child = fork(program, [dataDir], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [...process.execArgv, '--expose-gc'] });
  const gone = new Promise<never>((_, reject) => child.once('exit', (code) => { reject(new Error(`the product ended with ${code ?? 'a signal'}`)); }));
  gone.catch(() => undefined);
  const ask = async <Answer extends z.ZodType>(answer: Answer, question: string): Promise<z.infer<Answer>> => {
    const message = new Promise((resolve) => child.once('message', resolve));
    child.send(question);
    return answer.parse(await Promise.race([message, gone]));
  };
  return {
    ...(await ask(Ready, 'ready')),
    usage: () => ask(Usage, 'usage'),
    memory: () => ask(Memory, 'memory'),
    profile: async () => void (await ask(z.object({}), 'profile')),
    split: () => ask(Split, 'split'),
    async close() {
      child.send('close');
      await gone.catch(() => undefined);
    },
  };
}
