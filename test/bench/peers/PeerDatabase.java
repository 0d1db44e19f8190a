// The database of a peer: PostgreSQL or an H2 file, with a pool large enough for all threads.
import com.zaxxer.hikari.HikariDataSource;

final class PeerDatabase {
  private PeerDatabase() {}

  /** `where`: `postgresql://HOST:PORT/NAME?user=…`, or the path of an H2 file, whose commits are made to wait for the disk. */
  static HikariDataSource open(String where, int connections) {
    HikariDataSource pool = new HikariDataSource();
    pool.setMaximumPoolSize(connections);
    // More are opened as threads ask for them: a database is up sooner.
    pool.setMinimumIdle(4);
    if (where.startsWith("postgresql:")) {
      pool.setJdbcUrl("jdbc:" + where);
    } else {
      DurableFilePath.register();
      pool.setJdbcUrl("jdbc:h2:durable:" + where + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE");
      pool.setUsername("sa");
      pool.setPassword("");
    }
    pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return pool;
  }
}
