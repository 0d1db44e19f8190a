// Runs the real Zeebe engine in memory and lets the conformance tests write commands, move its clock and read its records.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.camunda.zeebe.logstreams.log.LogAppendEntry;
import io.camunda.zeebe.logstreams.log.LogStream;
import io.camunda.zeebe.logstreams.log.LogStreamWriter;
import io.camunda.zeebe.logstreams.log.WriteContext;
import io.camunda.zeebe.process.test.api.ZeebeTestEngine;
import io.camunda.zeebe.process.test.engine.EngineFactory;
import io.camunda.zeebe.protocol.impl.encoding.MsgPackConverter;
import io.camunda.zeebe.protocol.impl.record.RecordMetadata;
import io.camunda.zeebe.protocol.impl.record.UnifiedRecordValue;
import io.camunda.zeebe.protocol.record.Record;
import io.camunda.zeebe.protocol.record.RecordType;
import io.camunda.zeebe.protocol.record.ValueType;
import io.camunda.zeebe.protocol.record.intent.Intent;
import io.camunda.zeebe.protocol.record.intent.ProcessInstanceModificationIntent;
import io.camunda.zeebe.scheduler.clock.ControlledActorClock;
import io.camunda.zeebe.stream.impl.StreamProcessor;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * HTTP on loopback; several engines side by side, each with one request at a time. Each answer is the new events and rejections as JSON lines.
 * POST /NAME/reset {"now": ms}: a new, empty engine of that name, whose clock stands at that instant.
 * POST /NAME/command {"valueType", "intent", "key"?, "value"}: writes any command of the protocol and waits until the engine is quiet.
 * POST /NAME/clock {"now": ms}: moves its clock and waits until what became due is done.
 * POST /NAME/log {}: its whole log since the reset, commands too.
 */
public final class OracleEngine {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int QUIET_CHECKS = 4;
  private static final long DEADLINE_MS = 30_000;

  private ZeebeTestEngine engine;
  private LogStreamWriter writer;
  private StreamProcessor processor;
  private ControlledActorClock clock;
  private int recordsRead;

  public static void main(String[] args) throws Exception {
    Map<String, OracleEngine> engines = new ConcurrentHashMap<>();
    HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(Executors.newCachedThreadPool());
    http.createContext("/", exchange -> {
      String[] path = exchange.getRequestURI().getPath().split("/");
      engines.computeIfAbsent(path[1], name -> new OracleEngine()).answer(exchange, path[2]);
    });
    http.start();
    System.out.println("{\"port\":" + http.getAddress().getPort() + "}");
    while (System.in.read() >= 0) { } // the parent holds our standard input open: its end is ours
    System.exit(0);
  }

