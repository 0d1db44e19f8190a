/** Says in a sentence why the server cannot start where the system only gives a code. */

const portReasons: Partial<Record<string, (where: { host: string; port: number }) => string>> = {
  EADDRINUSE: ({ host, port }) => `The port ${port} on ${host} is taken by another program. End that program, or set STELLWERK_PORT to another port (0 takes any free one).`,
  EACCES: ({ host, port }) => `The port ${port} on ${host} may not be opened by this user. Set STELLWERK_PORT to a port of 1024 or more.`,
  EADDRNOTAVAIL: ({ host }) => `The address ${host} is not one of this machine. Set STELLWERK_HOST to one that is, or leave it out.`,
  ENOTFOUND: ({ host }) => `The name ${host} leads to no address. Set STELLWERK_HOST to an address of this machine, or leave it out.`,
};

const folderReasons: Partial<Record<string, string>> = {
  EEXIST: 'is not a folder',
  ENOTDIR: 'lies below something that is not a folder',
  EACCES: 'may not be written by this user',
  EPERM: 'may not be written by this user',
  EROFS: 'lies on a disk that is read-only',
  ENOSPC: 'lies on a disk that is full',
  ENOENT: 'cannot be made: its parent takes no folders',
  ENAMETOOLONG: 'has too long a name',
  ELOOP: 'lies behind links that lead in a circle',
};

/** The same error with a sentence where the address is the cause; every other error unchanged. */
export function asListenRefusal(error: unknown, where: { host: string; port: number }): unknown {
  const reason = portReasons[codeOf(error)];
  return reason === undefined ? error : new Error(reason(where), { cause: error });
}

/** The same error with a sentence where the folder is the cause; every other error unchanged. */
export function asFolderRefusal(error: unknown, dataDir: string): unknown {
  const reason = folderReasons[codeOf(error)];
  return reason === undefined ? error : new Error(`The data folder ${dataDir} ${reason}. Put that right, or set STELLWERK_DATA to another folder.`, { cause: error });
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
