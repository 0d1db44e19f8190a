// What the elements have in common that a token only passes.

/** Mappings are allowed here, but a cluster does not apply them. */
export const unmapped = { inputs: [], outputs: [] } as const;

/** A gateway may have execution listeners before it, none after it. */
export const noEndListeners = { event: 'end', by: 'gateway element' } as const;
