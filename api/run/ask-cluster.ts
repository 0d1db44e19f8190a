/** Asks the configured cluster who it is before anything is deployed to it, so that a wrong address or sign-in ends the start with a sentence. */
import { z } from 'zod';
import { engineStatus } from '../../workers/engine-status.ts';
import type { EngineClient } from '../../workers/index.ts';

/** Throws a sentence where the cluster does not answer, or not to us. */
export async function askCluster(client: EngineClient, address: string): Promise<void> {
  const topology: unknown = await client.getTopology().catch((error: unknown) => {
    throw new Error(isUnreadable(error) ? notCamunda(address) : sentenceOf(engineStatus(error), address), { cause: error });
  });
  if (!Topology.safeParse(topology).success) throw new Error(notCamunda(address));
}

const Topology = z.object({ gatewayVersion: z.string() });

/** The SDK checks answers where CAMUNDA_SDK_VALIDATION asks it to. */
const isUnreadable = (error: unknown): boolean => error instanceof Error && error.name === 'ValidationSdkError';

const notCamunda = (address: string): string => `The server at ${address} answers, but not as Camunda 8.8 does. Check CAMUNDA_REST_ADDRESS (below it lies /v2), and the version of the cluster.`;

function sentenceOf(status: number | null, address: string): string {
  if (status === null) return `The Camunda cluster at ${address} cannot be reached. Check CAMUNDA_REST_ADDRESS, and that the cluster runs and this machine may connect to it.`;
  if (status === 401 || status === 403) return `The Camunda cluster at ${address} refused the sign-in (${status}). Set CAMUNDA_AUTH_STRATEGY (BASIC or OAUTH) and the SDK's variables for it, for instance CAMUNDA_BASIC_AUTH_USERNAME and CAMUNDA_BASIC_AUTH_PASSWORD.`;
  if (status === 404) return `At ${address} there is no Camunda REST API: it answered 404. CAMUNDA_REST_ADDRESS must be the address below which /v2 lies.`;
  return `The Camunda cluster at ${address} answered ${status} when it was asked who it is. Look at its health, then start again.`;
}
