// Says in a sentence why the engine cannot listen where the system only gives a code.

const reasons: Partial<Record<string, (where: { host: string; port: number }) => string>> = {
  EADDRINUSE: ({ host, port }) => `The port ${port} on ${host} is taken by another program. End that program, or set --port to another port (0 takes any free one).`,
  EACCES: ({ host, port }) => `The port ${port} on ${host} may not be opened by this user. Set --port to a port of 1024 or more.`,
  EADDRNOTAVAIL: ({ host }) => `The address ${host} is not one of this machine. Leave --host out.`,
};

/** The same error with a sentence where the address is the cause; every other error unchanged. */
export function asListenRefusal(error: unknown, where: { readonly host: string; readonly port: number }): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reason = reasons[code];
  return reason === undefined ? error : new Error(reason(where), { cause: error });
}
