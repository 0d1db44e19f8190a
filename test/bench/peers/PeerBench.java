// Obeys the bench: one command a line on standard input, one line of JSON for each on standard output.
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Collectors;

final class PeerBench {
  private static final int CONNECTIONS = 72;
  private final PeerEngine engine;
  private final PeerLoop loop;
  private final Deque<String> parked = new ArrayDeque<>();
  private int threads = 8;

  interface Opener {
    PeerEngine open(HikariDataSource database, String history);
  }

  private PeerBench(PeerEngine engine) {
    this.engine = engine;
    this.loop = new PeerLoop(engine);
  }

  /** `given`: database, history level, then the diagrams' files. */
  static void run(String[] given, Opener opener) throws Exception {
    PrintStream answers = System.out;
    // What an engine prints is not for the one who asks.
    System.setOut(System.err);
    try (PeerEngine engine = opener.open(PeerDatabase.open(given[0], CONNECTIONS), given[1])) {
      for (int index = 2; index < given.length; index++) engine.deploy(Path.of(given[index]).getFileName().toString(), Files.readString(Path.of(given[index])));
      PeerBench bench = new PeerBench(engine);
      answers.println("{\"ready\":true}");
      BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) answers.println(bench.obey(line.split(" ")));
    }
    System.exit(0);
  }

  private String obey(String[] words) throws Exception {
    int count = Integer.parseInt(words[1]);
    return switch (words[0]) {
      case "threads" -> { threads = count; yield "{\"ready\":true}"; }
      case "run" -> timings(loop.run(count, Integer.parseInt(words[2]), threads));
      case "park" -> timings(park(count));
      case "complete" -> timings(complete(count));
      default -> throw new IllegalArgumentException("unknown command " + words[0]);
    };
  }

  /** Parks user tasks until so many are parked. */
  private PeerLoop.Result park(int wanted) {
    long begun = System.nanoTime();
    while (parked.size() < wanted) parked.add(engine.taskOf(engine.start("park", Map.of("n", parked.size()))));
    return new PeerLoop.Result(System.nanoTime() - begun, new long[0]);
  }

  /** Completes the oldest one and parks another, so that as many stay parked; only the completion is timed. */
  private PeerLoop.Result complete(int times) {
    long[] nanos = new long[times];
    long begun = System.nanoTime();
    for (int index = 0; index < times; index++) {
      long before = System.nanoTime();
      engine.completeTask(parked.remove(), Map.of("ok", true));
      nanos[index] = System.nanoTime() - before;
      parked.add(engine.taskOf(engine.start("park", Map.of("n", index))));
    }
    return new PeerLoop.Result(System.nanoTime() - begun, nanos);
  }

  private static String timings(PeerLoop.Result result) {
    String times = Arrays.stream(result.nanos()).mapToObj(nanos -> String.valueOf(nanos / 1e6)).collect(Collectors.joining(",", "[", "]"));
    return "{\"elapsedMs\":" + result.elapsedNanos() / 1e6 + ",\"timesMs\":" + times + "}";
  }
}
