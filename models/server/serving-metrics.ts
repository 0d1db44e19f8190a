// Counts and times of the model server, in Prometheus text, named as KServe names them.
import { Histogram, Registry } from 'prom-client';

export type ServingMetrics = {
  /** Runs the work and notes how long it took. */
  time: <T>(kind: 'predict' | 'explain', model: string, work: () => Promise<T>) => Promise<T>;
  text: () => Promise<string>;
};

export function createServingMetrics(): ServingMetrics {
  const registry = new Registry();
  const histogram = (kind: string) =>
    new Histogram({
      name: `request_${kind}_seconds`,
      help: `${kind} request latency`,
      labelNames: ['model_name'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    });
  const histograms = { predict: histogram('predict'), explain: histogram('explain') };
  return {
    async time(kind, model, work) {
      const stop = histograms[kind].startTimer({ model_name: model });
      try {
        return await work();
      } finally {
        stop();
      }
    },
    text: () => registry.metrics(),
  };
}
