// A file system for H2 whose writes are on the disk when they return: H2 itself never waits for the disk at a commit.
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

public final class DurableFilePath extends FilePathWrapper {
  static void register() {
    FilePath.register(new DurableFilePath());
  }

  @Override
  public String getScheme() {
    return "durable";
  }

  /** "rwd": the content of each write is forced, as fdatasync after it would. */
  @Override
  public FileChannel open(String mode) throws IOException {
    return getBase().open(mode.equals("rw") ? "rwd" : mode);
  }
}
