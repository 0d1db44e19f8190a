/** The decision services: their names for lists and filters. */
import { useQuery } from '@tanstack/react-query';
import type { DecisionServiceSummary } from './service.ts';
import { request } from '../http/request.ts';

export function useServices() {
  return useQuery({
    queryKey: ['services'],
    queryFn: async ({ signal }) => (await request<{ items: DecisionServiceSummary[] }>('GET', '/api/decision-services', undefined, signal)).items,
    staleTime: 5 * 60_000,
  });
}
