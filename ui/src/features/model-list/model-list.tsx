/** The registry's models with their versions, which release has which, and the way to propose one. */
import { useState } from 'react';
import { Link } from 'react-router';
import { AfterDelay } from '../../shared/parts/after-delay.tsx';
import { Failure } from '../../shared/parts/failure.tsx';
import { DigestCopy } from '../../shared/releases/digest-copy.tsx';
import { nameOfVersion } from '../../shared/releases/model-name.ts';
import { PlaceTabs } from '../../shared/releases/place-tabs.tsx';
import type { ModelDetail, ModelVersionView } from '../../shared/releases/release.ts';
import { useModels, useModelVersions } from '../../shared/releases/use-models.query.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { usePlaces } from '../../shared/roles/use-places.ts';
import { useFormats, useLocal, useText } from '../../shared/text/use-text.ts';
import { useServices } from '../../shared/tasks/use-services.query.ts';
import { provenArtifact } from './served-name.ts';
import { ProposeDialog } from './propose-dialog.tsx';
import '../../shared/releases/release.css';
import './model-list.css';

type Chosen = { model: ModelDetail; version: ModelVersionView };

export function ModelListPage() {
  const text = useReleaseText().models;
  const models = useModels();
  const names = models.data?.items.map(({ name }) => name) ?? [];
  const versions = useModelVersions(names);
  const [chosen, setChosen] = useState<Chosen>();
  return (
    <main className="release-scroll" id="main">
      <div className="page-head">
        <PlaceTabs current="models" />
        <div className="page-head__title">
          <h1>{text.title}</h1>
          {models.data !== undefined && <span className="small quiet">{text.registry(text.registries[models.data.registry])}</span>}
        </div>
      </div>
      <div className="release-body">
        {models.isError && <Failure sentence={text.failed} error={models.error} onRetry={() => void models.refetch()} />}
        {models.data === undefined && !models.isError && (
          <div aria-busy="true">
            <p className="sr-only">{text.loading}</p>
            <AfterDelay>
              <div className="tile release-bones" />
            </AfterDelay>
          </div>
        )}
        {models.data !== undefined && names.length === 0 && <p className="quiet">{text.none}</p>}
        {names.map((name, index) => {
          const read = versions[index];
          return (
            <section key={name} className="tile" aria-label={name}>
              <div className="tile__head">
                <h2>{name}</h2>
              </div>
              {read?.isError === true && <Failure sentence={text.failed} error={read.error} onRetry={() => void read.refetch()} />}
              {read?.data !== undefined && <Versions model={read.data} onPropose={(version) => read.data !== undefined && setChosen({ model: read.data, version })} />}
            </section>
          );
        })}
      </div>
      {chosen !== undefined && <ProposeDialog {...chosen} onClose={() => setChosen(undefined)} />}
    </main>
  );
}

function Versions({ model, onPropose }: { model: ModelDetail; onPropose: (version: ModelVersionView) => void }) {
  const text = useReleaseText().models;
  const { proposes } = usePlaces();
  return (
    <table className="figures versions">
      <thead>
        <tr>
          <th scope="col">{text.version}</th>
          <th scope="col">{text.digest}</th>
          <th scope="col">{text.trainedBy}</th>
          <th scope="col">{text.release}</th>
          {proposes && (
            <th scope="col">
              <span className="sr-only">{text.propose}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {model.versions.map((version) => (
          <VersionRow key={version.id} model={model} version={version} onPropose={proposes ? () => onPropose(version) : undefined} />
        ))}
      </tbody>
    </table>
  );
}

function VersionRow({ model, version, onPropose }: { model: ModelDetail; version: ModelVersionView; onPropose: (() => void) | undefined }) {
  const text = useReleaseText();
  const format = useFormats();
  const local = useLocal();
  const services = useServices().data ?? [];
  const none = useText().common.none;
  const words = text.models;
  const digest = provenArtifact(version)?.digest ?? null;
  const created = Date.parse(version.createdAt);
  const serviceName = (id: string) => {
    const found = services.find(({ service }) => service === id);
    return found === undefined ? id : local(found.name);
  };
  return (
    <tr>
      <th scope="row">
        {nameOfVersion(version.version)} {!version.live && <span className="tag">{words.archived}</span>}
        <div className="small quiet">{Number.isNaN(created) ? version.createdAt : format.dateTime(created)}</div>
      </th>
      <td>{digest !== null && <DigestCopy digest={digest} />}</td>
      <td>{version.author ?? <span className="quiet">{none}</span>}</td>
      <td>
        {version.releases.length === 0 ? (
          <span className="quiet">{words.noRelease}</span>
        ) : (
          <ul>
            {version.releases.map(({ release, service, state, validUntil }) => (
              <li key={release}>
                <Link to={`/releases/${release}`}>
                  {serviceName(service)}: {text.states[state] ?? state}
                </Link>
                {state === 'live' && validUntil !== null && <span className="small quiet"> {words.until(format.date(Date.parse(validUntil)))}</span>}
              </li>
            ))}
          </ul>
        )}
      </td>
      {onPropose !== undefined && (
        <td className="versions__act">
          {version.live && digest !== null && (
            <button type="button" className="outline-button" aria-label={words.proposeLabel(`${model.name} ${nameOfVersion(version.version)}`)} onClick={onPropose}>
              {words.propose}
            </button>
          )}
        </td>
      )}
    </tr>
  );
}
