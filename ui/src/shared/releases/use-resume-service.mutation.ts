/** Lifts the stop of a service: its release decides again from the next case on. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { request } from '../http/request.ts';

export function useResumeService(service: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<undefined>('POST', `/api/decision-services/${encodeURIComponent(service)}/resume`),
    onSettled: () => {
      for (const queryKey of [['releases'], ['service-state', service]]) void client.invalidateQueries({ queryKey });
    },
  });
}
