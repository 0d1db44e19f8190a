// Builds the pages into ui/dist; in development it serves them beside a running product (STELLWERK_DEV_API).
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const dist = join(import.meta.dirname, 'dist');
const own = `${dist}.${process.pid}`;

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed(), swappedIn()],
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: process.env['STELLWERK_DEV_API'] ?? 'http://127.0.0.1:4600' } },
  },
  build: {
    outDir: `${own}.new`,
    emptyOutDir: true,
    target: 'es2023',
    // Fonts and pictures stay files: a data address would need an exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
});

/** Lays a compressed copy beside each text file, for the server to send as it is. */
function compressed(): Plugin {
  return {
    name: 'stellwerk:compressed',
    apply: 'build',
    writeBundle: () => {
      for (const name of readdirSync(`${own}.new`, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|svg|html)$/.test(name)) continue;
        const file = join(`${own}.new`, name);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      }
    },
  };
}

/** Puts the finished pages in place at once: a product that runs meanwhile never serves half of them, or none. */
function swappedIn(): Plugin {
  return {
    name: 'stellwerk:swapped-in',
    apply: 'build',
    writeBundle: { order: 'post', sequential: true, handler: swapIn },
  };
}

function swapIn(): void {
  rmSync(`${own}.old`, { recursive: true, force: true });
  moved(dist, `${own}.old`, ['ENOENT']);
  // Another build may have put its pages there in between: the later one stays.
  while (!moved(`${own}.new`, dist, ['ENOTEMPTY', 'EEXIST'])) rmSync(dist, { recursive: true, force: true });
  rmSync(`${own}.old`, { recursive: true, force: true });
}

/** False where it failed for an expected reason. */
function moved(from: string, to: string, expected: string[]): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && expected.includes(String(error.code))) return false;
    throw error;
  }
}
