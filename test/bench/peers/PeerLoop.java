// Runs instances with one job each through an engine: callers start them, a worker fetches and completes their jobs.
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * At most `inFlight` instances are under way. The worker is woken as soon as a start is committed, so that no polling
 * interval counts against the engine; one thread fetches, as many as there are complete.
 */
final class PeerLoop {
  private final PeerEngine engine;
  private final Map<String, Long> startedAt = new ConcurrentHashMap<>();
  /** Ends that were heard of before their start had returned. */
  private final Map<String, Long> endedEarly = new ConcurrentHashMap<>();
  private final AtomicReference<Run> current = new AtomicReference<>();

  PeerLoop(PeerEngine engine) {
    this.engine = engine;
    engine.onEnded(this::ended);
  }

  record Result(long elapsedNanos, long[] nanos) {}

  private record Run(Semaphore free, Semaphore done, long[] nanos, AtomicInteger next) {}

  Result run(int count, int inFlight, int threads) throws Exception {
    Run run = new Run(new Semaphore(inFlight), new Semaphore(0), new long[count], new AtomicInteger());
    current.set(run);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Semaphore open = new Semaphore(0);
    ExecutorService starters = Executors.newFixedThreadPool(threads);
    ExecutorService completers = Executors.newFixedThreadPool(threads);
    Thread fetcher = new Thread(() -> guarded(failure, run, () -> fetch(count, open, completers, failure, run)));
    long begun = System.nanoTime();
    fetcher.start();
    AtomicInteger index = new AtomicInteger();
    for (int thread = 0; thread < Math.min(threads, inFlight); thread++) {
      starters.submit(() -> guarded(failure, run, () -> {
        for (int n = index.getAndIncrement(); n < count; n = index.getAndIncrement()) {
          run.free().acquire();
          start(n);
          open.release();
        }
      }));
    }
    while (!run.done().tryAcquire(count, 200, TimeUnit.MILLISECONDS)) {
      if (failure.get() != null) throw new IllegalStateException("an instance failed", failure.get());
    }
    long elapsed = System.nanoTime() - begun;
    starters.shutdown();
    completers.shutdown();
    fetcher.join();
    return new Result(elapsed, run.nanos());
  }

  private void start(int n) {
    long before = System.nanoTime();
    String instance = engine.start("straight-through", Map.of("n", n % 20));
    startedAt.put(instance, before);
    Long early = endedEarly.remove(instance);
    if (early != null) count(instance, early);
  }

  private void fetch(int count, Semaphore open, ExecutorService completers, AtomicReference<Throwable> failure, Run run) throws InterruptedException {
    int fetched = 0;
    int known = 0;
    while (fetched < count) {
      if (known <= fetched) {
        open.acquire();
        known += 1;
      }
      known += open.drainPermits();
      List<PeerEngine.Job> jobs = engine.fetch("bench-work", 100);
      fetched += jobs.size();
      for (PeerEngine.Job job : jobs) completers.submit(() -> guarded(failure, run, () -> engine.complete(job, Map.of("ok", true))));
    }
  }

  private void ended(String instance) {
    long now = System.nanoTime();
    if (startedAt.containsKey(instance)) count(instance, now);
    else {
      endedEarly.put(instance, now);
      // The start may have come back in between.
      if (startedAt.containsKey(instance) && endedEarly.remove(instance) != null) count(instance, now);
    }
  }

  private void count(String instance, long at) {
    Run run = current.get();
    run.nanos()[run.next().getAndIncrement()] = at - startedAt.remove(instance);
    run.free().release();
    run.done().release();
  }

  private interface Work {
    void run() throws Exception;
  }

  private static void guarded(AtomicReference<Throwable> failure, Run run, Work work) {
    try {
      work.run();
    } catch (Throwable thrown) {
      failure.compareAndSet(null, thrown);
      run.free().release(1_000);
    }
  }
}
