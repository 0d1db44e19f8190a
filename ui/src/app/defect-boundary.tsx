/** Catches a defect of the pages: says so, offers the way back, and keeps the details for support. */
import { Component, type ReactNode } from 'react';
import { Failure } from '../shared/parts/failure.tsx';
import { dictionaryOf } from '../shared/text/formats.ts';
import { getPreferences } from '../shared/preferences/preferences.ts';

export class DefectBoundary extends Component<{ children: ReactNode }, { defect: unknown }> {
  override state: { defect: unknown } = { defect: undefined };

  static getDerivedStateFromError(defect: unknown): { defect: unknown } {
    return { defect };
  }

  override render(): ReactNode {
    if (this.state.defect === undefined) return this.props.children;
    const text = dictionaryOf(getPreferences().language);
    return (
      <main className="app__failure">
        <Failure sentence={text.common.defect} error={this.state.defect} onRetry={() => window.location.assign('/')} />
      </main>
    );
  }
}
