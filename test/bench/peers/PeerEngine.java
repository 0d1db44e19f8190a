// What the bench asks of an engine that runs inside this JVM.
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

interface PeerEngine extends AutoCloseable {
  void deploy(String resource, String diagram);

  /** Starts one and returns its id once that is committed. */
  String start(String process, Map<String, Object> variables);

  /** Locks up to so many open jobs of the topic for this worker. */
  List<Job> fetch(String topic, int most);

  void complete(Job job, Map<String, Object> variables);

  /** Tells each instance's id when its end is committed. */
  void onEnded(Consumer<String> listener);

  /** The open user task of one instance. */
  String taskOf(String instance);

  void completeTask(String task, Map<String, Object> variables);

  @Override
  void close();

  record Job(String id, String instance) {}
}
