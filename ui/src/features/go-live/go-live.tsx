/** The go-live decision: what approving does, the evidence, and the vote beside it. The chosen part stands in the address. */
import { ChevronRight } from '@carbon/react/icons';
import { Suspense } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { loadPart } from '../../shared/parts/load-part.ts';
import { Tabs } from '../../shared/parts/tabs.tsx';
import { MovesTable } from '../../shared/releases/moves-table.tsx';
import { nameOfModel } from '../../shared/releases/model-name.ts';
import type { ReleaseDetail } from '../../shared/releases/release.ts';
import { ReleaseFrame } from '../../shared/releases/release-frame.tsx';
import { StateTag } from '../../shared/releases/state-tag.tsx';
import { useEvidence } from '../../shared/releases/use-evidence.query.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useLocal } from '../../shared/text/use-text.ts';
import { DecisionPanel } from './decision-panel.tsx';
import { EvidenceTab } from './evidence-tab.tsx';
import { Findings } from './findings.tsx';
import { LineageTab } from './lineage-tab.tsx';
import { Part } from './part.tsx';
import './go-live.css';

const ModelCard = loadPart(() => import('./model-card.tsx'));

const tabs = ['evidence', 'card', 'lineage', 'findings', 'history'] as const;
type TabId = (typeof tabs)[number];

export function GoLive({ me }: { me: { name: string; displayName: string } }) {
  const { release = '' } = useParams();
  return <ReleaseFrame release={release}>{(detail) => <Decision detail={detail} me={me} />}</ReleaseFrame>;
}

function Decision({ detail, me }: { detail: ReleaseDetail; me: { name: string; displayName: string } }) {
  const text = useReleaseText();
  const local = useLocal();
  const [address, setAddress] = useSearchParams();
  const current = tabs.find((tab) => tab === address.get('part')) ?? 'evidence';
  const words = text.goLive;
  return (
    <div className="go-live">
      <main className="go-live__main" id="main">
        <div className="page-head page-head--tabs">
          <p className="page-head__crumb small quiet">
            <Link to="/releases">{text.page.crumb}</Link> <ChevronRight size={12} aria-hidden="true" /> <Link to={`/releases/${detail.release}`}>{local(detail.serviceName)}</Link> <ChevronRight size={12} aria-hidden="true" /> {words.crumb}
          </p>
          <div className="page-head__title">
            <h1>{words.title(nameOfModel(detail))}</h1>
            <span className="tag">
              {text.risk[detail.riskTier]}: {text.votesNeeded(detail.decision.needed.length)}
            </span>
            {detail.kind !== 'promotion' && <span className="tag tag--quiet">{text.kinds[detail.kind]}</span>}
            <StateTag state={detail.state} share={detail.share} />
          </div>
        </div>
        <Tabs<TabId>
          label={words.tabs.label}
          current={current}
          onChoose={(part) => setAddress(part === 'evidence' ? {} : { part }, { replace: true })}
          tabs={tabs.map((id) => ({ id, name: words.tabs[id], count: id === 'findings' ? detail.gate?.findings.length : undefined }))}
        >
          <TabBody tab={current} detail={detail} />
        </Tabs>
      </main>
      <DecisionPanel detail={detail} me={me} />
    </div>
  );
}

function TabBody({ tab, detail }: { tab: TabId; detail: ReleaseDetail }) {
  const card = useEvidence(detail, 'model-card');
  switch (tab) {
    case 'evidence':
      return <EvidenceTab detail={detail} />;
    case 'card':
      return (
        <Suspense fallback={null}>
          <Part part={card} name="model-card">
            {({ markdown }) => <ModelCard markdown={markdown} />}
          </Part>
        </Suspense>
      );
    case 'lineage':
      return <LineageTab detail={detail} />;
    case 'findings':
      return <Findings gate={detail.gate} withCodes />;
    case 'history':
      return <MovesTable detail={detail} />;
    default:
      return tab satisfies never;
  }
}
