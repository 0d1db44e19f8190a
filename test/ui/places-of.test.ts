// What pages offer to each role is what the server lets it do; every role that has no inbox has words of its own.
import { describe, expect, test } from 'vitest';
import { operations, personRoles, type Operation } from '../../api/contract/index.ts';
import { castVote, listReleases, proposeRelease } from '../../api/contract/releases.ts';
import { placesOf } from '../../ui/src/shared/roles/places-of.ts';
import { dictionaryOf } from '../../ui/src/shared/text/formats.ts';

const mayCall = ({ access }: Operation, role: (typeof personRoles)[number]) => access.kind === 'restricted' && access.people.includes(role);

describe.each(personRoles)('to the role %s', (role) => {
  test('pages offer what the server allows, and nothing else', () => {
    const { home: _, ...places } = placesOf([role]);
    expect(places).toEqual({
      inbox: mayCall(operations.listTasks, role),
      judges: mayCall(operations.claimTask, role),
      releases: mayCall(listReleases, role),
      proposes: mayCall(proposeRelease, role),
      votes: mayCall(castVote, role),
      figures: mayCall(operations.readMetrics, role),
    });
  });

  test('a role without inbox starts with the releases, and its overview says what it finds, in both languages', () => {
    const { inbox, home } = placesOf([role]);
    expect(home === '/releases').toBe(!inbox);
    for (const language of ['de', 'en'] as const) expect(dictionaryOf(language).start.forRole[role] === undefined).toBe(inbox);
  });
});

test('somebody with two roles has the places of both', () => {
  expect(placesOf(['ml-engineer', 'expert'])).toEqual({ inbox: true, judges: true, releases: true, proposes: true, votes: false, figures: true, home: '/inbox/mine' });
  expect(placesOf(['approver', 'auditor'])).toEqual({ inbox: true, judges: false, releases: true, proposes: false, votes: true, figures: true, home: '/inbox/all' });
  expect(placesOf([])).toMatchObject({ inbox: false, releases: false, home: '/start' });
});
