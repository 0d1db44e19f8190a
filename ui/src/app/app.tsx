/** The frame of all pages: who is signed in, header, connection, places by address, keys that work everywhere. */
import { useQueryClient } from '@tanstack/react-query';
import { Suspense, useEffect, useState } from 'react';
import { Link, Navigate, Route, Routes, useNavigate } from 'react-router';
import { ConnectionBar } from '../features/connection/connection-bar.tsx';
import { Header } from '../features/header/header.tsx';
import { LanguageSwitch } from '../features/header/language-switch.tsx';
import { ThemeMenu } from '../features/header/theme-menu.tsx';
import { useSignOut } from '../features/header/use-sign-out.mutation.ts';
import { onSignedOut } from '../shared/http/request.ts';
import { sessionKey, useSession, type Session } from '../shared/http/session.query.ts';
import { onConnectionBack } from '../shared/connection/connection.ts';
import { useKeys } from '../shared/keys/use-keys.ts';
import { Failure } from '../shared/parts/failure.tsx';
import { loadPart } from '../shared/parts/load-part.ts';
import { taskKeys } from '../shared/tasks/task-keys.ts';
import { useInboxEvents } from '../shared/tasks/use-inbox-events.ts';
import { useTaskList } from '../shared/tasks/use-task-list.query.ts';
import { useText } from '../shared/text/use-text.ts';
import { InboxPage } from './inbox-page.tsx';
import './app.css';

const SignInPage = loadPart(async () => ({ default: (await import('../features/sign-in/sign-in-page.tsx')).SignInPage }));
const FastPage = loadPart(() => import('./fast-page.tsx'));
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
  const text = useText();
  const navigate = useNavigate();
  const [help, setHelp] = useState(false);
  const signOut = useSignOut();
  const mine = useTaskList('mine', {}).data?.pages[0]?.counts.mine;
  useInboxEvents();
  useKeys({ '?': () => setHelp(true), 'g i': () => void navigate('/inbox/mine') });
  const { user } = session;
  return (
    <div className="app">
      <a className="skip-link" href="#main">
        {text.skipToMain}
      </a>
      <Header account={{ name: user.displayName, role: user.roles[0] ?? '' }} inboxCount={mine} onHelp={() => setHelp(true)} onSignOut={() => signOut.mutate()} />
      <ConnectionBar />
      <Suspense fallback={null}>
        <Routes>
          <Route path="/" element={<Navigate to="/inbox/mine" replace />} />
          <Route path="/inbox" element={<Navigate to="/inbox/mine" replace />} />
          <Route path="/inbox/:list/:userTaskKey?" element={<InboxPage me={user.name} />} />
          <Route path="/fast/:service" element={<FastPage me={user.name} onHelp={() => setHelp(true)} />} />
          <Route path="*" element={<NotFound />} />
        </Routes>
        {help && <KeysHelp onClose={() => setHelp(false)} />}
      </Suspense>
    </div>
  );
}

function NotFound() {
  const text = useText().common;
  return (
    <main className="app__failure" id="main">
      <h1>{text.pageNotFound}</h1>
      <Link to="/inbox/mine">{text.toInbox}</Link>
    </main>
  );
}
