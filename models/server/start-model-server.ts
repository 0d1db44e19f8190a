// Starts the local model server on loopback.
export type ModelServerOptions = {
  /** 0 takes a free port. */
  port: number;
  /** Searched for `<family>/artefacts/<model>/model.json`. */
  folder: string;
  host?: string;
};

export type ModelServer = { url: string; close: () => Promise<void> };

/** Opens every model of the folder, then listens; rejects with a sentence where a model cannot be opened. */
export async function startModelServer(options: ModelServerOptions): Promise<ModelServer> {
  throw new Error(`not yet: ${options.folder}`);
}
