/** The address of fast mode: one decision service whose cases are pictures. */
import { useParams } from 'react-router';
import { ServiceBanner } from '../features/service-state/service-banner.tsx';
import { FastMode } from '../features/review/fast/fast-mode.tsx';

export default function FastPage({ me, onHelp }: { me: string; onHelp: () => void }) {
  const { service = '' } = useParams();
  return <FastMode key={service} service={service} me={me} banner={<ServiceBanner service={service} />} onHelp={onHelp} />;
}
