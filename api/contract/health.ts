/** Whether the server lives and is ready, and its figures for Prometheus. */
import { z } from 'zod';
import { operation } from './operation.ts';

export const Live = z.strictObject({ status: z.literal('live') });

/** Each part by name. The model server being away does not make the product unready: cases then go to people. */
export const Readiness = z
  .strictObject({
    status: z.literal('ready'),
    parts: z.record(z.string(), z.enum(['up', 'down'])),
  })
  .meta({ id: 'Readiness' });
export type Readiness = z.infer<typeof Readiness>;

export const readLive = operation({
  id: 'readLive',
  method: 'GET',
  path: '/api/health/live',
  tag: 'Health',
  summary: 'The process runs',
  access: { kind: 'public' },
  responses: { 200: Live },
  problems: [],
});

export const readReady = operation({
  id: 'readReady',
  method: 'GET',
  path: '/api/health/ready',
  tag: 'Health',
  summary: 'The server takes cases',
  access: { kind: 'public' },
  responses: { 200: Readiness },
  problems: ['not-ready'],
});

export const readMetrics = operation({
  id: 'readMetrics',
  method: 'GET',
  path: '/metrics',
  tag: 'Health',
  summary: 'Figures in the Prometheus text format; an API key with the scope `engine`, or an administrator',
  access: { kind: 'restricted', people: ['administrator', 'ml-engineer', 'auditor'], keys: 'engine' },
  answers: 'text/plain',
  responses: { 200: z.string() },
  problems: ['scope-missing'],
});
