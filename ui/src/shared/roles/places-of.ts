/** Which places a person finds here, by roles. The server decides; this only keeps pages from offering what it would refuse. */

export type Places = {
  /** Opens the inbox, if only to read along. */
  inbox: boolean;
  /** Takes and judges cases. */
  judges: boolean;
  /** Sees releases, their evidence and the models. */
  releases: boolean;
  /** May propose a model version. */
  proposes: boolean;
  /** Votes on go-lives. */
  votes: boolean;
  /** May read the server's figures. */
  figures: boolean;
  /** Where the person starts. */
  home: '/inbox/mine' | '/inbox/all' | '/releases' | '/start';
};

const inboxReaders = ['expert', 'auditor', 'administrator', 'process-owner'];
const releaseReaders = ['approver', 'process-owner', 'ml-engineer', 'auditor', 'administrator'];
const proposers = ['ml-engineer', 'process-owner'];
const voters = ['approver', 'process-owner'];
const figureReaders = ['administrator', 'ml-engineer', 'auditor'];

export function placesOf(roles: readonly string[]): Places {
  const any = (wanted: readonly string[]) => roles.some((role) => wanted.includes(role));
  const judges = roles.includes('expert');
  const inbox = any(inboxReaders);
  const releases = any(releaseReaders);
  return {
    inbox,
    judges,
    releases,
    proposes: any(proposers),
    votes: any(voters),
    figures: any(figureReaders),
    home: judges ? '/inbox/mine' : inbox ? '/inbox/all' : releases ? '/releases' : '/start',
  };
}
