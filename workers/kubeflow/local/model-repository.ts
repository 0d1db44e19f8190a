// The V2 repository extension of the local model server: which models there are, load one, unload one.
import { z } from 'zod';
import { parseJson } from '../../../ledger/parse-json.ts';
import { readErrorText } from '../../serving/error-text.ts';
import { fault, kindOfStatus } from '../http/faults.ts';
import { json, type PlatformClient, type RefusedAnswer } from '../http/platform-client.ts';
import { PlatformError } from '../platform-error.ts';

/** `parameters` is the local server's own addition: what its `model.json` says, whether the model is loaded or not. */
const Entry = z.object({
  name: z.string(),
  version: z.string().nullish(),
  state: z.string().nullish(),
  reason: z.string().nullish(),
  parameters: z.looseObject({ family: z.string().optional(), sha256: z.string().optional(), card: z.string().nullish(), code: z.string().nullish() }).nullish(),
});
const Index = z.array(Entry);

const Metadata = z.object({ parameters: z.looseObject({ sha256: z.string().optional() }).nullish() });

/** `digest` is of the file in the folder; what is loaded may be an older one. `card` is Markdown, `code` names the script that made it. */
export type RepositoryModel = { name: string; version: string; loaded: boolean; reason: string; family: string | null; digest: string | null; card: string | null; code: string | null };

export type ModelRepository = {
  list(signal: AbortSignal): Promise<RepositoryModel[]>;
  /** SHA-256 of the file that is loaded; null where the server does not say. Throws `not-found` for a model that is not loaded. */
  loadedDigest(name: string, signal: AbortSignal): Promise<string | null>;
  /** Throws `not-found` for a model that the server's folder does not have. */
  load(name: string, signal: AbortSignal): Promise<void>;
  unload(name: string, signal: AbortSignal): Promise<void>;
};

export function createModelRepository(client: PlatformClient): ModelRepository {
  const post = (path: string, signal: AbortSignal) => client.send({ method: 'POST', path: `v2/repository/${path}`, body: json({}), repeatable: true, signal });
  return {
    async list(signal) {
      const answer = Index.safeParse(await post('index', signal));
      if (!answer.success) throw new PlatformError('permanent', 'model-server', 'The model server answered its index in a shape that is not of the V2 repository extension.');
      return answer.data.map(({ name, version, state, reason, parameters }) => ({
        name,
        version: version ?? '',
        loaded: state === 'READY',
        reason: reason ?? '',
        family: parameters?.family ?? null,
        digest: parameters?.sha256 ?? null,
        card: parameters?.card ?? null,
        code: parameters?.code ?? null,
      }));
    },
    async loadedDigest(name, signal) {
      const answer = Metadata.safeParse(await client.send({ method: 'GET', path: `v2/models/${encodeURIComponent(name)}`, repeatable: true, signal }));
      return answer.success ? (answer.data.parameters?.sha256 ?? null) : null;
    },
    load: async (name, signal) => {
      await post(`models/${encodeURIComponent(name)}/load`, signal);
    },
    unload: async (name, signal) => {
      await post(`models/${encodeURIComponent(name)}/unload`, signal);
    },
  };
}

/** V2 servers say `error` or `detail`; 501 is a server without the repository extension. */
export function readModelServerFault(answer: RefusedAnswer): PlatformError {
  const text = parseJson(answer.text) === undefined ? answer.text : readErrorText(answer.text);
  return fault('model-server', answer, answer.status === 500 ? 'permanent' : kindOfStatus(answer.status), text);
}
