// Flowable inside this JVM, spoken to through its Java API.
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.flowable.common.engine.api.delegate.event.FlowableEngineEventType;
import org.flowable.common.engine.impl.cfg.TransactionState;
import org.flowable.common.engine.impl.history.HistoryLevel;
import org.flowable.engine.ProcessEngine;
import org.flowable.engine.delegate.event.AbstractFlowableEngineEventListener;
import org.flowable.engine.impl.cfg.StandaloneProcessEngineConfiguration;

public final class FlowablePeer implements PeerEngine {
  private final HikariDataSource database;
  private final ProcessEngine engine;
  private volatile Consumer<String> ended = instance -> {};

  private FlowablePeer(HikariDataSource database, String history) {
    this.database = database;
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setDataSource(database);
    configuration.setDatabaseSchemaUpdate("true");
    configuration.setHistoryLevel(HistoryLevel.getHistoryLevelForKey(history));
    // An external job's completion is only noted by its caller; the engine's own executor carries it out.
    configuration.setAsyncExecutorActivate(true);
    engine = configuration.buildProcessEngine();
  }

  public static void main(String[] given) throws Exception {
    PeerBench.run(given, (database, history) -> new FlowablePeer(database, history));
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
    return engine.getManagementService().createExternalWorkerJobAcquireBuilder().topic(topic, Duration.ofMinutes(10)).acquireAndLock(most, "bench").stream()
        .map(job -> new Job(job.getId(), job.getProcessInstanceId()))
        .toList();
  }

  @Override
  public void complete(Job job, Map<String, Object> variables) {
    engine.getManagementService().createExternalWorkerCompletionBuilder(job.id(), "bench").variables(variables).complete();
  }

  @Override
  public void onEnded(Consumer<String> listener) {
    ended = listener;
    engine.getRuntimeService().addEventListener(new EndListener(), FlowableEngineEventType.PROCESS_COMPLETED);
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

  /** Hears of ends once they are committed. */
  private final class EndListener extends AbstractFlowableEngineEventListener {
    EndListener() {
      setOnTransaction(TransactionState.COMMITTED.name());
    }

    @Override
    protected void processCompleted(org.flowable.common.engine.api.delegate.event.FlowableEngineEntityEvent event) {
      ended.accept(event.getProcessInstanceId());
    }
  }
}
