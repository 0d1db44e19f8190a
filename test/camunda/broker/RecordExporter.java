// Writes every record of the real broker as one JSON line: what 8.6 cannot be asked without Elasticsearch is read from there.
import io.camunda.zeebe.exporter.api.Exporter;
import io.camunda.zeebe.exporter.api.context.Context;
import io.camunda.zeebe.exporter.api.context.Controller;
import io.camunda.zeebe.protocol.record.Record;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Flushes each record, so that a reader is never further behind than the broker's own exporting. */
public final class RecordExporter implements Exporter {
  private Path file;
  private Writer lines;
  private Controller controller;

  @Override
  public void configure(Context context) {
    file = Path.of((String) context.getConfiguration().getArguments().get("file"));
  }

  @Override
  public void open(Controller given) {
    controller = given;
    try {
      lines = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void export(Record<?> record) {
    try {
      lines.write(record.toJson());
      lines.write('\n');
      lines.flush();
      controller.updateLastExportedRecordPosition(record.getPosition());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      if (lines != null) lines.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
