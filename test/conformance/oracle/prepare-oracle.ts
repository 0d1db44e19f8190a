// Fetches the real engine from Maven and compiles our launcher for it; both are kept in a folder outside the repository.
import { join } from 'node:path';
import { findJdk } from './find-java.ts';
import { compileJava, fetchLibraries, javaFolder } from './java-libraries.ts';

/** The engine that ours is compared with. */
export const ORACLE_VERSION = '8.8.21';

export type PreparedOracle = { readonly java: string; readonly classPath: string };
/** `why`: what is missing on this machine, as a sentence for the reader of the report. */
export type Preparation = { readonly kind: 'ready'; readonly oracle: PreparedOracle } | { readonly kind: 'unavailable'; readonly why: string };

/** Needs a JDK ≥ 21 and, the first time, Maven. `STELLWERK_ORACLE_CACHE` names another folder than the system's temporary one. */
export async function prepareOracle(environment: NodeJS.ProcessEnv): Promise<Preparation> {
  const jdk = await findJdk(environment);
  if (jdk === undefined) {
    return { kind: 'unavailable', why: 'No JDK of version 21 or newer was found: install one, or name it with STELLWERK_JAVA_HOME.' };
  }
  const folder = await javaFolder(environment);
  const libraries = join(folder, `lib-${ORACLE_VERSION}`);
  try {
    await fetchLibraries(libraries, [`io.camunda:zeebe-process-test-engine:${ORACLE_VERSION}`]);
  } catch (failure) {
    return { kind: 'unavailable', why: failure instanceof Error ? failure.message : String(failure) };
  }
  const classes = await compileJava(join(folder, `classes-${ORACLE_VERSION}`), [join(import.meta.dirname, 'OracleEngine.java')], jdk.javac, join(libraries, '*'));
  return { kind: 'ready', oracle: { java: jdk.java, classPath: `${classes}:${join(libraries, '*')}` } };
}
