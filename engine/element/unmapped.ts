// Mappings are allowed on what a token only passes, but a cluster does not apply them.

export const unmapped = { inputs: [], outputs: [] } as const;
