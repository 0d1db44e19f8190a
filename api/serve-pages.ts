/** Serves the built pages; every address of a page that is no file gets index.html. */
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Folders of the server's own answers: what is not found there is an error, never a page. */
const reserved = /^\/(api|v2|metrics|assets)(\/|$)/;

export async function servePages(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    // The build lays a compressed copy beside each text file.
    preCompressed: true,
    // Vite names assets by their content.
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const path = decodeURI(request.url.split('?', 1)[0] ?? '/');
    if (path !== '/' && (await isFile(folder, path))) return reply.sendFile(path.slice(1));
    if (reserved.test(path) || !(await isFile(folder, '/index.html'))) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}

async function isFile(folder: string, path: string): Promise<boolean> {
  if (path.includes('..') || !/\.\w+$/.test(path)) return false;
  try {
    await access(join(folder, path));
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return false;
    throw error;
  }
}
