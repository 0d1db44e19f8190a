// Camunda 7 inside this JVM, spoken to through its Java API.
import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;

public final class Camunda7Peer implements PeerEngine {
  private static final long LOCK_MS = 600_000;
  private final HikariDataSource database;
  private final ProcessEngine engine;
  private Consumer<String> ended = instance -> {};

  private Camunda7Peer(HikariDataSource database, String history) {
    this.database = database;
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistory(history);
    // The default takes blocks of ids from the database; this is what its own documents advise for many threads.
    configuration.setIdGenerator(new StrongUuidGenerator());
    configuration.setJobExecutorActivate(false);
    engine = configuration.buildProcessEngine();
  }

  public static void main(String[] given) throws Exception {
    PeerBench.run(given, (database, history) -> new Camunda7Peer(database, history));
  }

  @Override
  public void deploy(String resource, String diagram) {
    engine.getRepositoryService().createDeployment().addString(resource, diagram).deploy();
  }

  @Override
  public String start(String process, Map<String, Object> variables) {
    return engine.getRuntimeService().startProcessInstanceByKey(process, variables).getId();
  }

  @Override
  public List<Job> fetch(String topic, int most) {
    return engine.getExternalTaskService().fetchAndLock(most, "bench").topic(topic, LOCK_MS).execute().stream()
        .map(task -> new Job(task.getId(), task.getProcessInstanceId()))
        .toList();
  }

  /** The instance runs to its end within the same transaction. */
  @Override
  public void complete(Job job, Map<String, Object> variables) {
    engine.getExternalTaskService().complete(job.id(), "bench", variables);
    ended.accept(job.instance());
  }

  @Override
  public void onEnded(Consumer<String> listener) {
    ended = listener;
  }

  @Override
  public String taskOf(String instance) {
    return engine.getTaskService().createTaskQuery().processInstanceId(instance).singleResult().getId();
  }

  @Override
  public void completeTask(String task, Map<String, Object> variables) {
    engine.getTaskService().complete(task, variables);
  }

  @Override
  public void close() {
    engine.close();
    database.close();
  }
}
