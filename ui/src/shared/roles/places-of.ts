/** Which places a person finds here, by roles. The server decides; this only keeps pages from offering what it would refuse. */

export type Places = {
  /** Opens the inbox, if only to read along. */
  inbox: boolean;
  /** Takes and judges cases. */
  judges: boolean;
  /** May read the server's figures. */
  figures: boolean;
  /** Where the person starts. */
  home: '/inbox/mine' | '/inbox/all' | '/start';
};

const readers = ['expert', 'auditor', 'administrator', 'process-owner'];
const figureReaders = ['administrator', 'ml-engineer', 'auditor'];

export function placesOf(roles: readonly string[]): Places {
  const judges = roles.includes('expert');
  const inbox = roles.some((role) => readers.includes(role));
  return { inbox, judges, figures: roles.some((role) => figureReaders.includes(role)), home: judges ? '/inbox/mine' : inbox ? '/inbox/all' : '/start' };
}
