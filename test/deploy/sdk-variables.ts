/** The environment variables that Camunda's SDK reads: a misspelt one would silently do nothing. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const source = readFileSync(createRequire(import.meta.url).resolve('@camunda8/orchestration-cluster-api'), 'utf8');

export const sdkVariables = new Set([...source.matchAll(/\bCAMUNDA_[A-Z0-9_]+\b/g)].map(([name]) => name));
