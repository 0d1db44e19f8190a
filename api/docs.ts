/** The API's description at /api/openapi.json, and a page to read and try it at /api/docs. Everything comes from this server. */
import swagger from '@fastify/swagger';
import scalar from '@scalar/fastify-api-reference';
import type { FastifyInstance } from 'fastify';
import { openApiOptions } from './openapi.ts';
import { docsContentPolicy } from './security-headers.ts';

export async function serveDocs(app: FastifyInstance): Promise<void> {
  await app.register(swagger, openApiOptions);
  app.get('/api/openapi.json', { schema: { hide: true } }, async (_, reply) => reply.header('cache-control', 'no-cache').send(app.swagger()));
  await app.register(async (docs) => {
    docs.addHook('onSend', async (_, reply) => {
      void reply.header('content-security-policy', docsContentPolicy);
    });
    await docs.register(scalar, {
      routePrefix: '/api/docs',
      configuration: { url: '/api/openapi.json', pageTitle: 'Stellwerk API', withDefaultFonts: false, telemetry: false, showDeveloperTools: 'never', hideClientButton: true, agent: { disabled: true }, mcp: { disabled: true } },
    });
  });
}
