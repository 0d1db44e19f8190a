/** Bounds how many event streams a session holds: the newest stay, the oldest ends. */

/** More than a browser opens to one server, so that no window of a person is ever cut off. */
const mostPerSession = 8;

export type OpenStreams = {
  /** Counts one more stream of a session; the signal is aborted when the caller is gone or a newer stream takes its place. */
  admit(session: string, gone: AbortSignal): AbortSignal;
};

export function createOpenStreams(most: number): OpenStreams {
  const open = new Map<string, AbortController[]>();
  return {
    admit(session, gone) {
      const streams = open.get(session) ?? [];
      open.set(session, streams);
      const stream = new AbortController();
      streams.push(stream);
      const leave = () => {
        const at = streams.indexOf(stream);
        if (at >= 0) streams.splice(at, 1);
        if (streams.length === 0 && open.get(session) === streams) open.delete(session);
        stream.abort();
      };
      if (gone.aborted) leave();
      else gone.addEventListener('abort', leave, { once: true });
      if (streams.length > most) streams.shift()?.abort();
      return stream.signal;
    },
  };
}

/** One per process, as the connections are. */
export const eventStreams = createOpenStreams(mostPerSession);
