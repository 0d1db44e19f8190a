/** What may decide for a service now: its release and until when. Nothing in it belongs to a single case. */
import { useQuery } from '@tanstack/react-query';
import type { ServiceState } from './service.ts';
import { request } from '../http/request.ts';

export type { ServiceState };

export function useServiceState(service: string) {
  return useQuery({
    queryKey: ['service-state', service],
    queryFn: ({ signal }) => request<ServiceState>('GET', `/api/decision-services/${encodeURIComponent(service)}/state`, undefined, signal),
    staleTime: 30_000,
    refetchInterval: 60_000,
  });
}
