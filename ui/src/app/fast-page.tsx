/** The address of fast mode: one decision service whose cases are pictures. */
import { useParams } from 'react-router';
import { FastMode } from '../features/review/fast/fast-mode.tsx';

export default function FastPage({ me, onHelp }: { me: string; onHelp: () => void }) {
  const { service = '' } = useParams();
  return <FastMode key={service} service={service} me={me} onHelp={onHelp} />;
}
