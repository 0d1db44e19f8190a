/** Listens to the server's events and renews what they name. Events only say that something changed, never what. */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { probe } from '../connection/connection.ts';
import type { InboxEvent, TaskDetail } from './task.ts';
import { taskKeys } from './task-keys.ts';

/** Many events in a row renew the lists once. */
const gatherMs = 400;

export function useInboxEvents(enabled: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (!enabled) return undefined;
    const source = new EventSource('/api/inbox/events');
    let gathering: ReturnType<typeof setTimeout> | undefined;
    const renewLists = () => {
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void client.invalidateQueries({ queryKey: taskKeys.lists });
      }, gatherMs);
    };
    const listen = (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as InboxEvent;
      if (event.event === 'task-changed') renewCase(client, event.caseId);
      renewLists();
    };
    source.addEventListener('tasks-changed', listen);
    source.addEventListener('task-changed', listen);
    source.addEventListener('error', () => void probe());
    return () => {
      clearTimeout(gathering);
      source.close();
    };
  }, [client, enabled]);
}

function renewCase(client: QueryClient, caseId: string): void {
  void client.invalidateQueries({ predicate: ({ queryKey, state }) => queryKey[0] === 'task' && (state.data as TaskDetail | undefined)?.caseId === caseId });
}
