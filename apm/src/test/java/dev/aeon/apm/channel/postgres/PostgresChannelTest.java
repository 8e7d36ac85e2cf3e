package dev.aeon.apm.channel.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.apm.channel.Archive;
import dev.aeon.apm.channel.Channel;
import dev.aeon.apm.channel.ChannelException;
import dev.aeon.apm.channel.Channels;
import dev.aeon.apm.channel.Durability;
import dev.aeon.apm.channel.Inbox;
import dev.aeon.apm.channel.KeptChannelContract;
import dev.aeon.apm.channel.Scan;
import dev.aeon.apm.schema.ErrorCode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Channels over a real server keep the contract. */
class PostgresChannelTest extends KeptChannelContract {
  private static PostgresServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start();
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @Override
  protected Channels channels() {
    return new PostgresChannels(server.dataSource(), PostgresOptions.defaults());
  }

  @Override
  protected Archive archive() {
    return new PostgresArchive(server.dataSource());
  }

  @AfterEach
  void empty() throws SQLException {
    server.execute("DROP TABLE apm_messages");
  }

  @Override
  protected void inject(byte[] line) throws Exception {
    server.insert(SENDER, RECEIVER, line);
  }

  @Override
  protected int maxUnsettled() {
    return Claims.MAX_UNSETTLED;
  }

  @Override
  protected void die(Inbox inbox) throws SQLException {
    endConnections();
    inbox.close();
  }

  @Test
  void scan_rowIsCommittedAfterALaterOne_isSeenAllTheSame() throws Exception {
    append("first");
    try (Scan scan = archive().scan(_ -> true, listener);
        Connection slow = server.dataSource().getConnection();
        Statement statement = slow.createStatement()) {
      slow.setAutoCommit(false);
      statement.execute(
          """
          INSERT INTO apm_messages (sender, receiver, message_key, line)
            VALUES ('impl_002', 'impl_001', 'key', 'slow')
          """);
      append("quick");
      scan.advance();
      assertThat(listener.nextLine()).contains("req_first");
      assertThat(listener.nextLine()).contains("req_quick");
      slow.commit();
      scan.advance();
      assertThat(listener.nextLine()).isEqualTo("slow");
      assertThat(scan.advance()).isFalse();
    }
  }

  @Test
  void archive_databaseWithoutMessages_isRefused() throws SQLException {
    server.execute("DROP TABLE apm_messages");
    assertThatThrownBy(() -> archive().channels())
        .isInstanceOf(ChannelException.class)
        .hasMessageContaining("no agents have sent by this database");
    channels();
  }

  @Test
  void append_sameMessageAgain_isStoredOnce() throws Exception {
    assertSameMessageAgainIsStoredOnce();
  }

  @Test
  void listen_connectionIsLost_bringsWhatIsUnsettledAgain() throws Exception {
    String line = append("a").getFirst();
    Inbox dying = channels.listen(RECEIVER, listener);
    assertThat(listener.nextLine()).isEqualTo(line);
    endConnections();
    assertThat(listener.nextLine()).as("the same inbox, connected anew").isEqualTo(line);
    dying.close();
  }

  @Test
  void append_connectionIsLost_failsAndTheNextConnectsAnew() throws Exception {
    try (Channel channel = channels.open(SENDER, RECEIVER)) {
      channel.append(routed("a")).get(60, TimeUnit.SECONDS);
      endConnections();
      assertThatThrownBy(() -> channel.append(routed("b")).get(60, TimeUnit.SECONDS))
          .hasCauseInstanceOf(ChannelException.class);
      channel.append(routed("c")).get(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void settled_olderThanRetention_areDeleted() throws Exception {
    append("a", "b");
    PostgresOptions forgetful = new PostgresOptions(Durability.FLUSH, Duration.ZERO);
    PostgresChannels forgetting = new PostgresChannels(server.dataSource(), forgetful);
    try (Inbox _ = forgetting.listen(RECEIVER, listener)) {
      listener.nextDelivery().settle();
      listener.nextDelivery();
    }
    try (Inbox _ = forgetting.listen(RECEIVER, listener)) {
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(PostgresChannelTest::count, remaining -> remaining == 1);
    }
  }

  @Test
  void open_noServer_saysSo() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setServerNames(new String[] {"127.0.0.1"});
    nowhere.setPortNumbers(new int[] {1});
    assertThatThrownBy(() -> new PostgresChannels(nowhere, PostgresOptions.defaults()))
        .isInstanceOfSatisfying(
            ChannelException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.E_ROUTING_003));
  }

  private static void endConnections() throws SQLException {
    server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND"
            + " backend_type = 'client backend'");
  }

  private static long count() throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT count(*) FROM apm_messages")) {
      result.next();
      return result.getLong(1);
    }
  }
}
