// Camunda's Java client 8.8.21 against an engine (REST address, folder with what is deployed): each step prints its name and what came back.
// Its queries are of an older dialect than 8.8, so keys are looked up with plain requests.
import io.camunda.zeebe.client.ZeebeClient;
import io.camunda.zeebe.client.api.response.ActivatedJob;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

@SuppressWarnings("deprecation")
public final class DriveEngine {
  private static int failures = 0;
  private static String address;

  interface Step {
    Object run() throws Exception;
  }

  private static Object step(String name, Step step) {
    try {
      Object result = step.run();
      System.out.println("ok " + name + (result == null || result.toString().contains("@") ? "" : " " + result));
      return result;
    } catch (Exception problem) {
      failures++;
      System.out.println("FAILED " + name + " " + problem);
      return null;
    }
  }

  /** The step must be refused with this status. */
  private static void refused(String name, int status, Step step) {
    try {
      step.run();
      failures++;
      System.out.println("FAILED " + name + " was not refused");
    } catch (Exception problem) {
      boolean isRight = String.valueOf(problem).contains("Failed with code " + status);
      if (!isRight) failures++;
      System.out.println((isRight ? "ok " : "FAILED ") + name + " refused " + (isRight ? status : problem));
    }
  }

  public static void main(String[] words) throws Exception {
    address = words[0];
    Path resources = Path.of(words[1]);
    try (ZeebeClient client = ZeebeClient.newClientBuilder().restAddress(URI.create(words[0])).usePlaintext().preferRestOverGrpc(true)
        .defaultJobPollInterval(Duration.ofMillis(10)).defaultRequestTimeout(Duration.ofSeconds(10)).build()) {
      drive(client, resources);
    }
    System.out.println(failures == 0 ? "ALL OK" : failures + " FAILED");
    System.exit(failures == 0 ? 0 : 1);
  }

