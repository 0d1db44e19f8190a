/** One decision service: question, outcome classes and how its cases are shown. */
import { useQuery } from '@tanstack/react-query';
import type { DecisionService } from './service.ts';
import { request } from '../http/request.ts';

export function useService(service: string) {
  return useQuery({
    queryKey: ['service', service],
    queryFn: ({ signal }) => request<DecisionService>('GET', `/api/decision-services/${encodeURIComponent(service)}`, undefined, signal),
    staleTime: 5 * 60_000,
  });
}
