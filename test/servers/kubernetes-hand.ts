/** The Kubernetes API past our own client: edits by hand, status as a controller writes it, objects as they are. */
import { Agent, request } from 'undici';

export type IsvcObject = {
  metadata: { name: string; uid: string; generation: number; resourceVersion: string; annotations?: Record<string, string> };
  spec: { predictor: Record<string, unknown> & { canaryTrafficPercent?: number; name?: string; model?: Record<string, unknown> }; canary?: { trafficPercent: number; predictor: { name: string } }[] };
  status?: Record<string, unknown>;
};

export type KubernetesHand = {
  get(name: string): Promise<IsvcObject | null>;
  /** As `kubectl patch --type=merge` does. */
  edit(name: string, patch: unknown): Promise<void>;
  writeStatus(name: string, status: unknown): Promise<void>;
  remove(name: string): Promise<void>;
};

export function createKubernetesHand(access: { server: string; certificate: string; token: string; namespace: string }): KubernetesHand {
  const dispatcher = new Agent({ allowH2: false, connect: { ca: access.certificate } });
  const base = `${access.server}/apis/serving.kserve.io/v1beta1/namespaces/${access.namespace}/inferenceservices`;

  async function call(method: 'GET' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<{ status: number; body: unknown }> {
    const answer = await request(`${base}/${path}`, {
      method,
      dispatcher,
      headers: { authorization: `Bearer ${access.token}`, ...(body === undefined ? {} : { 'content-type': 'application/merge-patch+json' }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { status: answer.statusCode, body: await answer.body.json() };
  }

  async function must(method: 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<void> {
    const answer = await call(method, path, body);
    if (answer.status > 299) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  }

  return {
    async get(name) {
      const answer = await call('GET', name);
      return answer.status === 404 ? null : (answer.body as IsvcObject);
    },
    edit: (name, patch) => must('PATCH', `${name}?fieldManager=kubectl-patch`, patch),
    writeStatus: (name, status) => must('PATCH', `${name}/status?fieldManager=kserve`, { status }),
    remove: (name) => must('DELETE', name),
  };
}
