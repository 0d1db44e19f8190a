// Builds the pages into ui/dist; in development it serves them beside a running product (STELLWERK_DEV_API).
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: process.env['STELLWERK_DEV_API'] ?? 'http://127.0.0.1:4600' } },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2023',
    // Fonts and pictures stay files: a data address would need an exception in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  css: { preprocessorOptions: { scss: { quietDeps: true } } },
});
