/** Starts the real servers once for all test files of a run, and stops them at its end. */
import { startOnce, whyNoServers } from './rig.ts';

export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (whyNoServers === null) return startOnce();
  console.log(whyNoServers);
  return undefined;
}