  private synchronized void answer(HttpExchange exchange, String action) throws IOException {
    byte[] body;
    int status = 200;
    try {
      JsonNode request = JSON.readTree(exchange.getRequestBody());
      switch (action) {
        case "reset" -> reset(request.get("now").asLong());
        case "command" -> write(request);
        case "clock" -> clock.setCurrentTime(Instant.ofEpochMilli(request.get("now").asLong()));
        case "log" -> { }
        default -> throw new IllegalArgumentException("unknown action " + action);
      }
      awaitQuiet(action.equals("clock") ? 60 : 0);
      body = (action.equals("log") ? wholeLog() : newRecords()).getBytes(StandardCharsets.UTF_8);
    } catch (TimeoutException endless) {
      status = 504;
      body = endless.getMessage().getBytes(StandardCharsets.UTF_8);
    } catch (Throwable failure) { // also when memory is short: what is thrown on would only be seen as a connection that breaks
      status = 500;
      body = failure.toString().getBytes(StandardCharsets.UTF_8);
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private void reset(long now) throws Exception {
    if (engine != null) engine.stop();
    engine = EngineFactory.create(0);
    recordsRead = 0;
    clock = (ControlledActorClock) field("clock").get(engine);
    clock.setCurrentTime(Instant.ofEpochMilli(now));
    // The factory's gRPC server would listen on every interface.
    Server loopback = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .addService((BindableService) field("gateway").get(engine)).build();
    field("grpcServer").set(engine, loopback);
    engine.start();
    processor = (StreamProcessor) field("streamProcessor").get(engine);
    writer = ((LogStream) field("logStream").get(engine)).newLogStreamWriter();
  }

  private Field field(String name) throws NoSuchFieldException {
    Field field = engine.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  private void write(JsonNode request) {
    ValueType type = ValueType.valueOf(request.get("valueType").asText());
    @SuppressWarnings("unchecked")
    Map<String, Object> fields = JSON.convertValue(request.get("value"), Map.class);
    packNested(fields);
    UnifiedRecordValue value = UnifiedRecordValue.fromValueType(type);
    value.wrap(new UnsafeBuffer(MsgPackConverter.convertToMsgPack((Object) fields)));
    RecordMetadata metadata = new RecordMetadata().recordType(RecordType.COMMAND).valueType(type)
        .intent(intentOf(type, request.get("intent").asText()));
    LogAppendEntry entry = request.hasNonNull("key")
        ? LogAppendEntry.of(request.get("key").asLong(), metadata, value) : LogAppendEntry.of(metadata, value);
    writer.tryWrite(WriteContext.internal(), entry).ifLeft(failure -> { throw new IllegalStateException("not written: " + failure); });
  }

  /** Variables travel as packed documents inside the record, at whatever depth, resources as bytes. */
  private static void packNested(Map<String, Object> fields) {
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      Object value = field.getValue();
      if (field.getKey().equals("variables") && value instanceof Map) field.setValue(MsgPackConverter.convertToMsgPack(value));
      else if (field.getKey().equals("resource")) field.setValue(Base64.getDecoder().decode((String) value));
      else packAll(value instanceof List<?> list ? list : List.of(value));
    }
  }

  @SuppressWarnings("unchecked")
  private static void packAll(List<?> values) {
    for (Object value : values) if (value instanceof Map<?, ?> inner) packNested((Map<String, Object>) inner);
  }

  /** Quiet: all of the log is processed and nothing was added while we looked again; after a moved clock the schedules need a moment first. */
  private void awaitQuiet(long settleMs) throws InterruptedException, TimeoutException {
    long end = System.currentTimeMillis() + DEADLINE_MS;
    Thread.sleep(settleMs);
    int count = -1;
    for (int quiet = 0; quiet < QUIET_CHECKS; ) {
      if (System.currentTimeMillis() > end) throw new TimeoutException("the engine did not come to rest");
      int seen = records().size();
      quiet = processor.hasProcessingReachedTheEnd().join() && seen == count ? quiet + 1 : 0;
      count = seen;
      Thread.sleep(1);
    }
  }

  private String newRecords() {
    List<Record<?>> all = records();
    StringBuilder lines = new StringBuilder();
    for (Record<?> record : all.subList(recordsRead, all.size())) {
      if (record.getRecordType() != RecordType.COMMAND) lines.append(record.toJson()).append('\n');
    }
    recordsRead = all.size();
    return lines.toString();
  }

  private String wholeLog() {
    StringBuilder lines = new StringBuilder();
    for (Record<?> record : records()) lines.append(record.toJson()).append('\n');
    return lines.toString();
  }

  /** The library hands out its list, as something that can only be walked through. */
  private List<Record<?>> records() {
    return (List<Record<?>>) engine.getRecordStreamSource().getRecords();
  }

  /** The protocol's own table forgets modifications. */
  private static Intent intentOf(final ValueType type, final String name) {
    return type == ValueType.PROCESS_INSTANCE_MODIFICATION ? ProcessInstanceModificationIntent.valueOf(name) : Intent.fromProtocolValue(type, name);
  }
}
