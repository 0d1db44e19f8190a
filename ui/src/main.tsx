/** Starts the pages: appearance first, then the app with its address and its memory of reads. */
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { App } from './app/app.tsx';
import { DefectBoundary } from './app/defect-boundary.tsx';
import { ApiError } from './shared/http/request.ts';
import { followAppearance } from './shared/preferences/theme.ts';
import './shared/styles/carbon.scss';
import './shared/styles/fonts.css';
import './shared/styles/tokens.css';
import './shared/styles/base.css';

followAppearance();

/** A refusal stays one; a product that is busy or out of reach may answer the next time. */
function mayRetry(count: number, error: Error): boolean {
  return count < 2 && !(error instanceof ApiError && error.problem.status < 500);
}

const client = new QueryClient({
  defaultOptions: { queries: { networkMode: 'always', retry: mayRetry, refetchOnWindowFocus: true } },
});
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root to draw into');

createRoot(root).render(
  <StrictMode>
    <DefectBoundary>
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </QueryClientProvider>
    </DefectBoundary>
  </StrictMode>,
);
