/** The frame of all pages: who is signed in, header, connection, places by address, keys that work everywhere. */
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { Link, Navigate, Route, Routes, useNavigate } from 'react-router';
import { ConnectionBar } from '../features/connection/connection-bar.tsx';
import { Header, type HeaderPlace } from '../features/header/header.tsx';
import { LanguageSwitch } from '../features/header/language-switch.tsx';
import { ThemeMenu } from '../features/header/theme-menu.tsx';
import { useSignOut } from '../features/header/use-sign-out.mutation.ts';
import { onSignedOut } from '../shared/http/request.ts';
import { sessionKey, useSession, type Session } from '../shared/http/session.query.ts';
import { onConnectionBack } from '../shared/connection/connection.ts';
import { useKeys } from '../shared/keys/use-keys.ts';
import { Failure } from '../shared/parts/failure.tsx';
import { loadPart } from '../shared/parts/load-part.ts';
import { useOpenDecisions } from '../shared/releases/use-open-decisions.query.ts';
import { placesOf, type Places } from '../shared/roles/places-of.ts';
import { taskKeys } from '../shared/tasks/task-keys.ts';
import { useInboxEvents } from '../shared/tasks/use-inbox-events.ts';
import { useTaskList } from '../shared/tasks/use-task-list.query.ts';
import { useText } from '../shared/text/use-text.ts';
import { InboxPage } from './inbox-page.tsx';
import './app.css';

const SignInPage = loadPart(async () => ({ default: (await import('../features/sign-in/sign-in-page.tsx')).SignInPage }));
const FastPage = loadPart(() => import('./fast-page.tsx'));
const ReleasePages = loadPart(() => import('./release-pages.tsx'));
const StartPage = loadPart(() => import('./start-page.tsx'));
const KeysHelp = loadPart(() => import('../features/keys-help/keys-help.tsx'));

export function App() {
  const text = useText();
  const client = useQueryClient();
  const session = useSession();
  const [ended, setEnded] = useState(false);
  useEffect(
    () =>
      onSignedOut(() => {
        if (client.getQueryData(sessionKey) !== null) setEnded(true);
        client.setQueryData(sessionKey, null);
      }),
    [client],
  );
  // What was read before an outage may be old; a task in hand is left to its own answer.
  useEffect(
    () => onConnectionBack(() => void client.invalidateQueries({ predicate: ({ queryKey, state }) => queryKey[0] !== taskKeys.task('')[0] || state.status === 'error' })),
    [client],
  );
  if (session.isError) {
    return (
      <main className="app__failure">
        <Failure sentence={text.common.unreachable} error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data === undefined) return null;
  if (session.data === null) {
    return (
      <Suspense fallback={null}>
        <SignInPage
          ended={ended}
          tools={
            <>
              <LanguageSwitch />
              <ThemeMenu />
            </>
          }
        />
      </Suspense>
    );
  }
  return <SignedIn session={session.data} />;
}

function SignedIn({ session }: { session: Session }) {
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const signOut = useSignOut();
  const { user } = session;
  const places = placesOf(user.roles);
  const { home, inbox, judges, releases } = places;
  useInboxEvents(inbox);
  const headerPlaces = useHeaderPlaces(places);
  useKeys({
    '?': () => setHelp(true),
    'g i': inbox ? () => void navigate('/inbox') : undefined,
    'g r': releases ? () => void navigate('/releases') : undefined,
  });
  return (
    <Frame>
      <Header account={accountOf(user)} home={home} places={headerPlaces} onHelp={() => setHelp(true)} onSignOut={() => signOut.mutate()} />
      <ConnectionBar />
      <Suspense fallback={null}>
        <Routes>
          <Route path="/" element={<Navigate to={home} replace />} />
          {inbox && <Route path="/inbox" element={<Navigate to={judges ? '/inbox/mine' : '/inbox/all'} replace />} />}
          {inbox && <Route path="/inbox/:list/:userTaskKey?" element={<InboxPage me={user.name} />} />}
          {judges && <Route path="/fast/:service" element={<FastPage me={user.name} onHelp={() => setHelp(true)} />} />}
          {releases && <Route path="/releases/*" element={<ReleasePages me={user} notFound={<NotFound home={home} />} />} />}
          {releases && <Route path="/models" element={<ReleasePages me={user} notFound={<NotFound home={home} />} />} />}
          <Route path="/start" element={inbox ? <Navigate to={home} replace /> : <StartPage roles={user.roles} />} />
          {/* A place that is not this person's: a link from somebody else's mail, say. */}
          {[...(inbox ? [] : ['/inbox/*']), ...(judges ? [] : ['/fast/*']), ...(releases ? [] : ['/releases/*', '/models'])].map((path) => (
            <Route key={path} path={path} element={<Navigate to={home} replace />} />
          ))}
          <Route path="*" element={<NotFound home={home} />} />
        </Routes>
        {help && <KeysHelp onClose={() => setHelp(false)} />}
      </Suspense>
    </Frame>
  );
}

/** The places of the header with what waits in each. */
function useHeaderPlaces({ inbox, releases, votes }: Places): HeaderPlace[] {
  const text = useText();
  const mine = useTaskList('mine', {}, inbox).data?.pages[0]?.counts.mine;
  const open = useOpenDecisions(votes).data;
  return [
    ...(inbox ? [{ to: '/inbox', name: text.header.inbox, under: /^\/(inbox|fast)\b/, count: mine }] : []),
    ...(releases ? [{ to: '/releases', name: text.header.releases, under: /^\/(releases|models)\b/, count: open, countWords: open === undefined ? undefined : text.header.openDecisions(open) }] : []),
    ...(inbox ? [] : [{ to: '/start', name: text.start.place, under: /^\/start\b/ }]),
  ];
}

const accountOf = (user: Session['user']) => ({ name: user.displayName, role: user.roles[0] ?? '' });

function Frame({ children }: { children: ReactNode }) {
  const text = useText();
  return (
    <div className="app">
      <a className="skip-link" href="#main">
        {text.skipToMain}
      </a>
      {children}
    </div>
  );
}

function NotFound({ home }: { home: string }) {
  const text = useText().common;
  return (
    <main className="app__failure" id="main">
      <h1>{text.pageNotFound}</h1>
      <Link to={home}>{text.toHome}</Link>
    </main>
  );
}
