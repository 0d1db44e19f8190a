/** The addresses of releases and models: one part of the pages that the inbox does not load. */
import type { ReactNode } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { GoLive } from '../features/go-live/go-live.tsx';
import { ModelListPage } from '../features/model-list/model-list.tsx';
import { ReleaseListPage } from '../features/release-list/release-list.tsx';
import { ReleaseTimeline } from '../features/release-timeline/release-timeline.tsx';

export default function ReleasePages({ me, notFound }: { me: { name: string; displayName: string }; notFound: ReactNode }) {
  const { pathname } = useLocation();
  if (/^\/models\b/.test(pathname)) return <ModelListPage />;
  return (
    <Routes>
      <Route index element={<ReleaseListPage />} />
      <Route path=":release" element={<ReleaseTimeline />} />
      <Route path=":release/decision" element={<GoLive me={me} />} />
      <Route path="*" element={notFound} />
    </Routes>
  );
}
