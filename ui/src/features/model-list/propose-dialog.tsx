/** Proposes a version for a decision service: which one, what follows, and what the server says against it. */
import { Select, SelectItem } from '@carbon/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../../shared/http/request.ts';
import { ConfirmDialog } from '../../shared/parts/confirm-dialog.tsx';
import { Notice } from '../../shared/parts/notice.tsx';
import { nameOfVersion } from '../../shared/releases/model-name.ts';
import type { ModelDetail, ModelVersionView } from '../../shared/releases/release.ts';
import { useProposeRelease } from '../../shared/releases/use-propose-release.mutation.ts';
import { useReleaseText } from '../../shared/releases/words/use-release-text.ts';
import { useServices } from '../../shared/tasks/use-services.query.ts';
import { useLocal } from '../../shared/text/use-text.ts';
import { provenArtifact, servedName } from './served-name.ts';

type ProposeDialogProps = { model: ModelDetail; version: ModelVersionView; onClose: () => void };

export function ProposeDialog({ model, version, onClose }: ProposeDialogProps) {
  const text = useReleaseText().models;
  const local = useLocal();
  const navigate = useNavigate();
  const services = useServices().data ?? [];
  const propose = useProposeRelease();
  // Where a service is named like the model it is most likely meant.
  const [service, setService] = useState<string>();
  const chosen = service ?? services.find((one) => one.service === model.name)?.service ?? services[0]?.service;
  const digest = provenArtifact(version)?.digest;
  const send = () => {
    if (chosen === undefined || digest === undefined) return;
    propose.mutate(
      { service: chosen, model: { name: servedName(model, version), version: version.version, digest }, reference: version.id, source: 'hand', trainedBy: version.author },
      { onSuccess: ({ release }) => void navigate(`/releases/${release}`) },
    );
  };
  const { error } = propose;
  return (
    <ConfirmDialog title={text.proposeTitle(`${model.name} ${nameOfVersion(version.version)}`)} confirm={text.proposeConfirm} cancel={text.cancel} busy={propose.isPending} ready={chosen !== undefined && digest !== undefined} onConfirm={send} onClose={onClose}>
      <Select id="propose-service" labelText={text.proposeService} value={chosen ?? ''} onChange={(event) => setService(event.target.value)}>
        {services.map((one) => (
          <SelectItem key={one.service} value={one.service} text={local(one.name)} />
        ))}
      </Select>
      <p>{text.proposeBody}</p>
      {error !== null && (
        <Notice kind="error">
          <b>{text.proposeFailed}</b> {error instanceof ApiError ? error.message : ''}
        </Notice>
      )}
    </ConfirmDialog>
  );
}