  /** The last value of a field in what a search finds. */
  private static String find(String path, String body, String field) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address + "/v2" + path)).header("content-type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
    String answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    var match = Pattern.compile("\"" + field + "\":\"([^\"]*)\"").matcher(answer);
    String found = null;
    while (match.find()) found = match.group(1);
    if (found == null) throw new IllegalStateException("no " + field + " in " + answer);
    return found;
  }

  private static ActivatedJob activate(ZeebeClient client, String type) {
    List<ActivatedJob> jobs = client.newActivateJobsCommand().jobType(type).maxJobsToActivate(1).timeout(Duration.ofMinutes(5)).workerName("java").requestTimeout(Duration.ofSeconds(5)).send().join().getJobs();
    return jobs.get(0);
  }

  private static void drive(ZeebeClient client, Path resources) throws Exception {
    step("topology", () -> client.newTopologyRequest().send().join().getGatewayVersion());
    step("deploy", () -> {
      var deployment = client.newDeployResourceCommand().addResourceBytes(Files.readAllBytes(resources.resolve("a.bpmn")), "a.bpmn")
          .addResourceFile(resources.resolve("r.bpmn").toString()).addResourceFile(resources.resolve("w.bpmn").toString())
          .addResourceFile(resources.resolve("f.form").toString()).addResourceFile(resources.resolve("d.dmn").toString()).send().join();
      return deployment.getProcesses().size() + " " + deployment.getDecisions().size() + " " + deployment.getForm().size();
    });
    long first = (Long) step("create", () -> client.newCreateInstanceCommand().bpmnProcessId("a").latestVersion().variables(Map.of("x", 1)).send().join().getProcessInstanceKey());
    ActivatedJob job = activate(client, "a");
    step("activate", () -> job.getType() + " " + job.getVariablesAsMap() + " " + job.getRetries() + " " + job.getCustomHeaders() + " " + (job.getProcessInstanceKey() == first));
    step("update job retries", () -> client.newUpdateRetriesCommand(job.getKey()).retries(5).send().join());
    step("update job timeout", () -> client.newUpdateTimeoutCommand(job.getKey()).timeout(Duration.ofMinutes(6)).send().join());
    step("set variables", () -> client.newSetVariablesCommand(job.getElementInstanceKey()).variables(Map.of("y", 2)).local(true).send().join());
    step("complete", () -> client.newCompleteCommand(job.getKey()).variables(Map.of("z", 3)).send().join());
    refused("complete twice", 404, () -> client.newCompleteCommand(job.getKey()).send().join());
    client.newCreateInstanceCommand().bpmnProcessId("a").latestVersion().send().join();
    ActivatedJob failing = activate(client, "a");
    step("fail", () -> client.newFailCommand(failing.getKey()).retries(0).errorMessage("no").variables(Map.of("seen", 1)).send().join());
    long incident = Long.parseLong(find("/incidents/search", "{\"filter\":{\"state\":\"ACTIVE\"}}", "incidentKey"));
    client.newUpdateJobCommand(failing.getKey()).updateRetries(1).send().join();
    step("resolve incident", () -> client.newResolveIncidentCommand(incident).send().join());
    ActivatedJob thrown = activate(client, "a");
    step("throw error", () -> client.newThrowErrorCommand(thrown.getKey()).errorCode("LOST").errorMessage("gone").send().join());
    step("work and await the result", () -> {
      try (var worker = client.newWorker().jobType("a").handler((jobs, one) -> jobs.newCompleteCommand(one.getKey()).variables(Map.of("done", true)).send().join()).fetchVariables("x").open()) {
        return client.newCreateInstanceCommand().bpmnProcessId("a").latestVersion().variables(Map.of("x", 7)).withResult().fetchVariables("done").requestTimeout(Duration.ofSeconds(9)).send().join().getVariablesAsMap();
      }
    });
    client.newCreateInstanceCommand().bpmnProcessId("r").latestVersion().variables(Map.of("amount", 21)).send().join();
    long taskKey = Long.parseLong(find("/user-tasks/search", "{}", "userTaskKey"));
    step("assign", () -> client.newUserTaskAssignCommand(taskKey).assignee("ada").allowOverride(false).send().join());
    refused("assign again", 409, () -> client.newUserTaskAssignCommand(taskKey).assignee("bob").allowOverride(false).send().join());
    step("unassign", () -> client.newUserTaskUnassignCommand(taskKey).send().join());
    step("update task", () -> client.newUserTaskUpdateCommand(taskKey).priority(80).candidateGroups("chiefs").clearDueDate().send().join());
    step("complete task", () -> client.newUserTaskCompleteCommand(taskKey).variables(Map.of("verdict", "grant")).send().join());
    long waiting = client.newCreateInstanceCommand().bpmnProcessId("w").latestVersion().variables(Map.of("orderId", "o1")).send().join().getProcessInstanceKey();
    step("correlate", () -> client.newCorrelateMessageCommand().messageName("paid").correlationKey("o1").send().join().getProcessInstanceKey() == waiting);
    refused("correlate nothing", 404, () -> client.newCorrelateMessageCommand().messageName("paid").correlationKey("o1").send().join());
    step("publish", () -> client.newPublishMessageCommand().messageName("paid").correlationKey("o2").timeToLive(Duration.ofMinutes(1)).messageId("m").send().join().getMessageKey() > 0);
    refused("publish twice", 409, () -> client.newPublishMessageCommand().messageName("paid").correlationKey("o2").timeToLive(Duration.ofMinutes(1)).messageId("m").send().join());
    step("broadcast", () -> client.newBroadcastSignalCommand().signalName("s").variables(Map.of("a", 1)).send().join().getKey() > 0);
    step("evaluate decision", () -> client.newEvaluateDecisionCommand().decisionId("route").variables(Map.of("amount", 100)).send().join().getDecisionOutput());
    long running = client.newCreateInstanceCommand().bpmnProcessId("r").latestVersion().variables(Map.of("amount", 1)).send().join().getProcessInstanceKey();
    long work = Long.parseLong(find("/element-instances/search", "{\"filter\":{\"processInstanceKey\":\"" + running + "\",\"elementId\":\"look\"}}", "elementInstanceKey"));
    step("modify", () -> client.newModifyProcessInstanceCommand(running).activateElement("look").and().terminateElement(work).send().join());
    step("cancel", () -> client.newCancelInstanceCommand(running).send().join());
    refused("cancel twice", 404, () -> client.newCancelInstanceCommand(running).send().join());
    var document = client.newCreateDocumentCommand().content("Hello").fileName("hello.txt").contentType("text/plain").timeToLive(Duration.ofHours(1)).customMetadata("a", 1).send().join();
    step("create document", () -> document.getMetadata().getFileName() + " " + document.getMetadata().getSize() + " " + document.getMetadata().getCustomProperties());
    step("read document", () -> new String(client.newDocumentContentGetRequest(document).send().join().readAllBytes()));
    step("create documents", () -> client.newCreateDocumentBatchCommand().addDocument().content("1").fileName("one").done().addDocument().content("2").fileName("two").done().send().join().getCreatedDocuments().size());
    refused("link document", 403, () -> client.newCreateDocumentLinkCommand(document).timeToLive(Duration.ofHours(1)).send().join());
    step("delete document", () -> client.newDeleteDocumentCommand(document).send().join());
    step("pin clock", () -> client.newClockPinCommand().time(1893456000000L).send().join());
    step("reset clock", () -> client.newClockResetCommand().send().join());
    step("open and close a worker that waits", () -> {
      var opened = client.newWorker().jobType("idle").handler((jobs, one) -> {}).open();
      Thread.sleep(200);
      opened.close();
      return opened.isOpen();
    });
  }
}
