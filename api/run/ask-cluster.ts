/** Asks the configured cluster who it is before anything is deployed to it, so that a wrong address or sign-in ends the start with a sentence. */
import { engineStatus } from '../../workers/engine-status.ts';
import type { EngineClient } from '../../workers/index.ts';

/** Throws a sentence where the cluster does not answer, or not to us. */
export async function askCluster(client: EngineClient, address: string): Promise<void> {
  try {
    await client.getTopology();
  } catch (error) {
    throw new Error(sentenceOf(engineStatus(error), address), { cause: error });
  }
}

function sentenceOf(status: number | null, address: string): string {
  if (status === null) return `The Camunda cluster at ${address} cannot be reached. Check CAMUNDA_REST_ADDRESS, and that the cluster runs and this machine may connect to it.`;
  if (status === 401 || status === 403) return `The Camunda cluster at ${address} refused the sign-in (${status}). Set CAMUNDA_AUTH_STRATEGY (BASIC or OAUTH) and the SDK's variables for it, for instance CAMUNDA_BASIC_AUTH_USERNAME and CAMUNDA_BASIC_AUTH_PASSWORD.`;
  if (status === 404) return `At ${address} there is no Camunda REST API: it answered 404. CAMUNDA_REST_ADDRESS must be the address below which /v2 lies.`;
  return `The Camunda cluster at ${address} answered ${status} when it was asked who it is. Look at its health, then start again.`;
}
