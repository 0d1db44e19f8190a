// The local model server as a function: serves every model found in a folder over V1 and V2 of the inference protocol.
export { startModelServer, type ModelServer, type ModelServerOptions } from './start-model-server.ts';
export { ModelManifest } from './model-manifest.ts';
