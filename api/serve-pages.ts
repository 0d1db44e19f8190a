/** Serves the built pages; every address of a page that is no file gets index.html. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

/** Folders of the server's own answers: what is not found there is an error, never a page. */
const reserved = /^\/(api|v2|metrics|assets)(\/|$)/;

/** Addresses that ask for a file: where there is none, a page in its place would only confuse. */
const namesFile = /\.(js|mjs|css|map|json|html|ico|png|jpg|svg|woff2?|txt|xml|webmanifest)$/i;

/** No file system has longer names. */
const longestPath = 1024;

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
    const path = readPath(request.url);
    if (path !== null && (await isFile(folder, path))) return reply.sendFile(path.slice(1));
    if (path === null || reserved.test(path) || namesFile.test(path) || !(await isFile(folder, '/index.html'))) return reply.callNotFound();
    return reply.sendFile('index.html');
  });
}

/** The path as people write it; null where it cannot name anything. */
function readPath(url: string): string | null {
  const written = url.split('?', 1)[0] ?? '/';
  if (written.length > longestPath) return null;
  try {
    return decodeURI(written);
  } catch (error) {
    if (error instanceof URIError) return null;
    throw error;
  }
}

/** Whatever keeps the system from finding a file (too long a name, a zero in it, a folder that is none) means that there is none. */
async function isFile(folder: string, path: string): Promise<boolean> {
  if (path.includes('..') || path.includes('\0') || !/\.\w+$/.test(path)) return false;
  return stat(join(folder, path)).then((found) => found.isFile(), () => false);
}
